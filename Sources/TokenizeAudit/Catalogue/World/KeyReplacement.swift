import Tokenize

/// The ways in which an account comes to have other keys.
struct KeyReplacement {
    /// A way.
    enum Way: CaseIterable, Sendable {
        /// The present keys sign.
        case rotation
        /// The present keys commit to others, and somebody else says so.
        case precommitment
        /// Two authorities file it, and it has waited.
        case recovery
    }

    private let member: Int
    private let policy: KeyPolicy
    private let signers: [SoftwareSigner]

    /// - Parameters:
    ///   - member: whose keys are replaced.
    ///   - policy: what is to replace them.
    ///   - signers: all of the present keys.
    init(of member: Int, by policy: KeyPolicy, signers: [SoftwareSigner]) {
        self.member = member
        self.policy = policy
        self.signers = signers
    }

    /// Whether everything that the way asks for was done. No transaction of the member's own may be under way.
    func carryOut(_ way: Way, _ world: AuditWorld) async throws -> Bool {
        let account = world.cast.members[member].account
        switch way {
        case .rotation: return try await sign(.rotateKeys(policy), world)
        case .precommitment:
            let rotation = PrecommittedRotation(account: account, policy: policy, salt: .zero)
            guard try await sign(.control(.precommit(rotation.commitment), under: nil), world) else { return false }
            return try await submit(.control(.rotateToPrecommitted(rotation), under: nil), by: [Cast.bob], world)
        case .recovery:
            let (registrar, regulator) = (AuthorityReference(.registrar), AuthorityReference(.regulator))
            let filing = RecoveryFiling(account: account, policy: policy, with: regulator)
            let filers = [Cast.ministry, Cast.firstJudge]
            guard try await submit(.control(.fileRecovery(filing), under: registrar), by: filers, world) else {
                return false
            }
            let today = try await world.ledger.read { $0.businessDate }
            guard let next = today.adding(days: 1) else { return false }
            let opening = Act.openBusinessDay(next, under: AuthorityReference(.operator))
            guard try await submit(opening, by: [Cast.ministry], world) else { return false }
            return try await submit(.control(.executeRecovery(account), under: registrar), by: [Cast.ministry], world)
        }
    }

    /// Done by the member with its present keys.
    private func sign(_ act: Act, _ world: AuditWorld) async throws -> Bool {
        let plan = TransactionPlan(principals: [member], operations: [Operation(act)])
        let body = plan.body(for: try await world.ledger.read { $0 }, world.cast)
        return try await world.answer(to: try Cast.sign(body, signers).bytes).receipt != nil
    }

    /// Done by others, with the keys that they have always had.
    private func submit(_ act: Act, by members: [Int], _ world: AuditWorld) async throws -> Bool {
        let plan = TransactionPlan(principals: members, operations: [Operation(act)])
        let bytes = try plan.bytes(for: try await world.ledger.read { $0 }, world.cast)
        return try await world.answer(to: bytes).receipt != nil
    }
}
