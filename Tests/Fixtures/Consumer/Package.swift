// swift-tools-version: 6.2
import PackageDescription

// A package of somebody else's that depends on this one. Its only source file is the README's example: Scripts/test
// writes it there, builds it and runs it.
let package = Package(
    name: "Consumer",
    dependencies: [
        .package(name: "tokenize", path: "../../..")
    ],
    targets: [
        .executableTarget(
            name: "Consumer",
            dependencies: [
                .product(name: "Tokenize", package: "tokenize"),
                .product(name: "TokenizeSQLite", package: "tokenize"),
            ]
        )
    ],
    swiftLanguageModes: [.v6]
)
