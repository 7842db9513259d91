import Tokenize

/// What a verified refusal says, for people.
enum RefusalTable {
    static func table(_ refusal: RefusalNote) -> Table {
        var table = Table("", "")
        table.add("transaction", "\(refusal.transaction)")
        for line in refusal.lines {
            let place = line.operation.map { "operation \($0)" } ?? "the whole"
            table.add("refused by", "\(line.ruleID), \(place)")
        }
        table.add("on business date", "\(refusal.businessDate)")
        table.add("for block", "\(Amounts.grouped(refusal.height))")
        table.add("at log size", "\(Amounts.grouped(refusal.size))")
        // In full: whoever was given the explanation compares it.
        table.add("explanation", "\(refusal.explanation.bytes.hexadecimal)")
        table.add(
            "ledger",
            "\("\(refusal.origin)".split(separator: "/").first.map(String.init) ?? "\(refusal.origin)")"
        )
        return table
    }
}
