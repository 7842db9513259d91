import Tokenize

/// What binds an authority binds it in whatever it does, and what its members agree to is done in the proposer's name.
enum OfficeProperties {
    static let all = [AuditCatalogue.Entry(offices, usualCaseCount: 80)]

    static let offices = Property(
        "PRP-052",
        "Authorities whose mandates and members change do each act, at once or as proposed, as the reference model says.",
        coverage: [
            .init("more than usual", perMille: 40), .init("fewer than usual", perMille: 5),
            .init("apart", perMille: 15), .init("executed", perMille: 300), .init("for another", perMille: 100),
            .init("executed distribute", perMille: 20), .init("executed createAsset", perMille: 10),
            .init("executed cancelUnits", perMille: 10), .init("executed nameCustody", perMille: 20),
            .init("vetoed", perMille: 3), .init("renounced", perMille: 200), .init("appointed", perMille: 200),
            .init("frozen at once", perMille: 20), .init("about several", perMille: 200),
        ] + refusals.map { .init("refused \($0)", perMille: 5) }
    ) { trial in
        var few = FewOffices(ledger: try await ModelledLedger())
        try await few.prepare(&trial)
        for _ in 0..<45 { try await few.step(&trial) }
        try await few.ledger.world.ledger.close()
    }

    private static let refusals: [RejectionCode] = [
        .quorumNotReached, .notAMember, .dutySeparated, .mandateDoesNotFit, .lastHolder, .noSuccessorSigns, .timelocked,
        .notProposable, .proposerAlone, .timelockRunning, .notVetoHolder, .noEmergencyPower, .emergencyTooLong,
        .emergencyRepeated, .unknownOrder, .outOfScope,
    ]
}
