/// Why a text does not name a thing of the kind that was wanted.
public enum IdentifierTextFailure: Error, Hashable, Sendable {
    /// Not bech32m (BIP-350): mistyped, most likely.
    case malformed(Bech32mFailure)
    /// A sound identifier of another kind.
    case wrongKind(expected: String, found: String)
    /// Not 32 bytes.
    case wrongByteCount(Int)
}

extension LedgerIdentifier {
    /// The identifier that `text` spells in bech32m, such as `acct1…`, in one case.
    public init(text: String) throws(IdentifierTextFailure) {
        let bech32m: Bech32m
        let bytes: [UInt8]
        do throws(Bech32mFailure) {
            bech32m = try Bech32m(text: text)
            bytes = try bech32m.bytes
        } catch {
            throw .malformed(error)
        }
        guard bech32m.humanReadablePart == Self.humanReadablePart else {
            throw .wrongKind(expected: Self.humanReadablePart, found: bech32m.humanReadablePart)
        }
        guard let digest = Digest(bytes) else { throw .wrongByteCount(bytes.count) }
        self.init(digest: digest)
    }

    /// The text form: the kind, `1`, then 58 characters of data and checksum.
    public var text: String {
        Bech32m(trusted: Self.humanReadablePart, values: Bech32m.values(ofBytes: digest.bytes)).text
    }

    /// The text form.
    public var description: String { text }
}
