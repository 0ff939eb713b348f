#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A fan of rays from the player's eyes, as MineDojo's lidar has it: each ray is turned from where the player looks by a
/// pitch (down where positive) and a yaw (to the right where positive), which are added to its own.
public struct RayFan: Sendable, Equatable {
  /// The turns in degrees.
  public let pitches: [Double], yaws: [Double]
  /// How far rays go, in blocks.
  public let range: Int

  /// Sine and cosine of each turn.
  private let pitchTurns: ConstantTable<SIMD2<Double>>, yawTurns: ConstantTable<SIMD2<Double>>

  /// The fan by which Plan4MC looks for its targets: 12 pitches from -30 to 25 and 18 yaws from -45 to 40 degrees.
  public static let standard = RayFan()

  /// A fan.
  public init(
    pitches: [Double] = (0..<12).map { -30 + 5 * Double($0) },
    yaws: [Double] = (0..<18).map { -45 + 5 * Double($0) }, range: Int = 32
  ) {
    precondition((1...64).contains(range), "rays go 1 to 64 blocks")
    precondition(!pitches.isEmpty && !yaws.isEmpty, "a fan has rays")
    self.pitches = pitches
    self.yaws = yaws
    self.range = range
    func turns(_ degrees: [Double]) -> ConstantTable<SIMD2<Double>> {
      ConstantTable(degrees.map { SIMD2(sin($0 * .pi / 180), cos($0 * .pi / 180)) })
    }
    pitchTurns = turns(pitches)
    yawTurns = turns(yaws)
  }

  /// The number of rays.
  public var count: Int { pitches.count * yaws.count }

  /// Fans are equal where their rays are.
  public static func == (a: RayFan, b: RayFan) -> Bool {
    a.pitches == b.pitches && a.yaws == b.yaws && a.range == b.range
  }

  /// The direction of a ray, of length 1.
  @inline(__always)
  func direction(_ pitch: Int, _ yaw: Int, _ gaze: Gaze) -> SIMD3<Float> {
    let pitch = gaze.turnedPitch(pitchTurns[pitch]), yaw = gaze.turnedYaw(yawTurns[yaw])
    return SIMD3(Float(-yaw.x * pitch.y), Float(-pitch.x), Float(yaw.y * pitch.y))
  }
}

/// Where the player looks, as sines and cosines.
struct Gaze: BitwiseCopyable {
  /// Sine and cosine.
  let yaw: SIMD2<Double>, pitch: SIMD2<Double>

  /// The look of a player.
  init(_ player: borrowing OverworldPlayer) {
    let yaw = Int(player.yaw), pitch = Int(player.pitch)
    self.yaw = SIMD2(PlayerPhysics.sine(yaw), PlayerPhysics.cosine(yaw))
    self.pitch = SIMD2(PlayerPhysics.sine(pitch), PlayerPhysics.cosine(pitch))
  }

  /// Sine and cosine of the yaw, turned by an angle of this sine and cosine.
  @inline(__always)
  func turnedYaw(_ turn: SIMD2<Double>) -> SIMD2<Double> { Self.sum(yaw, turn) }

  /// Sine and cosine of the pitch, turned.
  @inline(__always)
  func turnedPitch(_ turn: SIMD2<Double>) -> SIMD2<Double> { Self.sum(pitch, turn) }

  @inline(__always)
  private static func sum(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(a.x * b.y + a.y * b.x, a.y * b.y - a.x * b.x)
  }

  /// The look itself, and what is to the right and above for who looks so; each of length 1.
  var axes: (ahead: SIMD3<Double>, right: SIMD3<Double>, up: SIMD3<Double>) {
    (
      SIMD3(-yaw.x * pitch.y, -pitch.x, yaw.y * pitch.y), SIMD3(-yaw.y, 0, -yaw.x),
      SIMD3(-yaw.x * pitch.x, pitch.y, yaw.y * pitch.x)
    )
  }
}

extension OverworldPlayer {
  /// Where its eyes are.
  var eye: SIMD3<Double> { SIMD3(x, y + eyes, z) }
}
