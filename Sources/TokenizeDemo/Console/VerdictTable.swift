import Tokenize

/// What a verified proof says, for people.
enum VerdictTable {
    static func table(_ verdict: OwnershipProof.Verdict) -> Table {
        var table = Table("", "")
        table.add("account", "\(verdict.account.short)")
        table.add("asset", "\(verdict.asset.short)")
        table.add("holds", "\(Amounts.count(verdict.units.units, "unit"))")
        table.add("free to sell", "\(Amounts.grouped(verdict.available))")
        table.add("on business date", "\(verdict.businessDate)")
        table.add("at height", "\(Amounts.grouped(verdict.height))")
        table.add("ledger", "\(verdict.origin.split(separator: "/").first.map(String.init) ?? verdict.origin)")
        return table
    }
}
