import Tokenize

/// Rulebooks of every rule, against a bookkeeper who goes through chapter 14 rule by rule.
enum RulebookByHandProperties {
    static let all = [
        AuditCatalogue.Entry(byHand, usualCaseCount: 280), AuditCatalogue.Entry(keys, usualCaseCount: 80),
        AuditCatalogue.Entry(holds, usualCaseCount: 80),
    ]

    /// Codes that these histories must show, so that the property says something of each rule.
    private static let rules: [RejectionCode] = RejectionCode.allCases.filter { (620...655).contains($0.rawValue) }
    private static let ofRecords: [RejectionCode] = [
        .attestationPeriodEmpty, .unknownAttestation, .trustOnlyNarrowed, .alreadyJoined, .rulebookVersionWrong,
        .rulebookNotYetInForce,
    ]
    private static let ofRequests: [RejectionCode] = [
        .noApprovalAsked, .unknownRequest, .notAnApprover, .requestTooLong,
    ]

    static let byHand = Property(
        "PRP-045",
        "Under a drawn rulebook every movement is done, or refused by the rule, that going through chapter 14 by hand names.",
        coverage: [
            .init("committed", perMille: 500), .init("by operator", perMille: 300), .init("issued", perMille: 300),
            .init("redeemed", perMille: 300), .init("joined", perMille: 200), .init("two at once", perMille: 50),
            .init("helped by an amount", perMille: 200), .init("settled", perMille: 100),
            .init("taken by order", perMille: 200), .init("next version", perMille: 200),
            .init("several rules explained", perMille: 50), .init("helped by a word", perMille: 100),
            .init("helped by a day", perMille: 5),
            .init("said before in the transaction", perMille: 200),
        ] + (rules + ofRecords).map { .init("refused \($0)", perMille: 3) }
    ) { trial in
        try await live(&trial, about: try RuledWorld.focus(&trial)) { world, trial in
            let isFocused = try world.focus != .anything && trial.draw(.bool)
            switch (world.focus, try trial.number(isFocused ? 32...35 : 0...31)) {
            case (.approval, 32...33): try await ask(&world, &trial)
            case (.persons, 32): try await join(&world, &trial)
            case (_, 28): try await force(&world, &trial)
            case (_, 32...), (_, 0...8): try await transfer(&world, &trial)
            case (_, 9): try await two(&world, &trial)
            case (_, 10...11): try await issue(&world, &trial)
            case (_, 12...13): try await redeem(&world, &trial)
            case (_, 14): try await reclassify(&world, &trial)
            case (_, 15...17), (_, 24...26): try await say(&world, &trial)
            case (_, 18), (_, 27): try await join(&world, &trial)
            case (_, 19...21): try await ask(&world, &trial)
            case (_, 29...30): try await replace(&world, &trial)
            default: try await openDay(&world, &trial)
            }
        }
    }

    static let keys = Property(
        "PRP-055",
        "A movement is approved by who may speak under the version that is in force, and what was said with keys that are replaced is taken back.",
        coverage: [
            .init("by silence", perMille: 100), .init("approved", perMille: 300), .init("withdrawn", perMille: 300),
            .init("withdrawn by another", perMille: 50), .init("recovered", perMille: 300),
            .init("request gone with keys", perMille: 50), .init("silence in recovery", perMille: 20),
            .init("silence under another version", perMille: 20), .init("refused inRecovery", perMille: 300),
            .init("refused allowanceAtRest", perMille: 50),
        ] + ofRequests.map { .init("refused \($0)", perMille: 100) }
    ) { trial in
        try await live(&trial, about: .keys) { world, trial in
            switch try trial.number(0...23) {
            case 0...7: try await ask(&world, &trial)
            case 8...9: try await withdraw(&world, &trial)
            case 10...13: try await transfer(&world, &trial)
            case 14...15: try await waitInSilence(&world, &trial)
            case 16...18: try await recover(&world, &trial)
            case 19: try await allow(&world, &trial)
            case 20: try await replace(&world, &trial)
            default: try await openDay(&world, &trial)
            }
        }
    }

    static let holds = Property(
        "PRP-056",
        "A freeze of a party, and the emergency power, hold every account of the person, whichever parties it consists of; and nobody sets units apart for itself.",
        coverage: [
            .init("joined", perMille: 300), .init("frozen", perMille: 300), .init("frozen at once", perMille: 100),
            .init("held by another party", perMille: 100), .init("set apart", perMille: 100),
            .init("refused targetNotAllowed", perMille: 100), .init("refused accountFrozen", perMille: 300),
            .init("refused emergencyRepeated", perMille: 100), .init("refused emergencyTooLong", perMille: 50),
            .init("emergency of another party", perMille: 30),
        ]
    ) { trial in
        try await live(&trial, about: .holds) { world, trial in
            switch try trial.number(0...23) {
            case 0...2: try await join(&world, &trial)
            case 3...6: try await freeze(&world, &trial)
            case 7: try await recover(&world, &trial)
            case 8...9: try await setApart(&world, &trial)
            case 10...14: try await transfer(&world, &trial)
            case 15: try await two(&world, &trial)
            case 16: try await issue(&world, &trial)
            case 17: try await redeem(&world, &trial)
            case 18: try await reclassify(&world, &trial)
            case 19: try await force(&world, &trial)
            case 20: try await allow(&world, &trial)
            default: try await openDay(&world, &trial)
            }
        }
    }

    private static func live(
        _ trial: inout Trial,
        about focus: RuledWorld.Focus,
        step: (inout RuledWorld, inout Trial) async throws -> Void
    ) async throws {
        var world = try await RuledWorld(try RuledWorld.drawing(about: focus, &trial))
        trial.note("\(world.book.book)")
        for _ in 0..<40 {
            try await step(&world, &trial)
            let expected = world.book.units.filter { $0.value > 0 }
            try trial.require(world.holdings == expected, "the ledger has \(world.holdings), not \(expected)")
        }
        try await world.world.ledger.close()
    }

    static func holder(_ trial: inout Trial) throws -> Int { try trial.draw(.element(of: RuledWorld.holders)) }

    /// Submits, and demands what the bookkeeper says: all that is done, or which rule refuses which operation.
    ///
    /// - Returns: whether it is done.
    @discardableResult
    static func expect(_ transaction: RuledTransaction, _ world: inout RuledWorld, _ trial: inout Trial) async throws
        -> Bool
    {
        let (text, explanation, answer) = try await world.submit(transaction)
        trial.note(text)
        try trial.require(explanation.passes == (answer.code == nil), "\(answer), and explained as \(explanation)")
        switch (transaction.refusal, answer) {
        case (nil, .committed(let receipt)):
            trial.label("committed")
            world.book = transaction.book
            if let effects = transaction.book.effects {
                let root = ModelHash.merkleRoot(effects.map { $0.canonicalBytes })
                let isTold = receipt.effectsRoot.bytes == root && receipt.effectCount == UInt64(effects.count)
                try trial.require(isTold, "the effects are not \(effects)")
            }
            return true
        case (let expected?, .refused(let found)):
            let isSame = found.code == expected.code && found.operation == expected.operation
            try trial.require(isSame, "refused by \(found), not \(expected)")
            let first = explanation.operations.first { !$0.findings.isEmpty }
            let isExplained = first?.findings.first?.code == found.code && first?.position == found.operation
            try trial.require(isExplained, "refused by \(found), and explained as \(explanation)")
            trial.label("refused \(found.code)")
            if let examined = transaction.examined, examined.operation == found.operation, let first {
                try requireHelp(first.findings, examined, &trial)
            }
        default:
            try trial.require(false, "\(answer), not \(transaction.refusal.map { "\($0)" } ?? "committed")")
        }
        return false
    }
}
