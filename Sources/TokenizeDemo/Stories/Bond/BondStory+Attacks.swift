import Tokenize

/// What thieves and mistakes try, and the rule that stops each.
extension BondStory {
    /// A lane that nobody else in the story uses.
    private static let attackLane: UInt16 = 2

    func attack() async throws -> [Attempt] {
        console.chapter("What does not get through")
        console.say("A thief has seen a citizen's transaction. Others want what is not theirs to want.")
        let (victim, thief) = try await victimAndThief()
        let genuine = try await payment(from: victim, to: thief, units: 1, sequence: 0)
        let signed = try genuine.signed(by: [victim])
        let receipt = try await stage.ledger.submit(signed.bytes)
        var attempts = try await forgeries(of: signed, by: thief, against: victim)
        try await replay(signed, receipt, of: victim)
        let again = try await payment(from: victim, to: thief, units: 2, sequence: 0).signed(by: [victim])
        attempts.append(
            try await stage.refusal("another body under the same sequence") { () throws(SubmissionError) in
                try await stage.ledger.submit(again.bytes)
            }
        )
        attempts += try await misuse(by: thief)
        console.show(Attempt.table(attempts))
        return attempts
    }

    /// The first citizen who holds something, and the next in the register.
    private func victimAndThief() async throws -> (victim: Participant, thief: Participant) {
        for (index, citizen) in citizens.enumerated() where try await stage.holding(bond, of: citizen).units > .zero {
            return (citizen, citizens[(index + 1) % citizens.count])
        }
        throw DemoFailure("no citizen holds a bond after the trading: lower trading.tradeCount")
    }

    private func payment(
        from payer: Participant,
        to recipient: Participant,
        units: Quantity,
        sequence: UInt64,
        ledger: LedgerID? = nil
    ) async throws -> TransactionBody {
        let today = try await stage.businessDate()
        return TransactionBody(
            ledger: ledger ?? stage.ledger.id,
            principals: [Principal(account: payer.account, lane: BondStory.attackLane, sequence: sequence)],
            lastValidDate: today.adding(days: 7) ?? today,
            operations: [Operation(.transfer(Transfer(asset: bond, recipient: recipient.account, units: units)))]
        )
    }

    /// A thief who has seen a citizen's transaction and wants more of it.
    private func forgeries(
        of signed: SignedTransaction,
        by thief: Participant,
        against victim: Participant
    ) async throws -> [Attempt] {
        let held = try await stage.holding(bond, of: victim).units
        let theft = try await payment(from: victim, to: thief, units: held, sequence: 1)
        let forged = SignedTransaction(body: theft, signatures: signed.signatures)
        let stranger = try Participant("stranger", .citizen, country: victim.registration.jurisdiction)
        let strange = try theft.signed(by: [stranger])
        let own = try theft.signed(by: [thief])
        let elsewhere = try await payment(
            from: victim,
            to: thief,
            units: 1,
            sequence: 1,
            ledger: LedgerID(digest: Randomness.digest())
        ).signed(by: [victim])
        var attempts: [Attempt] = []
        for (name, transaction) in [
            ("forged: a citizen's signature under another text", forged),
            ("signed with a key that nobody knows", strange),
            ("signed with the thief's own key", own),
            ("a transaction that was signed for another ledger", elsewhere),
        ] {
            attempts.append(
                try await stage.refusal(name) { () throws(SubmissionError) in
                    try await stage.ledger.submit(transaction.bytes)
                }
            )
        }
        return attempts
    }

    /// The same bytes again: nothing happens twice, and the first receipt comes back.
    private func replay(_ signed: SignedTransaction, _ first: Receipt, of victim: Participant) async throws {
        let before = try await stage.holding(bond, of: victim).units
        let second = try await stage.ledger.submit(signed.bytes)
        guard second == first, try await stage.holding(bond, of: victim).units == before else {
            throw DemoFailure("a replayed transaction was done twice")
        }
        console.done(
            "Replayed: a genuine transaction, sent again, returns its first receipt (log position "
                + "\(Amounts.grouped(first.position))) and moves nothing"
        )
    }

    /// People with keys of their own who want what is not theirs to want.
    private func misuse(by thief: Participant) async throws -> [Attempt] {
        let held = try await stage.holding(bond, of: thief).units
        let more = held.adding(1) ?? held
        let seller = stage.client(thief)
        let sale = Transfer(asset: bond, recipient: dealers[0].account, units: more)
        let oversale = try await seller.prepare([Operation(.transfer(sale))])
        try SmallFile.write(oversale.bytes, to: stage.files.attemptPath)
        let issuer = AuthorityReference(.issuer, asset: bond)
        let asIssuer = stage.authority(issuer, dealers[0])
        let ministry = stage.authority(issuer, stage.ministry)
        guard let last = payments.last?.id else { throw DemoFailure("the bond pays nothing") }
        return [
            try await stage.refusal("a citizen sells more than he has") { () throws(SubmissionError) in
                try await seller.submit(oversale)
            },
            try await stage.refusal("a dealer issues bonds") { () throws(SubmissionError) in
                try await asIssuer.issue(1, of: bond, to: dealers[0].account)
            },
            try await stage.refusal("the ministry issues above the cap") { () throws(SubmissionError) in
                try await ministry.issue(1, of: bond, to: stage.ministry.account)
            },
            try await stage.refusal("redemption before maturity") { () throws(SubmissionError) in
                try await payingAgent.payDue(last, of: bond)
            },
        ]
    }
}
