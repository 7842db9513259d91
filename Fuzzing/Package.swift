// swift-tools-version: 6.2
import PackageDescription

// A package of its own: a fuzzer's flags in the root manifest would stop others from depending on it.
let package = Package(
    name: "tokenize-fuzzing",
    dependencies: [
        .package(name: "tokenize", path: "..")
    ],
    targets: [
        // `Scenario` is a link to the demonstration's reader of scenarios, which no library has.
        .target(
            name: "FuzzTargets",
            dependencies: [
                .product(name: "Tokenize", package: "tokenize"),
                .product(name: "TokenizeSQLite", package: "tokenize"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
        // Links only with `--sanitize=fuzzer`, which brings `main`: see Scripts/fuzz.
        .executableTarget(
            name: "tokenize-fuzz",
            dependencies: ["FuzzTargets"],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
    ],
    swiftLanguageModes: [.v6]
)
