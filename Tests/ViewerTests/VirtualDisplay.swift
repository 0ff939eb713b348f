import CPNG
import Foundation
import KnackEnvironment

/// A display without a screen: an Xvfb of a test's own, whose points can be read from a file.
final class VirtualDisplay {
  /// Whether there is an Xvfb to start; `scripts/test` installs one.
  static let isInstalled = access("/usr/bin/Xvfb", X_OK) == 0

  let name: String
  private let process = Process()
  private let folder = NSTemporaryDirectory() + "knack-display-\(UUID().uuidString)"

  init(width: Int = 1000, height: Int = 700) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let number = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/Xvfb")
    // The server chooses a free number and writes it to its standard output once it is ready.
    process.arguments = [
      "-displayfd", "1", "-screen", "0", "\(width)x\(height)x24", "-fbdir", folder, "-nolisten", "tcp",
    ]
    process.standardOutput = number
    process.standardError = FileHandle.nullDevice
    try process.run()
    let line = number.fileHandleForReading.availableData
    name = ":" + String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  deinit { stop() }

  func stop() {
    // Foundation begins processes with signals blocked that can be. Nobody waits for the end, since that is done well only
    // on the thread that began the process.
    kill(process.processIdentifier, SIGKILL)
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// What the screen shows. The file is a window dump of the old X kind: 32-bit numbers, the first byte first.
  func screenshot() throws -> Picture {
    let data = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/Xvfb_screen0")))
    func number(_ index: Int) -> Int {
      data[4 * index..<4 * index + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    let headerSize = number(0), width = number(4), height = number(5), isLittle = number(7) == 0
    let lineBytes = number(12), colors = number(19)
    precondition(number(11) == 32, "points of 32 bits")
    let start = headerSize + 12 * colors
    var bytes: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let point = start + y * lineBytes + 4 * x
        bytes +=
          isLittle ? [data[point + 2], data[point + 1], data[point]] : Array(data[point + 1...point + 3])
      }
    }
    return Picture(width: width, height: height, bytes: bytes)
  }
}

extension Picture {
  /// A part of it.
  func part(_ area: PixelArea) -> Picture {
    var part: [UInt8] = []
    for y in area.y..<area.y + area.height {
      let start = 3 * (y * width + area.x)
      part += bytes[start..<start + 3 * area.width]
    }
    return Picture(width: area.width, height: area.height, bytes: part)
  }

  /// Where it shows another picture, point for point or nearly; nil for nowhere.
  func place(of other: Picture) -> PixelArea? {
    for y in 0...height - other.height {
      for x in 0...width - other.width {
        // A few points tell most places apart.
        let probes = [0, other.width / 3, other.width * other.height / 2 + other.width / 5]
        let isHere = probes.allSatisfy { probe in
          let mine = 3 * ((y + probe / other.width) * width + x + probe % other.width)
          return bytes[mine..<mine + 3].elementsEqual(other.bytes[3 * probe..<3 * probe + 3])
        }
        let area = PixelArea(x: x, y: y, width: other.width, height: other.height)
        if isHere && part(area) == other { return area }
      }
    }
    return nil
  }

  /// The share of its bytes that differ from another's by more than 40: fonts and rounding differ by a little.
  func difference(from other: Picture) -> Double {
    guard width == other.width && height == other.height else { return 1 }
    let far = zip(bytes, other.bytes).count { abs(Int($0) - Int($1)) > 40 }
    return Double(far) / Double(bytes.count)
  }

  /// A picture of a PNG file.
  init(pngAt path: String) throws {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    guard png_image_begin_read_from_file(&image, path) != 0 else { throw CocoaError(.fileReadNoSuchFile) }
    image.format = UInt32(PNG_FORMAT_RGB)
    var bytes = [UInt8](repeating: 0, count: 3 * Int(image.width) * Int(image.height))
    guard png_image_finish_read(&image, nil, &bytes, 0, nil) != 0 else {
      throw CocoaError(.fileReadCorruptFile)
    }
    self.init(width: Int(image.width), height: Int(image.height), bytes: bytes)
  }

  func writePNG(to path: String) {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    image.width = UInt32(width)
    image.height = UInt32(height)
    image.format = UInt32(PNG_FORMAT_RGB)
    _ = png_image_write_to_file(&image, path, 0, bytes, 0, nil)
  }
}
