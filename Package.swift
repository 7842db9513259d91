// swift-tools-version: 6.2
import PackageDescription

/// Defects stand in the copy of the engine that Scripts/mutants makes, and nowhere else.
let hasDefects = Context.environment["TOKENIZE_PLANTED_DEFECTS"] != nil

let strict: [SwiftSetting] =
    [.treatAllWarnings(as: .error)] + (hasDefects ? [.define("PLANTED_DEFECTS")] : [])

/// Tries the catalogue against one planted defect.
let defectTrial = Target.executableTarget(
    name: "DefectTrial",
    dependencies: ["Tokenize", "TokenizeAudit", "TokenizeSQLite"],
    path: "Tests/Support/DefectTrial",
    swiftSettings: strict
)

let package = Package(
    name: "tokenize",
    products: [
        .library(name: "Tokenize", targets: ["Tokenize"]),
        .library(name: "TokenizeSQLite", targets: ["TokenizeSQLite"]),
        .library(name: "TokenizeAudit", targets: ["TokenizeAudit"]),
        .executable(name: "TokenizeDemo", targets: ["TokenizeDemo"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CSecp256k1",
            pkgConfig: "libsecp256k1",
            providers: [.apt(["libsecp256k1-dev"])]
        ),
        .systemLibrary(
            name: "CGMP",
            pkgConfig: "gmp",
            providers: [.apt(["libgmp-dev"])]
        ),
        .target(
            name: "Tokenize",
            dependencies: [
                "CGMP",
                "CSecp256k1",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "TokenizeSQLite",
            dependencies: [
                "Tokenize",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "TokenizeAudit",
            dependencies: [
                "Tokenize",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "TokenizeDemo",
            dependencies: [
                "Tokenize",
                "TokenizeAudit",
                "TokenizeSQLite",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            // In the program itself, so that it runs wherever it is copied to.
            resources: [
                .embedInCode("Scenarios/bond.json"), .embedInCode("Scenarios/land.json"),
                .embedInCode("Scenarios/lao-bond-terms.json"),
            ],
            swiftSettings: strict
        ),
        // What the package in Fuzzing gives to libFuzzer, here for a run without it.
        .target(
            name: "FuzzTargets",
            dependencies: ["Tokenize", "TokenizeSQLite"],
            path: "Fuzzing/Sources/FuzzTargets",
            swiftSettings: strict
        ),
        // Submits what tests hand it, until one of them kills it.
        .executableTarget(
            name: "CrashWriter",
            dependencies: [
                "FuzzTargets",
                "Tokenize",
                "TokenizeSQLite",
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            path: "Tests/Support/CrashWriter",
            swiftSettings: strict
        ),
        .testTarget(
            name: "TokenizeTests",
            dependencies: [
                "CrashWriter",
                "Tokenize",
                "TokenizeAudit",
                "TokenizeSQLite",
                "TokenizeDemo",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            // Counterexamples are read where they lie, and written there.
            exclude: ["Audit/Regressions"],
            swiftSettings: strict
        ),
    ] + (hasDefects ? [defectTrial] : []),
    swiftLanguageModes: [.v6]
)
