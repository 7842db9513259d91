import Tokenize

/// Who comes to a ledger counts at once, and as the person that it is.
enum NewcomerProperties {
    static let all = [AuditCatalogue.Entry(newcomers, usualCaseCount: 120)]

    static let newcomers = Property(
        "PRP-053",
        "Accounts used in the transaction that opens them, second accounts, and joined parties do what the reference model does.",
        coverage: [
            .init("used at once", perMille: 300), .init("second account", perMille: 100),
            .init("joined", perMille: 100), .init("refused classShareExceeded", perMille: 100),
            .init("refused accountFrozen", perMille: 50), .init("refused targetNotAllowed", perMille: 20),
            .init("refused emergencyRepeated", perMille: 50), .init("refused alreadyJoined", perMille: 50),
        ]
    ) { trial in
        var newcomers = Newcomers(ledger: try await ModelledLedger())
        for _ in 0..<25 { try await newcomers.step(&trial) }
        try await newcomers.ledger.world.ledger.close()
    }
}
