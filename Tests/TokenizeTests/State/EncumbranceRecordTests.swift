import Testing

@testable import Tokenize

@Suite("Encumbrances as records")
struct EncumbranceRecordTests {
    private func record(
        _ byte: UInt8,
        _ amount: Quantity,
        kind: EncumbranceKind = .lien,
        rank: UInt16 = 1,
        until lastDate: CalendarDate = Fixture.firstDate,
        layer: UInt16 = 0
    ) -> EncumbranceRecord {
        EncumbranceRecord(
            id: EncumbranceID(digest: Fixture.digest(byte)),
            kind: kind,
            owner: .authority(AuthorityReference(.court)),
            amount: amount,
            rank: rank,
            lastDate: lastDate,
            order: Fixture.order("order"),
            layer: layer
        )
    }

    @Test("layer 0 is left out, and only left out", arguments: [0, 1, 23, 24, 255, 256, 512] as [UInt16])
    func layerEncoding(layer: UInt16) throws {
        let original = record(1, 5, layer: layer)
        let bytes = original.canonicalBytes
        #expect(bytes[0] == (layer == 0 ? 0x87 : 0x88))
        #expect(try EncumbranceRecord(canonicalBytes: bytes) == original)
        guard layer == 0 else { return }
        for wrong in [[0x88] + bytes.dropFirst() + [0], [0x88] + bytes.dropFirst() + [0x19, 0x02, 0x01]] {
            #expect(throws: DecodingFailure.self) { try EncumbranceRecord(canonicalBytes: wrong) }
        }
    }

    @Test("what arrives keeps together, on layers that are free")
    func receiving() throws {
        let present = [record(1, 5), record(2, 5, layer: 1), record(3, 5, layer: 3)]
        let arriving = [record(4, 5), record(5, 5, layer: 3), record(6, 5), record(7, 5, layer: 9)]
        let list = try #require(EncumbranceAlgebra.receiving(arriving, into: present, on: Fixture.firstDate))
        #expect(list.map { $0.layer } == [0, 1, 3, 2, 4, 2, 9])
        #expect(EncumbranceAlgebra.cover(of: list, on: Fixture.firstDate) == 30)
    }

    @Test("one id that arrives with two payments stands in the order of its layers, whichever came first")
    func order() throws {
        let first = [record(2, 5, layer: 1)]
        // The first payment's lies on layer 2, since 1 was taken; what took it has gone when the second comes.
        let list = try #require(
            EncumbranceAlgebra.receiving([record(1, 5)], into: first, on: Fixture.firstDate)
        )
        #expect(list.map { $0.layer } == [2, 1])
        let left = list.filter { $0.layer == 2 }
        let both = try #require(EncumbranceAlgebra.receiving([record(1, 3)], into: left, on: Fixture.firstDate))
        #expect(both.map { $0.layer } == [1, 2])
        #expect(both.map { $0.amount } == [3, 5])
        #expect(EncumbranceAlgebra.ordered(both.reversed()) == both)
    }

    @Test("what has lapsed makes room, and leaves its layer")
    func lapsed() throws {
        let present = [record(1, 5, until: Fixture.date(2026, 1, 4), layer: 1)]
        let list = EncumbranceAlgebra.receiving([record(2, 7)], into: present, on: Fixture.firstDate)
        #expect(list?.map { $0.layer } == [1])
        #expect(list?.map { $0.amount } == [7])
    }

    @Test("as many arrive as a holding takes, and no more")
    func limits() {
        let one = [record(1, 1)]
        func arrive(_ count: Int, into present: [EncumbranceRecord]) -> Int? {
            let arriving = Array(repeating: record(2, 1), count: count)
            return EncumbranceAlgebra.receiving(arriving, into: present, on: Fixture.firstDate)?.count
        }
        #expect(arrive(TransactionLimits.arrivedEncumbranceCountMax, into: one) == 129)
        #expect(arrive(TransactionLimits.arrivedEncumbranceCountMax + 1, into: one) == nil)
        #expect(arrive(HoldingRecord.arrivedEncumbranceCountMax, into: []) == 384)
        #expect(arrive(HoldingRecord.arrivedEncumbranceCountMax + 1, into: []) == nil)
    }

    @Test("sums saturate: more than there can be covers everything")
    func saturation() {
        let most = [record(1, .max, kind: .pledge), record(2, .max, kind: .hold), record(3, .max, layer: 1)]
        #expect(EncumbranceAlgebra.cover(of: most, on: Fixture.firstDate) == .max)
        let holding = HoldingRecord(units: .max, encumbrances: most)
        #expect(holding.available(on: Fixture.firstDate) == 0)
    }
}
