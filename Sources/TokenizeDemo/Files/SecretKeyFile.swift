import Foundation
import Tokenize

/// The secret key of an account, in a file.
enum SecretKeyFile {
    private static let byteCountMax = 4_096

    static func signer(_ path: String) throws(DemoFailure) -> SoftwareSigner {
        let bytes = try SmallFile.read(path, what: "secret key", byteCountMax: byteCountMax)
        let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        do {
            return try SoftwareSigner(SecretKey(bytes: [UInt8](hexadecimal: text) ?? []))
        } catch {
            throw DemoFailure("\(path) does not hold a secret key: 64 hexadecimal digits")
        }
    }
}
