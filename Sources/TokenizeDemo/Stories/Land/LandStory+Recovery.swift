import Tokenize

/// A shareholder loses the key: two authorities file its recovery, and after a notice the account has a new one.
extension LandStory {
    /// The notice where no mandate says otherwise (Specs/15): opened days, and as many days of the clock.
    private static let noticeDays = 10

    struct RecoveryReport: Encodable, Sendable {
        let holder: String
        let filedOn: String
        let recoveredOn: String
        let shares: String
        let attempts: [Attempt]
    }

    /// Nil if nobody bought a share.
    func recoverLostKey() async throws -> RecoveryReport? {
        guard let loser = try await shareholderWithLeast() else { return nil }
        console.chapter("A lost key")
        let held = try await stage.holding(shares, of: loser).units
        let renewed = try loser.withNewKey()
        var attempts = [
            try await stage.refusal("the registry alone files a recovery") { () throws(SubmissionError) in
                try await file(loser, renewed, with: [])
            }
        ]
        try await file(loser, renewed, with: Array(stage.institutions.judges.prefix(Institutions.courtQuorum)))
        let filed = try await stage.businessDate()
        console.say(
            "\(loser.name) has lost the device with the key. \(stage.institutions.depository.name) and the court file a new "
                + "one, on \(filed). From now on the old key moves nothing, and the new one does not yet."
        )
        attempts.append(
            try await stage.refusal("whoever found the device moves the shares") { () throws(SubmissionError) in
                try await stage.client(loser).transfer(held, of: shares, to: tenant.account)
            }
        )
        attempts.append(
            try await stage.refusal("the registry gives out the new key at once") { () throws(SubmissionError) in
                try await execute(loser)
            }
        )
        try await stage.openDays(to: endOfNotice(from: filed))
        try await execute(loser)
        attempts.append(
            try await stage.refusal("the old key, after the recovery") { () throws(SubmissionError) in
                try await stage.client(loser).transfer(1, of: shares, to: tenant.account)
            }
        )
        let today = try await stage.businessDate()
        try await prove(renewed, holds: held)
        console.show(Attempt.table(attempts))
        console.done(
            "The notice has run: since \(today) the account answers to the new key. Its "
                + "\(Amounts.count(held.units, "share")) never moved"
        )
        return RecoveryReport(
            holder: "\(loser.account)",
            filedOn: "\(filed)",
            recoveredOn: "\(today)",
            shares: "\(held)",
            attempts: attempts
        )
    }

    /// The buyer who holds fewest shares.
    private func shareholderWithLeast() async throws -> Participant? {
        let holdings = try await stage.ledger.read { [shares] in $0.holdings(of: shares) }
        let units = Dictionary(holdings.map { ($0.account, $0.units) }, uniquingKeysWith: { one, _ in one })
        return buyers.filter { (units[$0.account] ?? .zero) > .zero }
            .min { (units[$0.account] ?? .zero) < (units[$1.account] ?? .zero) }
    }

    @discardableResult
    private func file(
        _ loser: Participant,
        _ renewed: Participant,
        with judges: [Participant]
    ) async throws(SubmissionError) -> Receipt {
        let filing = RecoveryFiling(
            account: loser.account,
            policy: KeyPolicy(renewed.signer.publicKey),
            with: AuthorityReference(.court)
        )
        return try await stage.client(stage.institutions.depository).submit(
            [Operation(.control(.fileRecovery(filing), under: AuthorityReference(.registrar)))],
            with: judges.map { stage.client($0) }
        )
    }

    @discardableResult
    private func execute(_ loser: Participant) async throws(SubmissionError) -> Receipt {
        try await stage.authority(AuthorityReference(.registrar), stage.institutions.depository)
            .control(.executeRecovery(loser.account))
    }

    /// The day on which both parts of the notice have run: opened days, and the time of the clock.
    private func endOfNotice(from filed: CalendarDate) -> CalendarDate {
        var day = filed
        for _ in 0..<LandStory.noticeDays { day = stage.terms.calendar.next(after: day) ?? day }
        return max(day, filed.adding(days: LandStory.noticeDays) ?? day)
    }

    /// The new key commits to the one after it, so that the next loss needs no court; the shares are where they were.
    private func prove(_ renewed: Participant, holds held: Quantity) async throws {
        let next = PrecommittedRotation(
            account: renewed.account,
            policy: KeyPolicy(try renewed.withNewKey().signer.publicKey),
            salt: Randomness.digest()
        )
        try await stage.client(renewed).control(.precommit(next.commitment))
        guard try await stage.holding(shares, of: renewed).units == held else {
            throw DemoFailure("the recovery changed the holding of \(renewed.name)")
        }
        console.say("With the new key \(renewed.name) commits to the next one: another loss needs no court.")
    }
}
