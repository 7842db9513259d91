import Tokenize

/// The check digit of an ISIN.
enum ISINCase {
    static func differences(_ data: CaseReader) throws -> [String] {
        var comparison = Comparison()
        let digit = try ISIN.checkDigit(of: data.text("body"))
        comparison.expect("checkDigit", String(digit), try data.text("checkDigit"))
        let text = try data.text("isin")
        comparison.expect("isin", try ISIN(text).text, try data.text("body") + String(digit))
        return comparison.differences
    }
}

/// Whether a text is an ISIN.
enum ISINValidityCase {
    static func differences(_ data: CaseReader) throws -> [String] {
        var comparison = Comparison()
        let text = try data.text("value")
        comparison.expect("validity of \(text)", (try? ISIN(text)) != nil, try data.truth("valid"))
        return comparison.differences
    }
}

/// Whether a text is an LEI.
enum LEICase {
    static func differences(_ data: CaseReader) throws -> [String] {
        var comparison = Comparison()
        let text = try data.text("lei")
        comparison.expect("validity of \(text)", (try? LEI(text)) != nil, try data.truth("valid"))
        return comparison.differences
    }
}

/// What a classification says, or that it is none.
enum CFICase {
    static func differences(_ data: CaseReader) throws -> [String] {
        let text = try data.text("cfi")
        var comparison = Comparison()
        guard data.has("info") else {
            comparison.expect("validity of \(text)", (try? CFI(text)) != nil, false)
            return comparison.differences
        }
        let cfi = try CFI(text)
        var found = ["category": cfi.category, "group": cfi.group]
        for attribute in cfi.attributes { found[attribute.name] = attribute.value }
        comparison.expect("info", found, try data.object("info").allTexts())
        return comparison.differences
    }
}
