/// A question why a transaction is refused, which an account signs to be told its own affairs (Specs/16).
public struct ExplanationRequest: Hashable, Sendable {
    /// The only version there is.
    public static let version: UInt64 = 1

    /// What is asked about.
    public enum Question: Hashable, Sendable {
        /// A signed transaction, as it would be submitted.
        case transaction([UInt8])
        /// A body that nobody need have signed yet.
        case draft([UInt8])
    }

    /// The ledger that is asked; the question means nothing to any other.
    public let ledger: LedgerID
    /// Who asks.
    public let requester: AccountID
    /// The last height at which it is answered, at most ``EngineLimits/questionHeightMax`` above the present one.
    public let lastValidHeight: UInt64
    /// Makes two questions differ that are otherwise the same: each is answered once.
    public let nonce: UInt64
    /// What is asked about.
    public let question: Question

    /// A question with these fields.
    public init(ledger: LedgerID, requester: AccountID, lastValidHeight: UInt64, nonce: UInt64, question: Question) {
        self.ledger = ledger
        self.requester = requester
        self.lastValidHeight = lastValidHeight
        self.nonce = nonce
        self.question = question
    }

    /// The tagged hash of the encoded question, which the requester signs.
    public var digest: Digest { Tags.question.hash(canonicalBytes) }
}

extension ExplanationRequest: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 7)
        encoder.encode(ExplanationRequest.version)
        encoder.encode(ledger)
        encoder.encode(requester)
        encoder.encode(lastValidHeight)
        encoder.encode(nonce)
        switch question {
        case .transaction(let bytes):
            encoder.encode(UInt64(0))
            encoder.encode(bytes: bytes)
        case .draft(let bytes):
            encoder.encode(UInt64(1))
            encoder.encode(bytes: bytes)
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 7)
        guard try decoder.unsigned() == ExplanationRequest.version else { throw decoder.failure(.outOfRange) }
        ledger = try decoder.identifier()
        requester = try decoder.identifier()
        lastValidHeight = try decoder.unsigned()
        nonce = try decoder.unsigned()
        let isDraft = try decoder.unsigned(max: 1) == 1
        let bytes = try decoder.bytes(countMax: TransactionLimits.transactionByteCountMax)
        question = isDraft ? .draft(bytes) : .transaction(bytes)
        decoder.leave()
    }
}

/// A question as it travels: its exact bytes, what they say, and the requester's signatures, which are not yet checked.
public struct SignedExplanationRequest: Hashable, Sendable {
    /// `[question as a byte string, [[algorithm, key, signature], …]]`.
    public let bytes: [UInt8]
    /// What is asked, and by whom.
    public let request: ExplanationRequest
    /// The tagged hash of the question's bytes, which the signatures are over.
    public let digest: Digest
    /// In ascending order of key, each key once.
    public let signatures: ShortList<TransactionSignature>

    /// Puts a question and its signatures together.
    public init(request: ExplanationRequest, signatures: some Sequence<TransactionSignature>) {
        let content = request.canonicalBytes
        let ordered = signatures.sorted { $0.key < $1.key }
        var encoder = CanonicalEncoder(reservingCapacity: content.count + 16 + ordered.count * 104)
        encoder.encodeArray(count: 2)
        encoder.encode(bytes: content)
        encoder.encode(array: ordered)
        bytes = encoder.bytes
        self.request = request
        digest = Tags.question.hash(content)
        self.signatures = ShortList(ordered)
    }

    /// Decodes received bytes, refusing any that this type would not have written.
    public init(bytes: [UInt8]) throws(DecodingFailure) {
        var content: [UInt8] = []
        var entries = ShortList<TransactionSignature>()
        try CanonicalDecoder.decode(bytes) { (decoder: inout CanonicalDecoder) throws(DecodingFailure) in
            try decoder.array(count: 2)
            content = try decoder.bytes(countMax: TransactionLimits.transactionByteCountMax + 256)
            entries = try decoder.list(
                of: TransactionSignature.self,
                max: TransactionLimits.policyKeyCountMax,
                limit: "policyKeyCountMax"
            )
            decoder.leave()
            for index in 1..<max(entries.count, 1) where !(entries[index - 1].key < entries[index].key) {
                throw decoder.failure(.keyOrder)
            }
        }
        self.bytes = bytes
        request = try ExplanationRequest(canonicalBytes: content)
        digest = Tags.question.hash(content)
        signatures = entries
    }
}
