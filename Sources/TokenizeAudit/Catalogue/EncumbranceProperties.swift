import Tokenize

/// What weighs on a few holdings, and what moves them against it, day by day.
enum EncumbranceProperties {
    static let all = [AuditCatalogue.Entry(orders, usualCaseCount: 80)]

    static let orders = Property(
        "PRP-035",
        "Encumbrances, releases and orders on the same few holdings do what the reference model does.",
        coverage: [
            .init("followed", perMille: 100), .init("for the owner", perMille: 20), .init("without end", perMille: 3),
            .init("executed", perMille: 80), .init("seized", perMille: 50),
            .init("carried over", perMille: 30), .init("refused seniorEncumbrance", perMille: 200),
            .init("refused orderDoesNotCover", perMille: 20), .init("refused unitsEncumbered", perMille: 50),
            .init("refused accountFrozen", perMille: 50), .init("refused orderOnAppeal", perMille: 20),
            .init("refused assetClosed", perMille: 20), .init("settled", perMille: 100),
        ]
    ) { trial in
        var few = FewHoldings(ledger: try await ModelledLedger())
        try await few.prepare(&trial)
        let isChain = try trial.draw(.bool)
        for number in 0..<45 {
            if isChain { try await few.chainStep(&trial) } else { try await few.step(&trial) }
            // Not after each: what lapses between two batches must reach the tables as well.
            if number % 4 == 3 { try await few.ledger.requireShown(trial) }
        }
        try await few.ledger.world.ledger.close()
    }
}
