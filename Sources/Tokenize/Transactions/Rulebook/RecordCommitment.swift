/// A salted commitment to a record about a person: all that a ledger ever sees of it.
///
/// `SHA256(tag || salt || record)`, the tag being the prefix of the tagged hash `Tokenize/record` (Specs/02). Whoever
/// has salt and record can show that the commitment is to them; whoever has only the commitment learns nothing, since
/// the salt cannot be guessed. The record stays with the issuer and the person.
public struct RecordCommitment: Hashable, Sendable {
    /// Why a commitment cannot be made.
    public enum Refusal: Error, Hashable, Sendable {
        /// The salt is not 32 bytes, or all of its bytes are the same: a record could be found by trying.
        case unsalted
        /// There is no record, or more than ``recordByteCountMax`` bytes.
        case malformedRecord
    }

    /// Bytes of a salt.
    public static let saltByteCount = 32
    /// Bytes of a record.
    public static let recordByteCountMax = 65_535

    /// What enters the ledger.
    public let digest: Digest

    /// Commits to a record under a salt of 32 random bytes that no other commitment has.
    public init(record: [UInt8], salt: [UInt8]) throws(Refusal) {
        guard salt.count == Self.saltByteCount, let first = salt.first, !salt.allSatisfy({ $0 == first }) else {
            throw .unsalted
        }
        guard (1...Self.recordByteCountMax).contains(record.count) else { throw .malformedRecord }
        digest = Tags.record.hash(salt + record)
    }

    /// Commits to a record under a salt from the system's random source, and returns both.
    public static func make(record: [UInt8]) throws(Refusal) -> (commitment: RecordCommitment, salt: [UInt8]) {
        var source = SystemRandomNumberGenerator()
        let salt = (0..<saltByteCount).map { _ in UInt8.random(in: .min ... .max, using: &source) }
        return (try RecordCommitment(record: record, salt: salt), salt)
    }

    /// Whether `digest` commits to this record under this salt.
    public static func opens(_ digest: Digest, record: [UInt8], salt: [UInt8]) -> Bool {
        (try? RecordCommitment(record: record, salt: salt))?.digest == digest
    }

    /// The party whom the record describes, under this commitment.
    public var party: PartyID { PartyID(digest: digest) }

    /// What an attestation carries.
    public var value: AttestationValue { .commitment(digest) }
}
