/// Bounds on what one transaction may hold. They are part of the wire format (Specs/03).
public enum TransactionLimits {
    /// Principals in a body.
    public static let principalCountMax = 16
    /// Signatures on a transaction.
    public static let signatureCountMax = 32
    /// Operations in a body.
    public static let operationCountMax = 64
    /// Recipients in one batch transfer.
    public static let recipientCountMax = 512
    /// Lanes of one account; lanes are 0 ..< this.
    public static let laneCountMax = 256
    /// Sequences that a lane accepts ahead of the lowest unused one.
    public static let laneWindowWidth = 64
    /// Keys in a key policy.
    public static let policyKeyCountMax = 16
    /// Weight of one key.
    public static let keyWeightMax = 65_535
    /// Bytes of a memo, in UTF-8.
    public static let memoByteCountMax = 140
    /// Bytes of an order's or document's reference, in UTF-8.
    public static let referenceByteCountMax = 64
    /// Bytes of an asset's terms.
    public static let termsByteCountMax = 16_384
    /// Bytes of an asset's charter.
    public static let charterByteCountMax = 16_384
    /// Bytes of a rulebook.
    public static let rulebookByteCountMax = 16_384
    /// Members of one authority.
    public static let authorityMemberCountMax = 16
    /// Bytes of a body.
    public static let bodyByteCountMax = 60_000
    /// Bytes of a signed transaction.
    public static let transactionByteCountMax = 65_000
    /// Encumbrances that authorities put on one holding, account or asset, and as many again that its holder puts on
    /// a holding: a holder cannot use up the room that an order needs.
    public static let encumbranceCountMax = 64
    /// Encumbrances that arrived with units at a holding on which others lie; one without any takes what comes.
    public static let arrivedEncumbranceCountMax = 128
    /// Effects of one transaction: a final redemption for a million holders with an encumbrance each has three million
    /// and one. What a group of entries takes follows from it (Specs/08).
    public static let effectCountMax = 3 << 20
    /// Encumbrances on one holding, of whatever origin.
    public static let holdingEncumbranceCountMax = 512
    /// Bytes of the act in a proposal.
    public static let proposedActByteCountMax = 40_000
    /// Things that one filed document is about.
    public static let documentSubjectCountMax = 16
}
