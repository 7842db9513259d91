import Tokenize

/// Bytes of one form that the engine reads, and what it writes for what it has read.
struct EncodedForm: Sendable {
    let name: String
    let bytes: [UInt8]
    /// Reads and writes again.
    let rewrite: @Sendable ([UInt8]) throws -> [UInt8]
    /// False of what is text, and no value of chapter 1.
    var isCanonical = true

    static func codable<Value: CanonicalCodable>(_ name: String, _ value: Value) -> EncodedForm {
        read(name, value.canonicalBytes, as: Value.self)
    }

    static func read<Value: CanonicalCodable>(_ name: String, _ bytes: [UInt8], as _: Value.Type) -> EncodedForm {
        EncodedForm(name: name, bytes: bytes) { try Value(canonicalBytes: $0).canonicalBytes }
    }

    static func text(
        _ name: String,
        _ bytes: [UInt8],
        _ rewrite: @escaping @Sendable ([UInt8]) throws -> [UInt8]
    ) -> EncodedForm {
        EncodedForm(name: name, bytes: bytes, rewrite: rewrite, isCanonical: false)
    }

    static func body(_ name: String, _ body: TransactionBody) -> EncodedForm { codable("body of \(name)", body) }

    static func transaction(_ signed: SignedTransaction) -> EncodedForm {
        EncodedForm(name: "transaction", bytes: signed.bytes) {
            let signed = try SignedTransaction(bytes: $0)
            return SignedTransaction(body: signed.body, signatures: signed.signatures).bytes
        }
    }

    static func question(_ signed: SignedExplanationRequest) -> EncodedForm {
        EncodedForm(name: "signed question", bytes: signed.bytes) {
            let signed = try SignedExplanationRequest(bytes: $0)
            return SignedExplanationRequest(request: signed.request, signatures: signed.signatures).bytes
        }
    }

    static func entry(_ bytes: [UInt8]) -> EncodedForm {
        EncodedForm(name: "entry", bytes: bytes) { try LogEntry(canonicalBytes: $0).canonicalBytes }
    }

    static func key(_ key: StateKey) -> EncodedForm {
        EncodedForm(name: "key \(key)", bytes: key.canonicalBytes) { try StateKey(canonicalBytes: $0).canonicalBytes }
    }
}
