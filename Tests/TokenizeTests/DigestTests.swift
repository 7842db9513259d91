import Testing
import Tokenize

@Suite("Digest")
struct DigestTests {
    @Test("orders by bytes, first byte most significant")
    func order() throws {
        let small = try #require(Digest([UInt8](repeating: 0, count: 31) + [255]))
        let large = try #require(Digest([1] + [UInt8](repeating: 0, count: 31)))
        #expect(small < large)
        #expect(Digest([UInt8](repeating: 0, count: 31)) == nil)
    }
}
