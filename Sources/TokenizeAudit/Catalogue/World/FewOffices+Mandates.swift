import Tokenize

/// What binds authorities, and who their members are.
extension FewOffices {
    /// A governor lays down one thing more for an authority, or begins anew.
    mutating func bind(_ trial: inout Trial) async throws {
        let isRare = try trial.number(0...9) == 0
        let office = try trial.draw(.element(of: isRare ? [Self.governor, Self.daily] : offices))
        guard let mandate = try mandate(for: office, &trial) else { return }
        let act = Act.control(.setMandate(MandateSetting(office, mandate)), under: Self.governor)
        let isDone = try await submit([act], by: members(of: Self.governor), &trial)
        trial.label("bound", when: isDone)
    }

    /// A mandate like the one that is laid down, or like none, with something more; nil if it has no form.
    func mandate(for office: AuthorityReference, _ trial: inout Trial) throws -> Mandate? {
        if try trial.number(0...19) == 0 { return try custodyThatWaits(&trial) }
        let old = try trial.number(0...2) == 0 ? .usual : ledger.model.mandates[office] ?? .usual
        var (quorums, separations, timelocks) = (old.quorums, old.separations, old.timelocks)
        var days = old.emergencyDaysMax
        switch try trial.number(0...11) {
        case 0...3:
            for _ in 0..<(try trial.number(1...2)) {
                let quorum = Mandate.Quorum(try actCode(of: office, &trial), quorum: try trial.number(1...3))
                quorums.removeAll { $0.act == quorum.act }
                quorums.append(quorum)
            }
        case 4, 5:
            let other = try trial.draw(.element(of: offices + [Self.governor]))
            let separation = Mandate.Separation(try actCode(of: office, &trial), from: other)
            separations.removeAll { $0 == separation }
            separations.append(separation)
        case 6...8:
            let timelock = try timelock(for: office, &trial)
            timelocks.removeAll { $0.act == timelock.act }
            timelocks.append(timelock)
        default: days = try trial.draw(.element(of: [1, 2, 3, 3, 0, 31]))
        }
        return Mandate(quorums: quorums, separations: separations, timelocks: timelocks, emergencyDaysMax: days)
    }

    /// An act that the role may do, mostly one that is done here often.
    private func actCode(of office: AuthorityReference, _ trial: inout Trial) throws -> ActCode {
        let all = ActCode.allCases.filter { LedgerModel.may(office.role, $0) }
        // Custody goes by what is laid down for seizures.
        let isTaking = try trial.number(0...2) == 0 && all.contains(.seize)
        let often = isTaking ? [.seize, .nameCustody] : all.filter { Self.usualActs.contains($0) }
        let isOften = try trial.number(0...4) > 0 && !often.isEmpty
        return try trial.draw(.element(of: isOften ? often : all))
    }

    private static let usualActs: Set<ActCode> = [
        .encumber, .forceTransfer, .nameCustody, .createAsset, .issue, .cancelUnits, .distribute, .reclassify,
        .registerParty, .openAccount, .appointAuthority, .setMandate, .fileDocument, .fileRecovery, .veto,
    ]

    private func timelock(for office: AuthorityReference, _ trial: inout Trial) throws -> Mandate.Timelock {
        let unfit: [ActCode] = [.openBusinessDay, .executeRecovery, .redeem, .veto, .fileRecovery, .emergencyFreeze]
        let isUnfit = try trial.number(0...5) == 0
        let act = try isUnfit ? trial.draw(.element(of: unfit)) : actCode(of: office, &trial)
        let notice = Notice(
            openedDays: UInt32(try trial.number(0...2)),
            seconds: UInt32(30 * (try trial.number(0...2)))
        )
        switch try trial.number(0...9) {
        case 0: return Mandate.Timelock(act, notice: notice, veto: ownRegulator)
        case 1...6:
            let holder = try trial.draw(.element(of: [Self.court, Self.regulator]))
            return Mandate.Timelock(act, notice: notice, veto: holder)
        default: return Mandate.Timelock(act, notice: notice)
        }
    }

    /// Who names the custody must wait, and is kept apart as who seizes is: also where seizures need fewer.
    private func custodyThatWaits(_ trial: inout Trial) throws -> Mandate? {
        let other = try trial.draw(.element(of: [Self.regulator, Self.court]))
        return Mandate(
            quorums: [.init(.seize, quorum: 1)],
            separations: [.init(.seize, from: other)],
            timelocks: [.init(.nameCustody, notice: Notice(openedDays: 1, seconds: 0))]
        )
    }

    /// Other members for an authority, or another quorum.
    mutating func appoint(_ trial: inout Trial) async throws {
        let isGovernor = try trial.number(0...7) == 0
        let office = try isGovernor ? Self.governor : trial.draw(.element(of: offices))
        let act = Act.appointAuthority(try appointment(to: office, &trial), under: Self.governor)
        let isDone = try await submit([act], by: try signing(for: Self.governor, &trial), &trial)
        trial.label("appointed", when: isDone)
    }

    /// The ministry stays a governor: without one all would be over.
    func appointment(to office: AuthorityReference, _ trial: inout Trial) throws -> AuthorityAppointment {
        var left = office == Self.governor ? [Cast.alice, Cast.bob] : Self.people
        var members = office == Self.governor ? [Cast.ministry] : []
        for _ in 0..<(try trial.number(1...3)) where !left.isEmpty {
            members.append(left.remove(at: try trial.number(0...left.count - 1)))
        }
        return try appointment(office, try trial.number(1...min(2, members.count)), members)
    }

    mutating func renounce(_ trial: inout Trial) async throws {
        let office = try trial.draw(.element(of: offices))
        let leaving = try signing(for: office, &trial).prefix(1)
        let isDone = try await submit([.control(.renounce(office), under: nil)], by: Array(leaving), &trial)
        trial.label("renounced", when: isDone)
    }
}
