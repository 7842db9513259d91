import Tokenize

/// A rulebook is changed under its own quorum and notice and never under less.
enum RulebookChangeProperties {
    static let all = [AuditCatalogue.Entry(changes, usualCaseCount: 80)]

    static let changes = Property(
        "PRP-057",
        "A version of a rulebook is laid down by as many as the one before and the mandate ask for, after the longer of both notices, the first one of a new asset at once; and who could lay it down stays.",
        coverage: [
            .init("first rulebook", perMille: 300), .init("first rulebook in spite of a notice", perMille: 80),
            .init("changed at once", perMille: 60), .init("changed by a proposal", perMille: 200),
            .init("quorum of its own", perMille: 100), .init("notice of its own", perMille: 100),
            .init("refused quorumNotReached", perMille: 200), .init("refused timelocked", perMille: 300),
            .init("refused timelockRunning", perMille: 200), .init("refused lastHolder", perMille: 200),
            .init("left", perMille: 100), .init("appointed", perMille: 150),
            .init("refused mandateDoesNotFit", perMille: 30), .init("refused for another's mandate", perMille: 20),
            .init("refused dutySeparated", perMille: 20),
        ]
    ) { trial in
        var office = try await Office(&trial)
        try await office.found(&trial)
        for _ in 0..<24 {
            switch try trial.number(0...11) {
            case 0...2: try await office.layDown(&trial)
            case 3...6: try await office.carry(&trial)
            case 7...8: try await office.renounce(&trial)
            case 9...10: try await office.appoint(&trial)
            default: try await office.pass(&trial)
            }
        }
        try await office.world.ledger.close()
    }

    private static let issuer = AuthorityReference(.issuer)

    /// The issuer of a ledger, the asset that it has made, and what it may do.
    private struct Office {
        let world: AuditWorld
        let asset: AssetID
        private let creation: AssetCreation
        private var book: ChangeBook
        /// Nobody of the clerks may be left to open accounts where ministry, Alice and Bob are issuers all three: see
        /// ``AuditWorld``. The first ones never are.
        private static let candidates = [Cast.ministry, Cast.alice, Cast.carol, Cast.bob]
        private static let clerks: Set<Int> = [Cast.ministry, Cast.alice, Cast.bob]

        /// Members, a quorum, and a mandate that says something of setRulebook, or nothing.
        init(_ trial: inout Trial) async throws {
            world = try await AuditWorld(in: MemoryStore(), hasBond: false)
            let members = Array(Self.candidates.prefix(try trial.number(2...3)))
            let quorum = try trial.number(1...2)
            var book = ChangeBook(members: Set(members), quorum: quorum, time: AuditClock.start)
            // The auditor's only member is Carol.
            if try trial.number(0...2) == 0 { book.apart = [Cast.carol] }
            let counting = members.filter { !book.apart.contains($0) }.count
            if try trial.draw(.bool) { book.ownQuorum = try trial.number(1...min(3, counting)) }
            if counting < book.ownQuorum ?? quorum { book.apart = [] }
            if try trial.draw(.bool) { book.lock = try Self.notice(&trial) }
            self.book = book
            guard let identification = AssetIdentification(.other, "with rules") else {
                throw AuditFailure(reason: "the asset's identification is malformed")
            }
            creation = AssetCreation(
                nonce: 500,
                identification: identification,
                terms: AuditWorld.plainTerms.canonicalBytes,
                charter: Charter(authorities: [], rules: []).canonicalBytes,
                cap: 1_000
            )
            asset = AssetCreation.id(
                ledger: world.cast.genesis.ledger,
                creator: world.cast.members[Cast.ministry].account,
                nonce: 500
            )
            guard let mandate = Self.mandate(book) else { throw AuditFailure(reason: "a mandate is malformed") }
            let setting = Act.control(
                .setMandate(MandateSetting(issuer, mandate)),
                under: AuthorityReference(.governor)
            )
            trial.note("\(book)")
            let acts = [try appointment(book.members, quorum: quorum), setting]
            try await expect(nil, acts.map { Operation($0) }, by: [Cast.ministry], &trial)
        }

        private static func mandate(_ book: ChangeBook) -> Mandate? {
            Mandate(
                quorums: book.ownQuorum.map { [.init(.setRulebook, quorum: $0)] } ?? [],
                separations: book.apart.isEmpty ? [] : [.init(.setRulebook, from: AuthorityReference(.auditor))],
                timelocks: book.lock.map { [.init(.setRulebook, notice: $0)] } ?? []
            )
        }

        private static func notice(_ trial: inout Trial) throws -> Notice {
            try trial.draw(
                .element(of: [
                    Notice(openedDays: 1, seconds: 0), Notice(openedDays: 2, seconds: 0),
                    Notice(openedDays: 0, seconds: 60), Notice(openedDays: 1, seconds: 60),
                ])
            )
        }

        private func appointment(_ members: Set<Int>, quorum: Int) throws -> Act {
            let accounts = members.sorted().map { world.cast.members[$0].account }
            guard let appointment = AuthorityAppointment(issuer, quorum: quorum, members: accounts) else {
                throw AuditFailure(reason: "an appointment is malformed")
            }
            return .appointAuthority(appointment, under: AuthorityReference(.governor))
        }

        // MARK: Versions

        /// The next version, now and then another, with a quorum and a notice of its own.
        private func version(_ trial: inout Trial) throws -> ChangeBook.Version {
            let next = (book.present?.number ?? 0) + 1
            let hasNotice = try trial.number(0...2) == 0
            return ChangeBook.Version(
                number: try trial.number(0...9) == 0 ? next + 1 : next,
                quorum: try trial.number(1...3),
                notice: hasNotice ? try Self.notice(&trial) : Notice(openedDays: 0, seconds: 0)
            )
        }

        private func act(_ version: ChangeBook.Version) -> Act {
            let rulebook = Rulebook(quorum: version.quorum, notice: version.notice)
            let setting = RulebookSetting(asset: asset, version: version.number, rulebook: rulebook.canonicalBytes)
            return .rulebook(.setRulebook(setting), under: issuer)
        }

        /// Members and others, in any order.
        private func signers(_ trial: inout Trial) throws -> [Int] {
            var left = Self.candidates
            return try (0..<(try trial.number(1...4))).map { _ in
                left.remove(at: try trial.number(0...(left.count - 1)))
            }
        }

        /// The asset, its first rulebook at once or a transaction later, and now and then a unit before it.
        mutating func found(_ trial: inout Trial) async throws {
            let others = try signers(&trial).filter { $0 != Cast.ministry }
            let create = Operation(.createAsset(creation, under: issuer))
            let alice = world.cast.members[Cast.alice].account
            let issue = Operation(.issue(Issuance(asset: asset, recipient: alice, units: 1), under: issuer))
            let all = [Cast.ministry] + others
            let isQuorate = book.members.intersection(all).count >= book.quorum
            let makesAll = Self.candidates.filter { book.members.contains($0) }
            switch try trial.number(0...5) {
            case 0: try await expect(nil, [create], by: makesAll, &trial)
            case 1:
                // A unit was issued before: the notice protects its holder.
                let version = try version(&trial)
                var after = book
                let refusal = after.layDown(version, by: makesAll).map { ($0, 2) }
                try await expect(refusal, [create, issue, Operation(act(version))], by: makesAll, &trial)
                if refusal == nil { book = after }
            default:
                let version = try version(&trial)
                var after = book
                var refusal = isQuorate ? nil : (code: RejectionCode.quorumNotReached, operation: 0)
                if refusal == nil { refusal = after.layDown(version, by: all, isFirst: true).map { ($0, 1) } }
                try await expect(refusal, [create, Operation(act(version))], by: all, &trial)
                if refusal == nil {
                    book = after
                    trial.label("first rulebook")
                    trial.label("first rulebook in spite of a notice", when: book.lock != nil)
                }
            }
            let state = try await world.ledger.read { $0 }
            if state.asset(asset) == nil {
                try await expect(nil, [create], by: makesAll, &trial)
            }
        }

        /// Some sign it together; in the same transaction the first may leave.
        mutating func layDown(_ trial: inout Trial) async throws {
            let (version, signing) = (try version(&trial), try signers(&trial))
            var after = book
            var refusal = after.layDown(version, by: signing).map { ($0, 0) }
            var operations = [Operation(act(version))]
            if try trial.number(0...3) == 0 {
                if refusal == nil { refusal = after.renounce(signing[0]).map { ($0, 1) } }
                operations.append(Operation(.control(.renounce(issuer), under: nil)))
            }
            try await expect(refusal, operations, by: signing, &trial)
            guard refusal == nil else { return }
            label(book.present, &trial)
            book = after
            trial.label("changed at once")
        }

        private func label(_ present: ChangeBook.Version?, _ trial: inout Trial) {
            guard let present else { return }
            trial.label("quorum of its own", when: present.quorum > book.ownQuorum ?? book.quorum)
            trial.label("notice of its own", when: present.notice.openedDays > 0 || present.notice.seconds > 0)
        }

        /// One proposes it, others approve, days and seconds pass or do not, and one carries it out, or fails.
        mutating func carry(_ trial: inout Trial) async throws {
            let (version, actors) = (try version(&trial), try signers(&trial))
            guard let last = try await world.ledger.read({ $0.businessDate }).adding(days: 30) else { return }
            let (refusal, first) = book.propose(version, by: actors[0])
            let proposal = Proposal(act(version), until: last)
            let receipt = try await expect(
                refusal.map { ($0, 0) },
                [Operation(.control(.propose(proposal), under: nil))],
                by: [actors[0]],
                &trial
            )
            guard let receipt, let id = try await proposalID(in: receipt) else { return }
            var proposed = first
            for actor in actors.dropFirst() {
                var after = proposed
                let refusal = book.approve(&after, by: actor).map { ($0, 0) }
                let approval = Operation(.control(.approve(id), under: nil))
                try await expect(refusal, [approval], by: [actor], &trial)
                if refusal == nil { proposed = after }
                if try trial.number(0...5) == 0 { try await appoint(&trial) }
            }
            try await world.ledger.seal()
            for _ in 0..<2 {
                for _ in 0..<(try trial.number(0...2)) { try await pass(&trial) }
                let actor = try trial.number(0...3) > 0 ? actors[0] : trial.draw(.element(of: Self.candidates))
                var after = book
                let refusal = after.execute(proposed, by: actor).map { ($0, 0) }
                try await expect(refusal, [Operation(.control(.execute(id), under: nil))], by: [actor], &trial)
                guard refusal == nil else { continue }
                label(book.present, &trial)
                book = after
                trial.label("changed by a proposal")
                return
            }
        }

        private func proposalID(in receipt: Receipt) async throws -> ProposalID? {
            var events = world.ledger.events(from: receipt.position).makeAsyncIterator()
            guard case .transaction(_, let effects)? = try await events.next()?.kind else { return nil }
            for case .control(.proposed(let id)) in effects { return id }
            return nil
        }

        // MARK: Members

        mutating func renounce(_ trial: inout Trial) async throws {
            let actor = try trial.draw(.element(of: Self.candidates))
            var after = book
            let refusal = after.renounce(actor).map { ($0, 0) }
            try await expect(refusal, [Operation(.control(.renounce(issuer), under: nil))], by: [actor], &trial)
            guard refusal == nil else { return }
            book = after
            trial.label("left")
        }

        mutating func appoint(_ trial: inout Trial) async throws {
            let members = Set(try signers(&trial))
            let quorum = try trial.number(1...min(2, members.count))
            var after = book
            var refusal = after.appoint(members, quorum: quorum).map { ($0, 0) }
            // The clerks' mandate keeps them apart from the issuers.
            let endsClerks = Self.clerks.isSubset(of: members)
            if refusal == nil, endsClerks { refusal = (.mandateDoesNotFit, 0) }
            trial.label("refused for another's mandate", when: refusal != nil && endsClerks)
            let appointing = Operation(try appointment(members, quorum: quorum))
            try await expect(refusal, [appointing], by: [Cast.ministry], &trial)
            guard refusal == nil else { return }
            book = after
            trial.label("appointed")
        }

        // MARK: Time

        /// A day is opened, in a block of its own, a second after the one before it or a minute.
        mutating func pass(_ trial: inout Trial) async throws {
            guard let next = try await world.ledger.read({ $0.businessDate }).adding(days: 1) else { return }
            let seconds: UInt64 = try trial.draw(.bool) ? 60 : 1
            world.clock.move(to: world.clock.time + seconds)
            let opening = Operation(.openBusinessDay(next, under: AuthorityReference(.operator)))
            try await expect(nil, [opening], by: [Cast.ministry], &trial)
            try await world.ledger.seal()
            book.openedDays += 1
            book.time = world.clock.time
        }

        @discardableResult
        private func expect(
            _ refusal: (code: RejectionCode, operation: Int)?,
            _ operations: [Operation],
            by members: [Int],
            _ trial: inout Trial
        ) async throws -> Receipt? {
            let plan = TransactionPlan(principals: members, operations: operations)
            let state = try await world.ledger.read { $0 }
            trial.note("\(plan.text(world)): \(refusal.map { "\($0)" } ?? "done")")
            let answer = try await world.answer(to: try plan.bytes(for: state, world.cast))
            var place: Int?
            if case .refused(let rejection) = answer { place = rejection.operation }
            let isAsExpected = answer.code == refusal?.code && place == refusal?.operation
            try trial.require(isAsExpected, "\(answer), not \(refusal.map { "\($0)" } ?? "done")")
            if let refusal { trial.label("refused \(refusal.code)") }
            return answer.receipt
        }
    }
}
