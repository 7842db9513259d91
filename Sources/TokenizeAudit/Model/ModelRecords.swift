import Tokenize

/// What a rule of Specs says to a transaction that it refuses.
struct ModelRefusal: Error, Hashable {
    let code: RejectionCode
    var operation: Int?

    init(_ code: RejectionCode) { self.code = code }
}

extension LedgerModel {
    struct Account: Sendable {
        var policy: KeyPolicy
        let party: PartyID
        let holderClass: HolderClass
        var claims: [Claim] = []
    }

    /// An encumbrance.
    struct Claim: Hashable, Sendable {
        let id: EncumbranceID
        let kind: EncumbranceKind
        let owner: EncumbranceOwner
        var amount: UInt128
        let rank: UInt16
        let lastDate: CalendarDate
        let order: OrderReference
        var layer: UInt16 = 0

        var isReserved: Bool { kind == .hold || kind == .pledge }

        func stands(on date: CalendarDate) -> Bool { lastDate >= date }
    }

    struct Asset: Sendable {
        let identification: AssetIdentification
        /// The authority under which it was created.
        let issuer: AuthorityReference
        let terms: InstrumentTerms
        let charter: Charter
        let termsDigest: [UInt8]
        let charterDigest: [UInt8]
        let cap: UInt128
        var issued: UInt128 = 0
        var redeemed: UInt128 = 0
        var status = Status.active
        var claims: [Claim] = []

        enum Status: UInt8, Sendable { case active = 1, redeemed, deactivated }

        var outstanding: UInt128 { issued - redeemed }
    }

    struct Place: Hashable, Sendable {
        let asset: AssetID
        let account: AccountID
        let partition: Partition
    }

    struct Holding: Hashable, Sendable {
        var units: UInt128 = 0
        var claims: [Claim] = []
    }

    struct Authority: Hashable, Sendable {
        let quorum: Int
        let members: Set<AccountID>
    }

    struct Lane: Hashable, Sendable {
        let account: AccountID
        let number: UInt16
    }

    /// A payment that was made. Bytes, since texts that look alike are not one reference.
    struct PaymentName: Hashable, Sendable {
        let asset: AssetID
        let reference: [UInt8]
    }

    struct Order: Hashable, Sendable {
        let authority: AuthorityReference
        let order: OrderReference
        var appeal = AppealStatus.none
    }

    struct Moment: Hashable, Sendable {
        let openedDays: UInt64
        let height: UInt64
        /// That of the block, from the first transaction after it.
        var sealingTime: UInt64?
    }

    struct OpenProposal: Hashable, Sendable {
        let authority: AuthorityReference
        let act: [UInt8]
        let proposer: AccountID
        let lastDate: CalendarDate
        var approvals: Set<AccountID>
        var agreed: Moment?
    }

    struct Document: Hashable, Sendable {
        let type: DocumentType
        let version: Int
        let authority: AuthorityReference
        let filed: CalendarDate
        let subjects: [DocumentSubject]
        var successor: Digest?
    }

    struct Recovery: Hashable, Sendable {
        let policy: KeyPolicy
        let filers: [AuthorityReference]
        var since: Moment
        var notice: Notice
        var isObjected = false
        var isAllowed = false
    }

    struct AllowanceName: Hashable, Sendable {
        let asset: AssetID
        let owner: AccountID
        let trustee: AccountID
    }

    struct OpenAllowance: Hashable, Sendable {
        var units: UInt128
        let lastDate: CalendarDate
        /// Given by keys that a recovery has replaced since.
        var isAtRest = false
    }

    struct EmergencyName: Hashable, Sendable {
        let authority: AuthorityReference
        let target: EncumbranceTarget
    }
}
