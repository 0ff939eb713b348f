import KnackEnvironment

extension OverworldActions {
  /// The flat list.
  var list: ActionSpace { ActionSpace(names) }

  /// The factors of ``FactoredAction``, with the masks of ``FactoredMaskLayout``.
  var factored: ActionSpace {
    let degrees = (-12...12).map { "\(15 * $0)" }, layout = FactoredMaskLayout(self)
    return ActionSpace(
      factors: [
        .init("forward", ["none", "forward", "back"]), .init("strafe", ["none", "left", "right"]),
        .init("gait", ["none", "jump", "sneak", "sprint"]), .init("pitch", degrees), .init("yaw", degrees),
        .init("function", FactoredAction.Function.allCases.map { "\($0)" }),
        .init("product", crafts.map { "craft_\($0.name)" } + smelts.map { "smelt_\($0.name)" }),
        .init("slot", (0..<36).map(String.init)),
      ],
      masks: [
        .init("forward", factor: "forward", count: layout.forward.count),
        .init("strafe", factor: "strafe", count: layout.strafe.count),
        .init("gait", factor: "gait", count: layout.gait.count),
        .init("pitch", factor: "pitch", count: layout.pitch.count),
        .init("yaw", factor: "yaw", count: layout.yaw.count),
        .init("function", factor: "function", count: layout.function.count),
        .init("product", factor: "product", count: layout.product.count),
        .init("slot_to_equip", factor: "slot", count: layout.equip.count),
        .init("slot_to_place", factor: "slot", count: layout.place.count),
        .init("slot_to_destroy", factor: "slot", count: layout.destroy.count),
      ])
  }
}
