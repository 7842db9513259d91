/// A public key that signs notes, with its name (C2SP signed-note and tlog-cosignature).
public struct NoteVerifierKey: Hashable, Sendable {
    /// What the key signs.
    public enum Algorithm: UInt8, Hashable, Sendable {
        /// Ed25519 over the note's text: a log's own signature.
        case ed25519 = 0x01
        /// Ed25519 over a time and the note's text: a witness's cosignature.
        case cosignatureV1 = 0x04
    }

    /// Bytes of the time before it in a cosignature.
    static let timestampByteCount = 8

    /// Whose key it is: the name on signature lines.
    public let name: NoteName
    /// What the key signs: notes of a log, or cosignatures of a witness.
    public let algorithm: Algorithm
    /// 32 bytes (RFC 8032).
    public let publicKey: [UInt8]
    /// The first four bytes of `SHA256(name || 0A || algorithm || publicKey)`, most significant first.
    public let keyID: UInt32

    /// - Throws: ``NoteFailure/malformedKey`` if there are not 32 bytes, or anybody can sign under them.
    public init(name: NoteName, algorithm: Algorithm, publicKey: [UInt8]) throws(NoteFailure) {
        guard Ed25519.isSound(publicKey: publicKey) else { throw .malformedKey }
        self.name = name
        self.algorithm = algorithm
        self.publicKey = publicKey
        let digest = Hashing.sha256(name.bytes + [0x0A, algorithm.rawValue] + publicKey)
        keyID = bigEndianInteger(digest.bytes[..<4], as: UInt32.self)
    }

    /// Reads the text form `name+hash+base64(algorithm || publicKey)`, the hash in lower-case hexadecimal.
    ///
    /// - Throws: ``NoteFailure/malformedKey``; ``NoteFailure/unsuitableAlgorithm(_:)``.
    public init(text: String) throws(NoteFailure) {
        // The base 64 part may hold plus signs of its own.
        let parts = Array(text.utf8).split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let name = NoteName(bytes: Array(parts[0])), let key = Base64.decode(parts[2]),
            let algorithmByte = key.first
        else { throw .malformedKey }
        guard let algorithm = Algorithm(rawValue: algorithmByte) else { throw .unsuitableAlgorithm(algorithmByte) }
        try self.init(name: name, algorithm: algorithm, publicKey: Array(key.dropFirst()))
        guard Array(parts[1]) == keyIDText else { throw .malformedKey }
    }

    /// The text form, which ``init(text:)`` reads.
    public var text: String {
        let key = Base64.encode([algorithm.rawValue] + publicKey)
        return String(decoding: name.bytes + [0x2B] + keyIDText + [0x2B] + key, as: UTF8.self)
    }

    private var keyIDText: [UInt8] { Array(bigEndianBytes(keyID).hexadecimal.utf8) }

    /// True if a signature claims to be by this key. Unknown keys are ignored, not refused.
    func matches(_ signature: NoteSignature) -> Bool {
        signature.keyID == keyID && signature.name == name
    }

    /// Checks a signature that claims to be by this key.
    ///
    /// - Returns: the time that a cosignature states, or 0 for a plain signature.
    /// - Throws: ``NoteFailure/wrongSignature(key:)``.
    func verify(_ signature: NoteSignature, text: [UInt8]) throws(NoteFailure) -> UInt64 {
        switch algorithm {
        case .ed25519:
            guard Ed25519.isValid(signature.signature, of: text, under: publicKey) else {
                throw .wrongSignature(key: name)
            }
            return 0
        case .cosignatureV1:
            let blob = signature.signature
            guard blob.count == Self.timestampByteCount + Ed25519.signatureByteCount else {
                throw .wrongSignature(key: name)
            }
            let time = bigEndianInteger(blob.prefix(Self.timestampByteCount), as: UInt64.self)
            let message = Cosignature.message(time: time, text: text)
            let bytes = Array(blob.dropFirst(Self.timestampByteCount))
            guard time <= Cosignature.timeMax, Ed25519.isValid(bytes, of: message, under: publicKey) else {
                throw .wrongSignature(key: name)
            }
            return time
        }
    }
}

extension NoteVerifierKey: CustomStringConvertible {
    public var description: String { text }
}
