import Testing

@testable import Tokenize

/// Texts that Unicode calls equivalent are different bytes, and the ledger keeps them apart: nothing that decides may
/// depend on a toolchain's tables.
@Suite struct TextComparisonTests {
    static let composed = "\u{e9}"
    static let decomposed = "e\u{301}"

    @Test func theStandardLibraryCallsThemEqual() {
        #expect(Self.composed == Self.decomposed)
    }

    @Test func identifications() throws {
        let one = try #require(AssetIdentification(.parcel, Self.composed))
        let other = try #require(AssetIdentification(.parcel, Self.decomposed))
        #expect(one != other)
        #expect(Set([one, other, one]).count == 2)
        #expect(one != AssetIdentification(.other, Self.composed))
    }

    @Test func orders() throws {
        let one = try #require(OrderReference(reference: Self.composed, documentDigest: .zero))
        let other = try #require(OrderReference(reference: Self.decomposed, documentDigest: .zero))
        #expect(one != other)
        #expect(Set([one, other, one]).count == 2)
    }

    @Test func payments() {
        let asset = AssetIndex(0)
        let keys = ["b", "\u{e9}", "e\u{301}", "ea", "", "a"].map { PaymentKey(asset: asset, reference: $0) }
        #expect(Set(keys).count == keys.count)
        // Byte by byte: 65 61, 65 CC 81, C3 A9.
        #expect(keys.sorted().map(\.reference.unicodeScalars.count) == [0, 1, 1, 2, 2, 1])
        #expect(keys.sorted().first?.reference == "" && Array(keys.sorted()[5].reference.utf8) == [0xC3, 0xA9])
        #expect(PaymentKey(asset: AssetIndex(0), reference: "z") < PaymentKey(asset: AssetIndex(1), reference: "a"))
    }
}
