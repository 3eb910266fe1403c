// swift-tools-version: 6.2
import PackageDescription

// Warnings fail the build where nobody reads them: in CI. A newer compiler's new warning must not
// keep a user from building.
let strict: [SwiftSetting] = Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

let settings: [SwiftSetting] =
  strict + [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]

/// A target of ours, with the settings that all of ours share.
func target(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

/// The tests of the target of the same name.
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name), "EthosTestSupport"] + dependencies,
    exclude: exclude, swiftSettings: settings)
}

/// The fuzzers.
///
/// They have libFuzzer's `main`, which the ordinary build does not link, so that they are targets only where
/// `Tests/Fuzzing/run.sh` asks for them.
let fuzzers: [Target] =
  Context.environment["ETHOS_FUZZ"] == nil
  ? []
  : ["feel", "table", "dmn", "cases"].map { name in
    .executableTarget(
      name: "fuzz-\(name)", dependencies: ["EthosFuzzTargets"], path: "Tests/Fuzzing/Fuzzers/\(name)",
      swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])])
  }

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let bigInt = Target.Dependency.product(name: "BigInt", package: "BigInt")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "ethos",
  products: [.executable(name: "ethos", targets: ["ethos"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/attaswift/BigInt", exact: "6.0.1"),
  ],
  targets: [
    // leaf
    .systemLibrary(name: "CGit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
    .systemLibrary(name: "CYaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    target("EthosText", []),
    // core
    target("EthosFEEL", ["EthosText"]),
    target("EthosRecord", ["EthosModel", "EthosText", crypto]),
    target("EthosModel", ["EthosText", crypto]),
    target("EthosSyntax", ["EthosModel", "EthosText", "CYaml"]),
    target("EthosDiff", ["EthosModel", "EthosText"]),
    target("EthosDecision", ["EthosModel", "EthosFEEL", "EthosText", bigInt]),
    target("EthosDMN", ["EthosDecision", "EthosFEEL", "EthosModel", "EthosText"]),
    target("EthosPractice", ["EthosDecision", "EthosFEEL", "EthosModel", "EthosText"]),
    target("EthosGovernance", ["EthosModel", "EthosDiff", "EthosRecord", "EthosText"]),
    target(
      "EthosReport",
      [
        "EthosModel", "EthosDecision", "EthosPractice", "EthosFEEL", "EthosDiff", "EthosGovernance", "EthosRecord",
        "EthosText",
      ]),
    // the standard's own tests: the parts of a runner, and the runner
    target("DMNTCK", ["EthosDMN", "EthosFEEL", "EthosText"]),
    .executableTarget(name: "dmn-tck", dependencies: ["DMNTCK", "EthosFEEL", "EthosText"], swiftSettings: settings),
    // storage
    target("EthosGit", ["CGit2", "EthosRecord", "EthosText"]),
    target(
      "EthosStore", ["EthosGit", "EthosSyntax", "EthosGovernance", "EthosModel", "EthosRecord", "EthosText", crypto]),
    target(
      "EthosHistory",
      [
        "EthosStore", "EthosGit", "EthosSyntax", "EthosDiff", "EthosGovernance", "EthosModel", "EthosRecord",
        "EthosText", "CSQLite", crypto,
      ]),
    // app
    target(
      "EthosApp",
      [
        "EthosHistory", "EthosStore", "EthosGit", "EthosDMN", "EthosSyntax", "EthosPractice", "EthosDecision",
        "EthosFEEL", "EthosDiff", "EthosGovernance", "EthosModel", "EthosRecord", "EthosText", crypto,
      ]),
    // face
    target(
      "EthosCLI",
      [
        "EthosApp", "EthosReport", "EthosStore", "EthosGit", "EthosDMN", "EthosSyntax", "EthosPractice",
        "EthosDecision", "EthosFEEL", "EthosDiff", "EthosGovernance", "EthosModel", "EthosRecord", "EthosText",
        arguments,
      ]),
    .executableTarget(name: "ethos", dependencies: ["EthosCLI"], swiftSettings: settings),
    // the behavioural difference, measured
    .executableTarget(
      name: "behaviour-bench",
      dependencies: ["EthosDecision", "EthosModel", "EthosSyntax", "EthosText"],
      path: "Tests/Benchmarks/Behaviour", swiftSettings: settings),
    // tests
    .target(
      name: "EthosTestSupport", path: "Tests/EthosTestSupport",
      swiftSettings: settings),
    .target(
      name: "EthosFuzzTargets",
      dependencies: [
        "EthosDMN", "EthosDecision", "EthosFEEL", "EthosModel", "EthosPractice", "EthosSyntax", "EthosText",
      ],
      path: "Tests/Fuzzing/Targets", swiftSettings: settings),
    tests("EthosFuzzTargets"),
    tests("EthosText"),
    tests("EthosFEEL", ["EthosText"]),
    tests("EthosRecord", ["EthosModel", "EthosText"]),
    tests("EthosModel", ["EthosText"]),
    tests("EthosSyntax", ["EthosModel", "EthosText"], exclude: ["Snapshots"]),
    tests("EthosDecision", ["EthosModel", "EthosFEEL", "EthosSyntax", "EthosText"]),
    tests(
      "EthosDMN",
      ["DMNTCK", "EthosDecision", "EthosFEEL", "EthosModel", "EthosSyntax", "EthosText"]),
    tests("EthosPractice", ["CSQLite", "EthosDecision", "EthosFEEL", "EthosModel", "EthosSyntax", "EthosText"]),
    tests("EthosDiff", ["EthosModel", "EthosText"]),
    tests("EthosGovernance", ["EthosModel", "EthosDiff", "EthosRecord", "EthosSyntax", "EthosText"]),
    tests("EthosReport", ["EthosModel", "EthosDiff", "EthosRecord", "EthosText"]),
    tests("EthosGit", ["EthosRecord", "EthosText"]),
    tests("EthosStore", ["EthosGit", "EthosSyntax", "EthosModel", "EthosRecord", "EthosText"]),
    tests("EthosHistory", ["EthosStore", "EthosGit", "EthosModel", "EthosRecord", "EthosText"]),
    tests(
      "EthosApp",
      ["EthosStore", "EthosGit", "EthosDiff", "EthosGovernance", "EthosModel", "EthosRecord", "EthosText", crypto]),
    tests("EthosCLI", ["EthosApp", "EthosText", arguments], exclude: ["Snapshots"]),
  ] + fuzzers
)
