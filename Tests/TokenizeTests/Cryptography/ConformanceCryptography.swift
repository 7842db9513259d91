import Foundation
import Testing
import Tokenize

/// The published vectors for this folder's tests, read at run time from `TOKENIZE_CONFORMANCE`.
enum ConformanceCryptography {
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["TOKENIZE_CONFORMANCE"] {
            return URL(fileURLWithPath: path).appendingPathComponent("crypto")
        }
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return root.appendingPathComponent("../shared/conformance/crypto").standardizedFileURL
    }()

    /// False where the vectors are absent: the suites that need them are then reported as skipped.
    static let isPresent = FileManager.default.fileExists(atPath: folder.path)

    static func data(_ path: String) -> Data {
        (try? Data(contentsOf: folder.appendingPathComponent(path))) ?? Data()
    }

    static func text(_ path: String) -> String { String(decoding: data(path), as: UTF8.self) }

    /// The decoded file; a file that is present and does not decode is reported as an issue.
    static func decode<Content: Decodable>(_ type: Content.Type, from path: String) -> Content? {
        guard isPresent else { return nil }
        do {
            return try JSONDecoder().decode(type, from: data(path))
        } catch {
            Issue.record("\(path): \(error)")
            return nil
        }
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a suite, visibly, where the published vectors are absent.
    static var needsCryptographyVectors: Self {
        .enabled(if: ConformanceCryptography.isPresent, "set TOKENIZE_CONFORMANCE to the folder of published vectors")
    }
}

/// Bytes written in hexadecimal digits in a vector file.
struct HexBytes: Decodable, Hashable, Sendable {
    let bytes: [UInt8]

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let bytes = [UInt8](hexadecimal: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not hexadecimal: \(text)")
            )
        }
        self.bytes = bytes
    }
}
