import Tokenize

/// Whatever decodes is encoded as the very bytes it was read from.
enum DecoderTarget {
    static func run(_ bytes: [UInt8]) {
        if let value = try? CanonicalValue(decoding: bytes) {
            guard let encoded = try? value.encoded() else { preconditionFailure("what was read cannot be written") }
            precondition(encoded == bytes)
        }
        if let entry = try? LogEntry(canonicalBytes: bytes) { precondition(entry.canonicalBytes == bytes) }
        if let key = try? StateKey(canonicalBytes: bytes) { precondition(key.canonicalBytes == bytes) }
        check(Genesis.self, bytes)
        check(TransactionBody.self, bytes)
        check(Charter.self, bytes)
        check(KeyPolicy.self, bytes)
        check(InstrumentTerms.self, bytes)
        check(Rulebook.self, bytes)
        check(Effect.self, bytes)
        if let request = try? SignedExplanationRequest(bytes: bytes) { precondition(request.bytes == bytes) }
        if let transaction = try? SignedTransaction(bytes: bytes) {
            precondition(transaction.bytes == bytes)
            // The body is what was signed: it is kept as it was read.
            let again = SignedTransaction(body: transaction.body, signatures: transaction.signatures)
            precondition(again.bytes == bytes && again.id == transaction.id)
        }
        if let text = String(validating: bytes, as: UTF8.self) { checkTexts(text) }
    }

    static func check<Value: CanonicalCodable & Equatable>(_ type: Value.Type, _ bytes: [UInt8]) {
        guard let value = try? Value(canonicalBytes: bytes) else { return }
        precondition(value.canonicalBytes == bytes)
        guard let again = try? Value(canonicalBytes: value.canonicalBytes) else {
            preconditionFailure("what was written cannot be read")
        }
        precondition(again == value)
    }

    /// Identifiers in their text form.
    private static func checkTexts(_ text: String) {
        if let account = try? AccountID(text: text) { precondition("\(account)" == text) }
        if let asset = try? AssetID(text: text) { precondition("\(asset)" == text) }
        if let date = CalendarDate(text) { precondition("\(date)" == text) }
    }
}
