import Tokenize

/// Who laid down rules can change them, and nobody else.
enum RuleMakerProperties {
    static let all = [AuditCatalogue.Entry(changeable, usualCaseCount: 60)]

    static let changeable = Property(
        "PRP-054",
        "A rulebook is replaced by as many members as it asks, and nobody is appointed and nobody leaves so that they are too few.",
        coverage: [
            .init("replaced", perMille: 200), .init("too few to replace", perMille: 200),
            .init("rulebook kept", perMille: 200), .init("rulebook kept from who leaves", perMille: 200),
            .init("appointed", perMille: 300),
        ]
    ) { trial in
        var makers = RuleMakers(world: try await AuditWorld(in: MemoryStore(), hasBond: false))
        try await makers.prepare(&trial)
        for _ in 0..<25 { try await makers.step(&trial) }
        try await makers.world.ledger.close()
    }
}
