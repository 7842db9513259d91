/// The secret from which every value's salt is derived, so that a neighbour's leaf in a proof cannot be guessed.
///
/// Genesis commits to it. Auditors receive it with the log; without it the tree cannot be rebuilt.
public struct DisclosureSecret: Sendable {
    /// Bytes of a salt.
    public static let saltByteCount = 16

    private let bytes: Digest

    /// A secret of 32 bytes, from a source fit for keys.
    public init(_ bytes: Digest) { self.bytes = bytes }

    /// A new secret from the system's generator.
    public static func generate() -> DisclosureSecret {
        var generator = SystemRandomNumberGenerator()
        return DisclosureSecret(
            Digest(words: (generator.next(), generator.next(), generator.next(), generator.next()))
        )
    }

    /// What genesis holds: the tagged hash of the secret.
    public var commitment: Digest { CommitmentTags.disclosureSecret.hash(bytes.bytes) }

    /// The secret's bytes, to hand to an auditor.
    public func reveal() -> [UInt8] { bytes.bytes }

    /// Shows that whoever wrote what has this digest knew the secret: the tagged hash of secret and digest.
    func seal(of content: Digest) -> Digest { CommitmentTags.snapshotSeal.hash(bytes.bytes + content.bytes) }

    /// The salt of the value under a key: the first 16 bytes of the tagged hash of secret and key hash.
    @inline(__always)
    func salt(for keyHash: Digest) -> Digest {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 8) { buffer in
            buffer.storeBytes(of: bytes, toByteOffset: 0, as: Digest.self)
            buffer.storeBytes(of: keyHash, toByteOffset: 32, as: Digest.self)
            return CommitmentTags.disclosureSalt.hash(UnsafeRawBufferPointer(buffer))
        }
    }
}

/// Domains of this folder's hashes.
enum CommitmentTags {
    static let disclosureSecret = TaggedHash(tag: "Tokenize/disclosure-secret")
    static let snapshotSeal = TaggedHash(tag: "Tokenize/snapshot-seal")
    static let disclosureSalt = TaggedHash(tag: "Tokenize/disclosure-salt")
}
