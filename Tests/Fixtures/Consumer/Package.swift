// swift-tools-version: 6.2
import PackageDescription

// A package of somebody else's that depends on this one. The source file of Consumer is the README's example, which
// Scripts/test writes there; that of OwnProperty is what the article of TokenizeAudit shows, and so are the lines of its
// target. Scripts/test builds and runs both.
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
        ),
        .executableTarget(
            name: "OwnProperty",
            dependencies: [
                .product(name: "Tokenize", package: "tokenize"),
                .product(name: "TokenizeAudit", package: "tokenize"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
