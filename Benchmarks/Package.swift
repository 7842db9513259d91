// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "tokenize-benchmarks",
    dependencies: [
        .package(name: "tokenize", path: "..")
    ],
    targets: [
        .executableTarget(
            name: "tokenize-benchmark",
            dependencies: [
                .product(name: "Tokenize", package: "tokenize"),
                .product(name: "TokenizeSQLite", package: "tokenize"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        )
    ],
    swiftLanguageModes: [.v6]
)
