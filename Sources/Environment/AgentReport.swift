/// What an agent says of itself at one step, for windows, recordings and reports to draw.
///
/// Any part may be left out: a flat policy knows of values and probabilities, a planning agent of plans and skills as well.
public struct AgentReport: Sendable, Equatable {
  /// A fact that the agent goes by.
  public struct Fact: Sendable, Equatable {
    /// Its name and its count.
    public var name: String, count: Int

    /// A fact.
    public init(_ name: String, _ count: Int) {
      self.name = name
      self.count = count
    }
  }

  /// How something that was tried has ended.
  public struct Outcome: Sendable, Equatable {
    /// What was tried (a skill's name), whether it came off, and steps that it took.
    public var name: String, success: Bool, steps: Int

    /// An outcome.
    public init(_ name: String, success: Bool, steps: Int) {
      self.name = name
      self.success = success
      self.steps = steps
    }
  }

  /// What it goes by; empty where it says nothing, and then the world's facts may be shown in its place.
  public var facts: [Fact] = []
  /// What it means to do, in order.
  public var plan: [String] = []
  /// The step of the plan that it is at.
  public var planStep: Int?
  /// The skill that it is in, and how far it has come there, from 0 to 1.
  public var skill: String?, progress: Double?
  /// The return that it expects from here on, discounted as it was trained.
  public var value: Double?
  /// The action that it chose.
  public var action: Int?
  /// How probable it made each action; empty where it says nothing.
  public var probabilities: [Float] = []
  /// What it has tried of late, the latest last.
  public var outcomes: [Outcome] = []
  /// Whatever else it has to say, in a sentence.
  public var text: String?

  /// A report that says nothing.
  public init() {}
}

/// Somebody who acts in one world at a time and says what moves it.
///
/// It is asked from one thread at a time.
public protocol ReportingAgent: AnyObject {
  /// Who it is, in a few words: "policy, step 409600".
  var title: String { get }

  /// Whether it takes its most probable action instead of drawing one; nil where it cannot choose.
  var isGreedy: Bool? { get set }

  /// Forgets everything about the last episode; called before the first step of each.
  func beginEpisode()

  /// Chooses the next action of the only world of a batch, and fills in what it can of a report. The same state of world and
  /// agent, and the same numbers, get the same action.
  ///
  /// - Parameters:
  ///   - step: steps since the episode's start.
  ///   - episode: the episode's number, for what it draws at random.
  func act(in environment: VectorEnvironment, step: Int, episode: Int, report: inout AgentReport) -> Int

  /// What it keeps in mind from step to step, apart from an expert's memory, which is the batch's.
  func save() -> [UInt8]

  /// Takes on what ``save()`` gave in the same process.
  func restore(_ bytes: [UInt8])
}

extension ReportingAgent {
  /// It cannot choose.
  public var isGreedy: Bool? {
    get { nil }
    set {}
  }
  /// Nothing to forget.
  public func beginEpisode() {}
  /// Nothing.
  public func save() -> [UInt8] { [] }
  /// Nothing.
  public func restore(_ bytes: [UInt8]) {}
}
