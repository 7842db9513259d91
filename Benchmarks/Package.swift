// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "tokenize-benchmarks",
    dependencies: [
        .package(name: "tokenize", path: "..")
    ],
    targets: [
        // The library without any of our code around it: the limit that the engine is measured against.
        .systemLibrary(
            name: "CSecp256k1Bare",
            pkgConfig: "libsecp256k1",
            providers: [.apt(["libsecp256k1-dev"])]
        ),
        .executableTarget(
            name: "tokenize-benchmark",
            dependencies: [
                "CSecp256k1Bare",
                .product(name: "Tokenize", package: "tokenize"),
                .product(name: "TokenizeSQLite", package: "tokenize"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
    ],
    swiftLanguageModes: [.v6]
)
