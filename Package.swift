// swift-tools-version: 6.2
import PackageDescription

// The house: arrows point one way only, from Numerics towards the executable. A target's folder is
// named after what it is about; its module carries the prefix `Knack`. A target names every module that
// it imports, since it is built anew only when one of those that it names has changed.
let package = Package(
  name: "Knack",
  platforms: [.macOS("26.0")],
  products: [
    .library(name: "KnackNetworks", targets: ["KnackNetworks"]),
    .library(name: "KnackEnvironment", targets: ["KnackEnvironment"]),
    .library(name: "KnackGridworld", targets: ["KnackGridworld"]),
    .library(name: "KnackCrafter", targets: ["KnackCrafter"]),
    .library(name: "KnackOverworld", targets: ["KnackOverworld"]),
    .library(name: "KnackLearning", targets: ["KnackLearning"]),
    .library(name: "KnackPlanning", targets: ["KnackPlanning"]),
    .library(name: "KnackSkills", targets: ["KnackSkills"]),
    .library(name: "KnackAgent", targets: ["KnackAgent"]),
    .library(name: "KnackStage", targets: ["KnackStage"]),
    .library(name: "KnackExperiments", targets: ["KnackExperiments"]),
    .library(name: "KnackViewer", targets: ["KnackViewer"]),
    .executable(name: "knack", targets: ["knack"]),
  ],
  traits: [
    .trait(name: "Viewer", description: "A window to watch agents in, through SDL2."),
    .default(enabledTraits: ["Viewer"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    .systemLibrary(
      name: "COpenBLAS", path: "Sources/COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CPNG", path: "Sources/CPNG", pkgConfig: "libpng",
      providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(
      name: "CFreeType", path: "Sources/CFreeType", pkgConfig: "freetype2",
      providers: [.apt(["libfreetype-dev"]), .brew(["freetype"])]),
    // Without pkgConfig: SDL's asks for a flag that SwiftPM takes from nobody, and warns.
    .systemLibrary(
      name: "CSDL2", path: "Sources/CSDL2",
      providers: [.apt(["libsdl2-dev"]), .brew(["sdl2"])]),
    .target(name: "KnackNumerics", dependencies: ["COpenBLAS"], path: "Sources/Numerics"),
    .target(name: "KnackNetworks", dependencies: ["KnackNumerics"], path: "Sources/Networks"),
    .target(name: "KnackEnvironment", dependencies: ["KnackNumerics"], path: "Sources/Environment"),
    .target(
      name: "KnackGridworld", dependencies: ["KnackEnvironment", "KnackNumerics"],
      path: "Environments/Gridworld", resources: [.embedInCode("Errands/Maps")]),
    .target(
      name: "KnackDocuments", dependencies: ["KnackEnvironment", "Yams"], path: "Sources/Documents"),
    .target(
      name: "KnackCrafter", dependencies: ["KnackDocuments", "KnackEnvironment", "KnackNumerics"],
      path: "Environments/Crafter", resources: [.embedInCode("Worlds")]),
    .target(
      name: "KnackOverworld", dependencies: ["KnackDocuments", "KnackEnvironment", "KnackNumerics"],
      path: "Environments/Overworld",
      resources: [
        .embedInCode("Data"), .embedInCode("Tasks/plan4mc.yaml"), .embedInCode("Tasks/more.yaml"),
        .embedInCode("Tasks/grounds.yaml"),
      ]),
    .target(
      name: "KnackLearning", dependencies: ["KnackNetworks", "KnackEnvironment", "KnackNumerics"],
      path: "Sources/Learning"),
    .target(
      name: "KnackPlanning", dependencies: ["KnackDocuments", "KnackEnvironment"], path: "Sources/Planning",
      resources: [.embedInCode("Graphs/plan4mc.yaml")]),
    .target(
      name: "KnackSkills",
      dependencies: ["KnackLearning", "KnackNetworks", "KnackEnvironment", "KnackNumerics"],
      path: "Sources/Skills"),
    .target(
      name: "KnackAgent",
      dependencies: [
        "KnackSkills", "KnackPlanning", "KnackLearning", "KnackNetworks", "KnackEnvironment", "KnackNumerics",
      ],
      path: "Sources/Agent"),
    .target(name: "KnackStage", dependencies: ["KnackEnvironment", "CFreeType"], path: "Sources/Stage"),
    .target(
      name: "KnackViewer",
      dependencies: [
        "KnackStage", "KnackEnvironment", .target(name: "CSDL2", condition: .when(traits: ["Viewer"])),
      ], path: "Sources/Viewer"),
    .target(
      name: "KnackExperiments",
      dependencies: [
        "KnackAgent", "KnackSkills", "KnackPlanning", "KnackLearning", "KnackStage", "KnackNetworks",
        "KnackEnvironment",
        "KnackDocuments", "KnackNumerics", "CPNG",
        "Yams",
      ],
      path: "Sources/Experiments",
      resources: [.embedInCode("Report/Page/page.css"), .embedInCode("Report/Page/page.js")]),
    .executableTarget(
      name: "knack",
      dependencies: [
        "KnackExperiments", "KnackPlanning", "KnackViewer", "KnackStage", "KnackEnvironment",
        "KnackGridworld",
        "KnackCrafter", "KnackOverworld",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Sources/knack"),
    .testTarget(
      name: "NumericsTests", dependencies: ["KnackNumerics"], path: "Tests/NumericsTests",
      exclude: ["Golden"]),
    .testTarget(
      name: "NetworksTests", dependencies: ["KnackNetworks", "KnackNumerics"], path: "Tests/NetworksTests",
      exclude: ["Golden"]),
    .testTarget(
      name: "EnvironmentTests", dependencies: ["KnackEnvironment"], path: "Tests/EnvironmentTests"),
    .testTarget(
      name: "GridworldTests", dependencies: ["KnackGridworld", "KnackEnvironment", "KnackNumerics"],
      path: "Tests/GridworldTests",
      exclude: ["Golden"]),
    .testTarget(
      name: "CrafterTests",
      dependencies: ["KnackCrafter", "KnackDocuments", "KnackEnvironment", "KnackNumerics"],
      path: "Tests/CrafterTests", exclude: ["Golden"]),
    .testTarget(
      name: "OverworldTests",
      dependencies: ["KnackOverworld", "KnackDocuments", "KnackEnvironment"], path: "Tests/OverworldTests"),
    .testTarget(
      name: "PlanningTests",
      dependencies: [
        "KnackPlanning", "KnackOverworld", "KnackCrafter", "KnackDocuments", "KnackEnvironment",
      ],
      path: "Tests/PlanningTests"),
    .testTarget(
      name: "SkillsTests",
      dependencies: ["KnackSkills", "KnackLearning", "KnackNetworks", "KnackEnvironment", "KnackNumerics"],
      path: "Tests/SkillsTests"),
    .testTarget(
      name: "StageTests",
      dependencies: [
        "KnackStage", "KnackEnvironment", "KnackLearning", "KnackGridworld", "KnackCrafter", "KnackOverworld",
      ], path: "Tests/StageTests"),
    .testTarget(
      name: "ViewerTests",
      dependencies: [
        "KnackViewer", "KnackStage", "KnackEnvironment", "KnackLearning", "KnackGridworld", "KnackCrafter",
        "KnackOverworld", "CPNG",
      ], path: "Tests/ViewerTests", exclude: ["Golden"]),
    .testTarget(
      name: "AgentTests",
      dependencies: [
        "KnackAgent", "KnackSkills", "KnackCrafter", "KnackGridworld", "KnackLearning", "KnackNetworks",
        "KnackEnvironment",
        "KnackNumerics",
      ],
      path: "Tests/AgentTests"),
    .testTarget(
      name: "LearningTests",
      dependencies: ["KnackLearning", "KnackNetworks", "KnackEnvironment", "KnackNumerics"],
      path: "Tests/LearningTests"),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: [
        "KnackExperiments", "KnackLearning", "KnackStage", "KnackNetworks", "KnackEnvironment",
        "KnackNumerics", "KnackGridworld", "KnackCrafter",
      ],
      path: "Tests/ExperimentsTests"),
    .testTarget(name: "CommandLineTests", dependencies: ["knack"], path: "Tests/CommandLineTests"),
  ]
)
