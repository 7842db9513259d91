import Tokenize

/// What a story leaves behind, for machines.
struct LedgerSummary: Encodable, Sendable {
    let path: String
    let ledger: String
    let asset: String
    let account: String
    let entryCount: UInt64
    let blockCount: UInt64
    let accountCount: Int
    let businessDate: String
    let isBalanced: Bool
    let logRoot: String
    let milliseconds: Int64
}

extension Stage {
    /// Closes the ledger and says what is in it, and how anybody can check it.
    func conclude(
        asset: AssetID,
        account: Participant,
        since start: ContinuousClock.Instant
    ) async throws -> LedgerSummary {
        let checkpoint = try await ledger.checkpoint()
        let policy = try CheckpointPolicy(origin: verifierKey.name, logKeys: [verifierKey])
        let verified = try checkpoint.verify(under: policy).checkpoint
        let header = try await ledger.lastHeader()
        let (accountCount, date, unbalanced) = try await ledger.read {
            ($0.accountCount, $0.businessDate, $0.assetsOutOfBalance().count)
        }
        try await ledger.close()
        let elapsed = ContinuousClock.now - start
        console.chapter("What is left")
        var table = Table("", "")
        table.add("ledger", "\(files.path)")
        table.add(
            "holds",
            "\(Amounts.count(verified.size, "entry", plural: "entries")) in \(Amounts.count(header?.height ?? 0, "block"))"
        )
        table.add("accounts", "\(Amounts.grouped(accountCount))")
        table.add(
            "holdings",
            unbalanced == 0
                ? Table.Cell("add up to what is outstanding, for every asset", .good)
                : Table.Cell("do not add up", .bad)
        )
        table.add("log root", "\(verified.root.bytes.hexadecimal.prefix(32))…")
        table.add("told in", "\(Amounts.seconds(elapsed)), every receipt durable on disk first")
        console.show(table)
        console.say("Anybody with this file can check all of it again:")
        console.quote(Invocation.line("verify", files.path))
        console.quote(Invocation.line("info", files.path))
        console.quote(Invocation.line("check", files.proofPath, "--key", files.verifierKeyPath))
        if files.hasAttempt {
            console.say("Why a citizen could not sell more than he had, and what the rules say of it now:")
            console.quote(Invocation.line("explain", files.path, files.attemptPath, "--everything"))
        }
        return LedgerSummary(
            path: files.path,
            ledger: "\(ledger.id)",
            asset: "\(asset)",
            account: "\(account.account)",
            entryCount: verified.size,
            blockCount: header?.height ?? 0,
            accountCount: accountCount,
            businessDate: "\(date)",
            isBalanced: unbalanced == 0,
            logRoot: verified.root.bytes.hexadecimal,
            milliseconds: Amounts.milliseconds(elapsed)
        )
    }
}
