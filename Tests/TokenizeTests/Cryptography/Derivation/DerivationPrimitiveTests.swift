import Testing

@testable import Tokenize

/// RIPEMD-160, Base58 and HMAC-SHA-512, against the values that their authors published.
@Suite("Derivation primitives")
struct DerivationPrimitiveTests {
    @Test(
        "RIPEMD-160",
        arguments: [
            ("", "9c1185a5c5e9fc54612808977ee8f548b2258d31"),
            ("a", "0bdc9d2d256b3ee9daae347be6f4dc835a467ffe"),
            ("abc", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"),
            ("message digest", "5d0689ef49d2fae572b881b123a85ffa21595f36"),
            ("abcdefghijklmnopqrstuvwxyz", "f71c27109c692c1b56bbdceb5b9d2865b3708dbc"),
            ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "12a053384a9c0c88e405a06c27dcf49ada62eb2b"),
            (
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
                "b0e20b6e3116640286ed3a87a5713079b21f5189"
            ),
            (String(repeating: "1234567890", count: 8), "9b752e45573d4b39f4dbd3323cab82bf63326bfb"),
        ]
    )
    func ripemd160(message: String, hash: String) {
        #expect(RIPEMD160.hash(Array(message.utf8)).hexadecimal == hash)
    }

    // RFC 4231, test cases 1, 2 and 6.
    @Test(
        "HMAC-SHA-512",
        arguments: [
            (
                [UInt8](repeating: 0x0b, count: 20), "Hi There",
                "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
                    + "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"
            ),
            (
                Array("Jefe".utf8), "what do ya want for nothing?",
                "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                    + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
            ),
            (
                [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
                    + "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"
            ),
        ]
    )
    func hmac(key: [UInt8], message: String, code: String) {
        let hmac = key.withUnsafeBytes { HMACSHA512(key: $0) }
        var output = [UInt8](repeating: 0, count: HMACSHA512.byteCount)
        Array(message.utf8).withUnsafeBytes { message in
            output.withUnsafeMutableBytes { hmac.authenticate(message, into: $0) }
        }
        #expect(output.hexadecimal == code)
    }

    @Test(
        "Base58",
        arguments: [
            ("", ""), ("61", "2g"), ("626262", "a3gV"), ("636363", "aPEr"), ("00", "1"), ("000001", "112"),
            ("73696d706c792061206c6f6e6720737472696e67", "2cFupjhnEsSn59qHXstmK2ffpLv2"),
            ("00eb15231dfceb60925886b67d065299925915aeb172c06647", "1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L"),
        ]
    )
    func base58(hexadecimal: String, text: String) throws {
        let bytes = try #require([UInt8](hexadecimal: hexadecimal))
        #expect(Base58.encode(bytes) == text)
        #expect(Base58.decode(text) == bytes)
    }

    @Test("not Base58", arguments: ["0", "O", "I", "l", " 2g", "2g\n", "é", String(repeating: "2", count: 257)])
    func notBase58(text: String) {
        #expect(Base58.decode(text) == nil)
    }

    @Test("a changed digit breaks the checksum")
    func checksum() throws {
        let payload: [UInt8] = [0, 1, 2, 3, 250]
        let text = Base58.encodeChecked(payload)
        #expect(Base58.decodeChecked(text) == payload)
        for index in text.indices {
            var forged = text
            forged.replaceSubrange(index...index, with: text[index] == "2" ? "3" : "2")
            #expect(Base58.decodeChecked(forged) == nil)
        }
        #expect(Base58.decodeChecked("") == nil)
        #expect(Base58.decodeChecked("111") == nil)
    }
}

/// Bytes in base64url without padding (RFC 4648, section 5), or nil.
func base64URL(_ text: String) -> [UInt8]? {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var bytes: [UInt8] = []
    var bits = 0
    var bitCount = 0
    for character in text.utf8 {
        guard let value = alphabet.firstIndex(of: character) else { return nil }
        bits = (bits << 6 | value) & 0xffff
        bitCount += 6
        if bitCount >= 8 {
            bitCount -= 8
            bytes.append(UInt8(bits >> bitCount & 0xff))
        }
    }
    return bytes
}
