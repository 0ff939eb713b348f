import KnackEnvironment

/// Nobody: takes the first action and says nothing. It stands in where a person plays.
public final class IdleAgent: ReportingAgent {
  /// The name.
  public let title: String

  /// Nobody, under a name.
  public init(title: String = "nobody") { self.title = title }

  /// Takes the first action.
  public func act(
    in environment: VectorEnvironment, step: Int, episode: Int, report: inout AgentReport
  ) -> Int { 0 }
}
