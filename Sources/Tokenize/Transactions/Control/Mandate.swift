/// How an authority must go about its acts: beyond its members and quorum, what a governor has laid down for it.
///
/// All lists are kept ascending, each entry once, so that a mandate has one encoding.
public struct Mandate: Hashable, Sendable {
    /// Quorums of single acts, where they differ from the authority's own.
    public let quorums: [Quorum]
    /// Authorities whose members must not do an act, though they are members here too.
    public let separations: [Separation]
    /// Acts that must be proposed, and wait.
    public let timelocks: [Timelock]
    /// Business days for which one member alone may freeze or pause, 0 for not at all.
    public let emergencyDaysMax: Int

    /// Entries in each list of a mandate.
    public static let entryCountMax = 32
    /// Largest number of days of an emergency freeze.
    public static let emergencyDaysLimit = 31

    /// Nothing laid down: the authority's quorum for every act, at once.
    public static let usual = Mandate(sortedQuorums: [], separations: [], timelocks: [], emergencyDaysMax: 0)

    /// So many members must agree to an act.
    public struct Quorum: Hashable, Sendable {
        /// The act.
        public let act: ActCode
        /// Members, at least 1.
        public let quorum: Int

        /// So many members for an act.
        public init(_ act: ActCode, quorum: Int) {
            self.act = act
            self.quorum = quorum
        }
    }

    /// Who is a member of `other` as well counts for nothing in an act.
    public struct Separation: Hashable, Sendable {
        /// The act.
        public let act: ActCode
        /// The authority whose members are kept out.
        public let other: AuthorityReference

        /// Members of `other` are kept out of an act.
        public init(_ act: ActCode, from other: AuthorityReference) {
            self.act = act
            self.other = other
        }
    }

    /// An act must be proposed, and waits once it is approved; another authority may veto it.
    public struct Timelock: Hashable, Sendable {
        /// The act.
        public let act: ActCode
        /// How long it waits.
        public let notice: Notice
        /// Who may veto it, if anybody.
        public let veto: AuthorityReference?

        /// An act waits for `notice`.
        public init(_ act: ActCode, notice: Notice, veto: AuthorityReference? = nil) {
            self.act = act
            self.notice = notice
            self.veto = veto
        }
    }

    /// A mandate, its entries in any order; nil if one stands twice or a number or notice is out of bounds.
    public init?(
        quorums: [Quorum] = [],
        separations: [Separation] = [],
        timelocks: [Timelock] = [],
        emergencyDaysMax: Int = 0
    ) {
        let quorums = quorums.sorted { $0.act.rawValue < $1.act.rawValue }
        let separations = separations.sorted { $0.order < $1.order }
        let timelocks = timelocks.sorted { $0.act.rawValue < $1.act.rawValue }
        guard zip(quorums, quorums.dropFirst()).allSatisfy({ $0.act != $1.act }),
            zip(separations, separations.dropFirst()).allSatisfy({ $0 != $1 }),
            zip(timelocks, timelocks.dropFirst()).allSatisfy({ $0.act != $1.act }),
            max(quorums.count, separations.count, timelocks.count) <= Mandate.entryCountMax,
            quorums.allSatisfy({ (1...TransactionLimits.authorityMemberCountMax).contains($0.quorum) }),
            timelocks.allSatisfy(\.notice.isWithinLongest),
            (0...Mandate.emergencyDaysLimit).contains(emergencyDaysMax)
        else { return nil }
        self.init(
            sortedQuorums: quorums,
            separations: separations,
            timelocks: timelocks,
            emergencyDaysMax: emergencyDaysMax
        )
    }

    private init(
        sortedQuorums quorums: [Quorum],
        separations: [Separation],
        timelocks: [Timelock],
        emergencyDaysMax: Int
    ) {
        self.quorums = quorums
        self.separations = separations
        self.timelocks = timelocks
        self.emergencyDaysMax = emergencyDaysMax
    }

    /// The timelock of an act, if it has one.
    func timelock(of act: ActCode) -> Timelock? { timelocks.first { $0.act == act } }

    /// Members that an act needs, given the authority's own quorum.
    func quorum(of act: ActCode, usually usual: Int) -> Int { quorums.first { $0.act == act }?.quorum ?? usual }
}

extension Mandate.Separation {
    fileprivate var order: (UInt64, AuthorityReference) { (act.rawValue, other) }
}

/// Lays down an authority's mandate; the usual one is the same as none.
public struct MandateSetting: Hashable, Sendable {
    /// The authority that is bound.
    public let authority: AuthorityReference
    /// What binds it from now on.
    public let mandate: Mandate

    /// An act with these fields; the rules decide whether it can be done.
    public init(_ authority: AuthorityReference, _ mandate: Mandate) {
        self.authority = authority
        self.mandate = mandate
    }
}
