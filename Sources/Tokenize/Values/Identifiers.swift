/// A 32-byte name of one kind of thing, with a bech32m text form of its own.
public protocol LedgerIdentifier: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The human-readable part of the text form, one for each kind.
    static var humanReadablePart: String { get }
    /// The 32 bytes.
    var digest: Digest { get }
    /// The name with these bytes; whether there is such a thing, only a ledger knows.
    init(digest: Digest)
}

extension LedgerIdentifier {
    public static func < (left: Self, right: Self) -> Bool { left.digest < right.digest }
}

/// Names an account for ever; its keys may change.
public struct AccountID: LedgerIdentifier {
    public static let humanReadablePart = "acct"
    public let digest: Digest
    public init(digest: Digest) { self.digest = digest }
}

/// Names the person behind accounts: a commitment, never personal data.
public struct PartyID: LedgerIdentifier {
    public static let humanReadablePart = "party"
    public let digest: Digest
    public init(digest: Digest) { self.digest = digest }
}

/// Names an asset.
public struct AssetID: LedgerIdentifier {
    public static let humanReadablePart = "asset"
    public let digest: Digest
    public init(digest: Digest) { self.digest = digest }
}

/// Names a ledger: the tagged hash of its genesis.
public struct LedgerID: LedgerIdentifier {
    public static let humanReadablePart = "ledger"
    public let digest: Digest
    public init(digest: Digest) { self.digest = digest }
}

/// Names a transaction: the tagged hash of its body, without the signatures.
public struct TransactionID: LedgerIdentifier {
    public static let humanReadablePart = "tx"
    public let digest: Digest
    public init(digest: Digest) { self.digest = digest }
}

/// Names an encumbrance.
public struct EncumbranceID: LedgerIdentifier {
    public static let humanReadablePart = "enc"
    public let digest: Digest
    public init(digest: Digest) { self.digest = digest }
}
