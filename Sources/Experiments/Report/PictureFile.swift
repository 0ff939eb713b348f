import CPNG
import Glibc
import KnackEnvironment

extension Picture {
  /// The picture as a PNG file.
  ///
  /// - Throws: ``ExperimentError/failure(_:)`` where libpng says so.
  public func png() throws(ExperimentError) -> [UInt8] {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    image.width = UInt32(width)
    image.height = UInt32(height)
    image.format = UInt32(PNG_FORMAT_RGB)
    defer { png_image_free(&image) }
    // The first call says how many bytes the second one needs.
    var size = 0
    guard png_image_write_to_memory(&image, nil, &size, 0, bytes, 0, nil) != 0 else { throw failed(image) }
    var file = [UInt8](repeating: 0, count: size)
    guard png_image_write_to_memory(&image, &file, &size, 0, bytes, 0, nil) != 0 else { throw failed(image) }
    file.removeLast(file.count - size)
    return file
  }

  /// Writes the picture to a PNG file, making its folder where there is none.
  ///
  /// - Throws: ``ExperimentError`` where the file cannot be written.
  public func writePNG(to path: String) throws(ExperimentError) {
    let file = try png()
    try Files.makeFolder(Files.folder(of: path))
    try Files.replace(path, file)
  }

  private func failed(_ image: png_image) -> ExperimentError {
    let message = withUnsafeBytes(of: image.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return .failure("The picture could not be made a PNG file (\(message)).")
  }
}
