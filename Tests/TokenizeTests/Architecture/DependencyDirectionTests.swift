import Foundation
import Testing

/// `Tokenize` is one module, so the compiler does not keep its folders apart. These tests do.
@Suite("Dependencies between folders point one way")
struct DependencyDirectionTests {
    /// Which folders each folder of `Sources/Tokenize` may name types of. `Engine` sees all, and nobody sees `Engine`.
    ///
    /// Rows stand in pipeline order and may only name rows above them, so the table cannot hold a cycle.
    static let allowed: [(folder: String, mayUse: Set<String>)] = [
        ("Values", []),
        ("Arithmetic", ["Values"]),
        ("Encoding", ["Values"]),
        ("Cryptography", ["Values", "Encoding"]),
        ("Conventions", ["Values", "Encoding", "Cryptography", "Arithmetic"]),
        ("Pricing", ["Values", "Arithmetic", "Conventions"]),
        ("CashFlows", ["Values", "Arithmetic", "Conventions"]),
        ("Identification", ["Values"]),
        ("Commitment", ["Values", "Encoding", "Cryptography"]),
        // An ownership proof joins a leaf of the state tree to a header of the log.
        ("Log", ["Values", "Encoding", "Cryptography", "Commitment"]),
        (
            "Instruments",
            [
                "Values", "Encoding", "Cryptography", "Arithmetic", "Conventions", "Pricing", "CashFlows",
                "Identification",
            ]
        ),
        // An act registers a calendar.
        ("Transactions", ["Values", "Encoding", "Cryptography", "Conventions", "Instruments"]),
        (
            "State",
            [
                "Values", "Encoding", "Cryptography", "Arithmetic", "Conventions", "Commitment", "Instruments",
                "Transactions",
            ]
        ),
        ("Authorisation", ["Values", "Encoding", "Cryptography", "Instruments", "Transactions", "State"]),
        (
            "Rules",
            [
                "Values", "Encoding", "Cryptography", "Arithmetic", "Conventions", "Instruments", "Transactions",
                "State", "Authorisation",
            ]
        ),
        ("Storage", ["Values", "Encoding", "Cryptography", "Instruments", "Transactions", "State", "Log"]),
        (
            "Engine",
            [
                "Values", "Encoding", "Cryptography", "Arithmetic", "Conventions", "Commitment", "Log", "Instruments",
                "Transactions", "State", "Authorisation", "Rules", "Storage",
            ]
        ),
    ]

    /// What an offline verifier of proofs needs. Nothing outside these folders may be needed to build it.
    static let verifier: Set<String> = ["Values", "Encoding", "Cryptography", "Commitment", "Log"]

    /// The modules that a folder may import. C libraries and cryptography stay behind one folder each.
    static let importers: [String: Set<String>] = [
        "CGMP": ["Arithmetic"],
        "CSecp256k1": ["Cryptography"],
        "Crypto": ["Cryptography"],
        "Glibc": ["Cryptography", "Engine", "Pricing", "Storage"],
        "Musl": ["Cryptography", "Engine", "Pricing", "Storage"],
        "Darwin": ["Cryptography", "Engine", "Pricing", "Storage"],
        "Logging": ["Engine"],
        "Metrics": ["Engine"],
        "Dispatch": ["Engine", "Storage"],
        "Synchronization": ["Cryptography", "Engine", "State", "Storage"],
    ]

    private static let library = PackageRoot.url.appending(path: "Sources/Tokenize")

    private static let sources = Result { try SwiftSource.all(below: library) }

    private static let violations = sources.map { DependencyScan(sources: $0).violations(of: allowed) }

    @Test("the table names only folders above, so it has no cycle")
    func tableIsOrdered() {
        var above: Set<String> = []
        for (folder, mayUse) in Self.allowed {
            #expect(mayUse.isSubset(of: above), "\(folder) may use \(mayUse.subtracting(above).sorted())")
            above.insert(folder)
        }
    }

    @Test("the folders of the offline verifier are closed together")
    func verifierIsClosed() {
        for (folder, mayUse) in Self.allowed where Self.verifier.contains(folder) {
            #expect(mayUse.isSubset(of: Self.verifier), "\(folder)")
        }
    }

    @Test("every folder of the library is in the table")
    func foldersAreKnown() throws {
        let known = Set(Self.allowed.map(\.folder))
        let found = Set(try Self.sources.get().map(\.folder))
        #expect(!found.isEmpty)
        for folder in found.subtracting(known).sorted() {
            Issue.record("'\(folder)' has no row: say what it may use")
        }
    }

    @Test("a folder names types of the folders it may use only", arguments: allowed.map(\.folder))
    func typesPointOneWay(folder: String) throws {
        for violation in try Self.violations.get() where violation.from == folder {
            Issue.record("\(violation)")
        }
    }

    @Test("a folder imports the modules it may import only")
    func importsAreConfined() throws {
        for source in try Self.sources.get() {
            for module in source.imports {
                let folders = Self.importers[module]
                #expect(folders?.contains(source.folder) == true, "\(source.path) imports \(module)")
            }
        }
    }
}

/// The scan itself, on planted sources: a check that cannot fail would prove nothing.
@Suite("The dependency scan finds what is planted")
struct DependencyScanTests {
    private let table: [(folder: String, mayUse: Set<String>)] = [("Low", []), ("High", ["Low"])]

    private func violations(low: String, high: String) -> [String] {
        let sources = [
            SwiftSource(folder: "Low", path: "Low/A.swift", text: low),
            SwiftSource(folder: "High", path: "High/B.swift", text: high),
        ]
        return DependencyScan(sources: sources).violations(of: table).map(\.description)
    }

    @Test("a type of a higher folder, in a signature")
    func planted() {
        let found = violations(
            low: "struct Pure {\n    func leak(_ machine: Machine) {}\n}\n",
            high: "public actor Machine {}\n"
        )
        #expect(found == ["Low/A.swift:2 names Machine of High"])
    }

    @Test("a type of a higher folder, inside an interpolation or behind the module's name")
    func plantedInDisguise() {
        #expect(violations(low: #"let text = "is \(Machine.self)""#, high: "enum Machine {}").count == 1)
        #expect(
            violations(low: "typealias Alias = Tokenize.Machine", high: "@usableFromInline struct Machine {}").count
                == 1
        )
    }

    @Test("the allowed direction is no violation")
    func allowedDirection() {
        #expect(violations(low: "struct Pure {}", high: "struct Machine { let pure: Pure }") == [])
    }

    @Test("comments, text and members of the same name are no violation")
    func onlyCodeCounts() {
        let low = """
            /// Used by ``Machine``. /* Machine */
            struct Pure {
                /* Machine /* Machine */ Machine */
                let name = "Machine"
                let long = \"""
                    Machine
                    \"""
                enum Kind { case Machine }
                let kind = Kind.Machine
            }
            """
        #expect(violations(low: low, high: "struct Machine {}") == [])
    }

    @Test("a private or nested type of the higher folder is not what a like-named one means")
    func privateAndNested() {
        #expect(violations(low: "let x: Cursor", high: "private struct Cursor {}") == [])
        #expect(violations(low: "let x: Cursor", high: "struct Machine { struct Cursor {} }") == [])
    }
}
