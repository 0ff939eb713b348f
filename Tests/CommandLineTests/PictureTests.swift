import Testing

/// `knack environments picture`, as a user runs it.
@Suite struct PictureTests {
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Worlds with views of their own, and one whose observation is a picture.
  @Test(arguments: [
    ("Overworld-v1", "first-person"), ("Overworld-v1", "map"), ("Overworld-v1", "pixels"),
    ("Crafter-v1", "local"), ("Crafter-v1", "map"), ("Crafter-v1", "pixels"),
    ("MiniGrid-KeyCorridorS3R1-v0", "map"), ("MiniGrid-KeyCorridorS3R1-v0", "agent"),
  ])
  func worldsAreDrawn(_ world: String, _ view: String) throws {
    let folder = try Folder()
    func draw(_ seed: String) throws -> [UInt8] {
      let outcome = try folder.knack(
        "environments", "picture", world, "--seed", seed, "--view", view, "--size", "96x54", "--output",
        "new/a.png")
      #expect(outcome.status == 0 && outcome.error.isEmpty, "\(outcome)")
      return try folder.bytes("new/a.png")
    }
    let file = try draw("1")
    #expect(Array(file.prefix(8)) == Self.signature)
    // Width and height stand at the head of the first chunk.
    #expect(Array(file[16..<24]) == [0, 0, 0, 96, 0, 0, 0, 54])
    #expect(file.count > 500)
    #expect(try draw("1") == file)
    #expect(try draw("2") != file)
  }

  @Test func whatCannotBeDrawnIsSaid() throws {
    let folder = try Folder()
    for (arguments, sentence) in [
      (
        ["Overworld-v1", "--view", "side"],
        "Overworld-v1 has no view 'side'; choose one of: first-person, map, agent, pixels."
      ),
      (["Overworld-v1", "--size", "96"], "--size is the points across and down"),
      (["Overworld-v1", "--size", "96x0"], "each from 1 to 4096, such as 480x270, not '96x0'."),
    ] {
      let outcome = try folder.start(["environments", "picture"] + arguments + ["--output", "a.png"]).1()
      #expect(outcome.status == 2 && outcome.error.contains(sentence), "\(outcome)")
    }
    #expect(folder.names() == [])
  }
}
