import Tokenize

/// What a verified proof says, for people.
enum VerdictTable {
    static func table(_ verdict: OwnershipProof.Verdict, of name: String? = nil) -> Table {
        var table = Table("", "")
        // In full: a proof of absence is true of many keys, so that the reader has to compare them (Specs/06, 6.5).
        table.add("account", "\(verdict.account)\(name.map { " (\($0))" } ?? "")")
        table.add("asset", "\(verdict.asset)")
        if verdict.partition > 0 { table.add("partition", "\(verdict.partition)") }
        table.add("holds", "\(Amounts.count(verdict.units.units, "unit"))")
        for encumbrance in verdict.encumbrances {
            table.add(
                "encumbered",
                """
                \(Amounts.grouped(encumbrance.amount)) by a \(kind(encumbrance.kind)) of rank \(encumbrance.rank), \
                until \(encumbrance.lastDate)
                """
            )
        }
        table.add("free to sell", "\(Amounts.grouped(verdict.available))")
        table.add("on business date", "\(verdict.businessDate)")
        table.add("at height", "\(Amounts.grouped(verdict.height))")
        table.add("ledger", "\(verdict.origin.split(separator: "/").first.map(String.init) ?? verdict.origin)")
        return table
    }

    private static func kind(_ code: UInt64) -> String {
        UInt8(exactly: code).flatMap { EncumbranceKind(rawValue: $0) }.map { "\($0)" } ?? "kind \(code)"
    }
}
