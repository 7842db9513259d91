/// A transaction as it travels: the exact bytes, what they say, and its name. Signatures are not yet checked.
///
/// Made only by decoding; the received bytes are kept and hashed, never encoded anew to be verified. A class, since
/// one passes through many hands on its way to the log and never changes.
public final class SignedTransaction: Hashable, Sendable {
    /// `[body as a byte string, [[algorithm, key, signature], …]]`, as received.
    public let bytes: [UInt8]
    /// What is to be done, and for whom.
    public let body: TransactionBody
    /// The tagged hash of the body, which the signatures are over.
    public let id: TransactionID
    /// In ascending order of key, each key once.
    public let signatures: ShortList<TransactionSignature>

    /// Decodes received bytes, refusing any that this type would not have written.
    public init(bytes: [UInt8]) throws(DecodingFailure) {
        guard bytes.count <= TransactionLimits.transactionByteCountMax else {
            throw DecodingFailure(.limitExceeded("transactionByteCountMax"), offset: 0)
        }
        self.bytes = bytes
        // A tuple and not a structure: its parts are moved to where they stay, and not copied.
        (body, id, signatures) = try CanonicalDecoder.decode(bytes, SignedTransaction.parts)
    }

    /// Puts a body and its signatures together.
    public init(body: TransactionBody, signatures: some Sequence<TransactionSignature>) {
        let bodyBytes = body.canonicalBytes
        let ordered = signatures.sorted { $0.key < $1.key }
        var encoder = CanonicalEncoder(reservingCapacity: bodyBytes.count + 16 + ordered.count * 104)
        encoder.encodeArray(count: 2)
        encoder.encode(bytes: bodyBytes)
        encoder.encode(array: ordered)
        bytes = encoder.bytes
        self.body = body
        id = TransactionID(digest: Tags.transaction.hash(bodyBytes))
        self.signatures = ShortList(ordered)
    }

    /// Equal bytes are the same transaction with the same signatures.
    public static func == (left: SignedTransaction, right: SignedTransaction) -> Bool { left.bytes == right.bytes }

    public func hash(into hasher: inout Hasher) { hasher.combine(id) }

    @inline(__always)
    private static func parts(
        _ decoder: inout CanonicalDecoder
    ) throws(DecodingFailure) -> (TransactionBody, TransactionID, ShortList<TransactionSignature>) {
        try decoder.array(count: 2)
        let view = try decoder.bytesView(countMax: TransactionLimits.bodyByteCountMax)
        var bodyDecoder = CanonicalDecoder(view)
        let body = try TransactionBody(from: &bodyDecoder)
        try bodyDecoder.finish()
        let signatures = try decoder.list(
            of: TransactionSignature.self,
            max: TransactionLimits.signatureCountMax,
            limit: "signatureCountMax"
        )
        decoder.leave()
        var index = 1
        while index < signatures.count {
            guard signatures[index - 1].key < signatures[index].key else { throw decoder.failure(.keyOrder) }
            index += 1
        }
        return (body, TransactionID(digest: Tags.transaction.hash(view)), signatures)
    }
}

/// One signature and the key that made it.
public struct TransactionSignature: Hashable, Sendable {
    /// The key that is said to have signed.
    public let key: EncodedPublicKey
    /// The signature over the transaction's name.
    public let signature: Signature

    /// A signature and its key, not yet verified.
    public init(key: EncodedPublicKey, signature: Signature) {
        self.key = key
        self.signature = signature
    }
}

extension TransactionSignature: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(UInt64(key.algorithm.rawValue))
        key.withUnsafeBytes { encoder.encode(bytes: $0) }
        signature.withUnsafeBytes { encoder.encode(bytes: $0) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        key = try EncodedPublicKey(fieldsFrom: &decoder)
        let bytes = try decoder.bytesView(countMax: Signature.byteCount)
        do throws(SignatureFailure) {
            signature = try Signature(algorithm: key.algorithm, loading: bytes)
        } catch {
            throw decoder.failure(.outOfRange)
        }
        decoder.leave()
    }
}

extension EncodedPublicKey: CanonicalCodable {
    /// `[algorithm, key bytes]`.
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(UInt64(algorithm.rawValue))
        withUnsafeBytes { encoder.encode(bytes: $0) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        self = try EncodedPublicKey(fieldsFrom: &decoder)
        decoder.leave()
    }

    /// Algorithm and bytes; whether they are a point on the curve is checked where a key enters a policy.
    init(fieldsFrom decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        guard let algorithm = SignatureAlgorithm(rawValue: UInt8(try decoder.unsigned(max: 255))) else {
            throw decoder.failure(.outOfRange)
        }
        let bytes = try decoder.bytesView(countMax: 33)
        do throws(KeyFailure) {
            self = try EncodedPublicKey(algorithm: algorithm, loading: bytes)
        } catch {
            throw decoder.failure(.outOfRange)
        }
    }
}
