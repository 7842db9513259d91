extension LedgerState {
    /// The state that a genesis founds.
    ///
    /// Throws `unknownParty`, `accountExists` and the like if the genesis contradicts itself.
    public init(genesis: Genesis) throws(Rejection) {
        self.init(
            ledger: genesis.ledger,
            name: genesis.name,
            parameters: genesis.parameters,
            disclosureCommitment: genesis.disclosureCommitment,
            logKeys: genesis.logKeys,
            clock: LedgerClock(
                height: 1,
                businessDate: genesis.parameters.firstBusinessDate,
                openedDayCount: 0,
                sealingTime: 0
            )
        )
        var draft = Transition()
        for party in genesis.parties { try decide(party, &draft) }
        for account in genesis.accounts { try decide(account, &draft) }
        for authority in genesis.authorities {
            guard authority.reference.asset == nil else {
                throw Rejection(.outOfScope, (.authority, .authority(authority.reference)))
            }
            try decide(authority, authority.reference, in: nil, &draft)
        }
        guard draft.authorities.contains(where: { $0.reference.role == .governor }) else {
            throw Rejection(.lastGovernor)
        }
        apply(draft)
    }
}
