import Glibc
import KnackEnvironment

/// The numbers of a run's `metrics.jsonl` that learning curves are made of, an entry a record.
struct MetricsHistory: Sendable, Equatable {
  /// What is kept of a record.
  enum Column: String, CaseIterable {
    case steps = "environment_steps"
    case seconds
    case episodeReturn = "charts/episodic_return"
    case successRate = "charts/success_rate"
    case score = "charts/score"
    /// Episodes that ended in the iteration.
    case episodes = "charts/episodes"
  }

  /// The records that could not be read.
  private(set) var damaged = 0
  private var columns = [[Double]](repeating: [], count: Column.allCases.count)

  /// The records.
  var count: Int { columns[0].count }

  /// The numbers of a column, NaN where a record has none.
  subscript(_ column: Column) -> [Double] { columns[Column.allCases.firstIndex(of: column)!] }

  /// The history of a run as far as it is written.
  ///
  /// - Throws: ``ExperimentError`` where the file is gone or cannot be read.
  init(_ run: RunDirectory) throws(ExperimentError) {
    self.init(try Files.read(run.metricsFile, what: "file of metrics"))
  }

  /// The records of a file, a flat JSON object of numbers a line. A last line without an end is still being written, and
  /// left out.
  ///
  /// - Complexity: O(*n*) for *n* bytes; nothing is allocated but the result.
  init(_ bytes: [UInt8]) {
    let names = Column.allCases.map { Array($0.rawValue.utf8) }
    var record = [Double](repeating: .nan, count: names.count)
    bytes.withUnsafeBytes { file in
      var start = 0
      while start < file.count,
        let newline = memchr(file.baseAddress! + start, Int32(UInt8(ascii: "\n")), file.count - start)
      {
        let end = UnsafeRawPointer(newline) - file.baseAddress!
        Self.read(UnsafeRawBufferPointer(rebasing: file[start..<end]), names, into: &record)
        if record[0] >= 0 && record[0] < 1e15 {
          for i in record.indices { columns[i].append(record[i]) }
        } else {
          damaged += 1
        }
        start = end + 1
      }
    }
  }

  /// Reads the named numbers of one line, which something that is no number must follow. What is not there, or beyond
  /// what could be drawn, is NaN.
  private static func read(_ line: UnsafeRawBufferPointer, _ names: [[UInt8]], into record: inout [Double]) {
    for i in record.indices { record[i] = .nan }
    guard line.first == UInt8(ascii: "{"), line.last == UInt8(ascii: "}") else { return }
    var missing = names.count
    var place = 1
    func find(_ byte: UInt8) -> Int? {
      guard place < line.count, let found = memchr(line.baseAddress! + place, Int32(byte), line.count - place)
      else { return nil }
      return UnsafeRawPointer(found) - line.baseAddress!
    }
    while missing > 0, let open = find(UInt8(ascii: "\"")) {
      place = open + 1
      guard let close = find(UInt8(ascii: "\"")) else { return }
      let start = place
      place = close + 2  // beyond the colon
      guard place < line.count else { return }
      for (i, name) in names.enumerated()
      where name.count == close - start && memcmp(name, line.baseAddress! + start, name.count) == 0 {
        let text = (line.baseAddress! + place).assumingMemoryBound(to: CChar.self)
        var stop: UnsafeMutablePointer<CChar>?
        let number = strtod(text, &stop)
        if let stop, UnsafePointer(stop) != text, abs(number) < 1e100 { record[i] = number }
        missing -= 1
      }
    }
  }
}
