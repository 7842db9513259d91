import Testing

@testable import Tokenize

/// What a ledger signed is read as strictly as what a stranger sent: a record that no ledger writes is no holding.
@Suite("Holdings in proofs")
struct ProvenHoldingTests {
    typealias Encumbrance = HandmadeHolding.Encumbrance

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let holding: HandmadeHolding
        var testDescription: String { name }

        init(_ name: String, _ encumbrances: [Encumbrance], units: Quantity = 7, saltByteCount: Int = 16) {
            self.name = name
            holding = HandmadeHolding(saltByteCount: saltByteCount, units: units, encumbrances: encumbrances)
        }

        /// One encumbrance with something changed.
        init(_ name: String, _ change: (inout Encumbrance) -> Void) {
            var encumbrance = Encumbrance()
            change(&encumbrance)
            self.init(name, [encumbrance])
        }
    }

    /// The two encumbrances in the order in which they stand, whatever their hashes are.
    private static let pair: [Encumbrance] = ([1, 2] as [UInt8]).sorted {
        MerkleTree.leafHash([$0]).bytes.lexicographicallyPrecedes(MerkleTree.leafHash([$1]).bytes)
    }.map { Encumbrance(id: $0) }

    private static func arrived(_ layers: [UInt64?]) -> [Encumbrance] { layers.map { Encumbrance(layer: $0) } }

    static let written: [Case] =
        [
            Case("units alone", []),
            Case("units of 128 bits", [], units: .max),
            Case("an encumbrance without units", [Encumbrance()], units: 0),
            Case("the last rank") { $0.rank = 65_535 },
            Case("an amount above the units") { $0.amount = .max },
            Case("an authority over the ledger") {
                $0.owner = HandmadeHolding.array([.number(1), authority(9, 65_535)])
            },
            Case("an authority over an asset") {
                $0.owner = HandmadeHolding.array([.number(1), .list([.number(8), .number(0), .digest(4)])])
            },
            Case("a reference of 64 bytes") {
                $0.order = HandmadeHolding.array([.text(String(repeating: "x", count: 64)), .digest(8)])
            },
            Case("the last layer") { $0.layer = 512 },
            Case("two, by id", pair),
            Case("two, by rank", [pair[1], Encumbrance(id: pair[0].id, rank: 2)]),
            Case("one id on three layers", arrived([nil, 1, 512])),
        ] + codes(EncumbranceKind.self, "kind") { $0.kind = $1 }
        + codes(Role.self, "role") { $0.owner = HandmadeHolding.array([.number(1), authority($1, 0)]) }
        + codes(LegalBasis.self, "legal basis") {
            $0.order = HandmadeHolding.array([.text("2026/1"), .digest(8), .number($1)])
        }

    /// A case for each code that the ledger knows: an offline verifier has the ranges again, and must follow.
    private static func codes<Code: CaseIterable & RawRepresentable<UInt8>>(
        _ type: Code.Type,
        _ name: String,
        _ change: (inout Encumbrance, UInt64) -> Void
    ) -> [Case] {
        type.allCases.map { code in Case("\(name) \(code.rawValue)") { change(&$0, UInt64(code.rawValue)) } }
    }

    /// The first code that the ledger does not know.
    private static func unknown<Code: CaseIterable & RawRepresentable<UInt8>>(_ type: Code.Type) -> UInt64 {
        UInt64(type.allCases.map(\.rawValue).max() ?? 0) + 1
    }

    static let refused: [Case] = [
        Case("neither units nor encumbrances", [], units: 0),
        Case("a salt of 15 bytes", [], saltByteCount: 15),
        Case("a salt of 17 bytes", [], saltByteCount: 17),
        Case("kind 0") { $0.kind = 0 },
        Case("an unknown kind") { $0.kind = unknown(EncumbranceKind.self) },
        Case("rank 0") { $0.rank = 0 },
        Case("rank 65,536") { $0.rank = 65_536 },
        Case("a date before 1600") { $0.lastDate = -135_141 },
        Case("a date after 9999") { $0.lastDate = 2_932_897 },
        Case("layer 0") { $0.layer = 0 },
        Case("layer 513") { $0.layer = 513 },
        Case("an owner of kind 3") { $0.owner = HandmadeHolding.array([.number(3), .digest(9)]) },
        Case("an owner that is a number") { $0.owner = { $0.encode(0 as UInt64) } },
        Case("an owner's account of 31 bytes") { $0.owner = HandmadeHolding.array([.number(2), .bytes(31)]) },
        Case("role 0") { $0.owner = HandmadeHolding.array([.number(1), authority(0, 0)]) },
        Case("an unknown role") {
            $0.owner = HandmadeHolding.array([.number(1), authority(unknown(Role.self), 0)])
        },
        Case("an authority of number 65,536") {
            $0.owner = HandmadeHolding.array([.number(1), authority(8, 65_536)])
        },
        Case("an authority of four fields") {
            $0.owner = HandmadeHolding.array([.number(1), .list([.number(8), .number(0), .digest(4), .digest(4)])])
        },
        Case("an order without a document") { $0.order = HandmadeHolding.array([.text("x")]) },
        Case("an empty reference") { $0.order = HandmadeHolding.array([.text(""), .digest(8)]) },
        Case("a reference of 65 bytes") {
            $0.order = HandmadeHolding.array([.text(String(repeating: "x", count: 65)), .digest(8)])
        },
        Case("legal basis 0") { $0.order = HandmadeHolding.array([.text("x"), .digest(8), .number(0)]) },
        Case("an unknown legal basis") {
            $0.order = HandmadeHolding.array([.text("x"), .digest(8), .number(unknown(LegalBasis.self))])
        },
        Case("one twice", [Encumbrance(), Encumbrance()]),
        Case("two, not by id", pair.reversed()),
        Case("two, not by rank", [Encumbrance(id: pair[0].id, rank: 2), pair[1]]),
        Case("one id on layers that do not ascend", arrived([2, 1])),
        Case("513 encumbrances", arrived([nil] + (1...512).map { $0 })),
    ]

    private static func authority(_ role: UInt64, _ number: UInt64) -> HandmadeHolding.Field {
        .list([.number(role), .number(number)])
    }

    private func verdict(_ holding: HandmadeHolding) throws -> OwnershipProof.Verdict {
        let signer = try SignedNoteRuleTests.signer("ledger.example/bonds", .ed25519, 1)
        let policy = try CheckpointPolicy(origin: signer.verifierKey.name, logKeys: [signer.verifierKey])
        return try holding.proof(signedBy: signer).verify(under: policy)
    }

    @Test("what a ledger writes is read", arguments: written)
    func read(_ test: Case) throws {
        let verdict = try self.verdict(test.holding)
        #expect(verdict.units == test.holding.units)
        #expect(verdict.encumbrances.map(\.layer) == test.holding.encumbrances.map { $0.layer ?? 0 })
    }

    @Test("what no ledger writes is refused", arguments: refused)
    func refuse(_ test: Case) throws {
        #expect(throws: OwnershipFailure.malformed) { try verdict(test.holding) }
    }
}
