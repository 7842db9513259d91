import Tokenize

/// What people read, type and send: identifiers, numbers of securities, days, periods and decimals as text.
enum TextFormProperties {
    static let all = [AuditCatalogue.Entry(texts, usualCaseCount: 500)]

    static let texts = Property(
        "PRP-068",
        "Identifiers, ISIN, LEI, CFI, FISN, days, periods and decimals have the text that their standards give, and no other is read.",
        coverage: [
            .init("identifier", perMille: 100), .init("security", perMille: 100), .init("day", perMille: 100),
            .init("decimal", perMille: 100), .init("refused", perMille: 800),
        ]
    ) { trial in
        switch try trial.number(0...3) {
        case 0:
            trial.label("identifier")
            let bytes = try (0..<32).map { _ in UInt8(try trial.number(0...255)) }
            let digest = ModelHash.digest(bytes)
            switch try trial.number(0...5) {
            case 0: try identifier(AccountID(digest: digest), "acct", &trial)
            case 1: try identifier(PartyID(digest: digest), "party", &trial)
            case 2: try identifier(AssetID(digest: digest), "asset", &trial)
            case 3: try identifier(LedgerID(digest: digest), "ledger", &trial)
            case 4: try identifier(TransactionID(digest: digest), "tx", &trial)
            default: try identifier(EncumbranceID(digest: digest), "enc", &trial)
            }
        case 1:
            trial.label("security")
            try securities(&trial)
        case 2:
            trial.label("day")
            try days(&trial)
        default:
            trial.label("decimal")
            try decimals(&trial)
        }
    }

    // MARK: Identifiers

    private static func identifier<ID: LedgerIdentifier & Equatable>(
        _ id: ID,
        _ kind: String,
        _ trial: inout Trial
    ) throws {
        let text = ModelText.bech32m(kind, id.digest.bytes)
        try trial.require(id.text == text, "\(id.text) is written, not \(text)")
        for one in [text, text.uppercased()] {
            try trial.require((try? ID(text: one)) == id, "\(one) is not read")
        }
        // One to four characters wrong anywhere in the data, always found (BIP-350).
        var wrong = Array(text)
        let letters = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l")
        for _ in 0..<(try trial.number(1...4)) {
            wrong[try trial.number(kind.count + 1...wrong.count - 1)] = letters[try trial.number(0...31)]
        }
        let mixed = kind + "1" + text.dropFirst(kind.count + 1).uppercased()
        let other = ["acct", "party", "asset", "ledger", "tx", "enc"].filter { $0 != kind }
        let neighbours = [Array(text).indices.dropLast().last ?? 0].map { place in
            var swapped = Array(text)
            swapped.swapAt(place, place + 1)
            return String(swapped)
        }
        let values = [Int](repeating: 7, count: 52)
        var refused = [
            String(wrong), mixed, text + "q", String(text.dropLast()), " " + text, text + " ", kind, kind + "1",
            "1" + text,
            ModelText.bech32m(other[try trial.number(0...other.count - 1)], id.digest.bytes),
            ModelText.bech32m(kind + "x", id.digest.bytes), ModelText.bech32m(kind, id.digest.bytes.dropLast()),
            ModelText.bech32m(kind, id.digest.bytes + [0]), ModelText.bech32m(kind, values: values + [0]),
            text.replacing("1", with: "b", maxReplacements: 1),
        ]
        // 256 bits leave four over, which must be 0.
        refused += (1...15).map { ModelText.bech32m(kind, id.digest.bytes, padding: $0) } + neighbours
        for one in refused where one != text {
            try trial.require((try? ID(text: one)) == nil, "\(one) is read as \(text)")
            trial.label("refused")
        }
    }

    // MARK: Securities

    private static func securities(_ trial: inout Trial) throws {
        let letters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        func drawn(_ count: Int) throws -> String {
            String(try (0..<count).map { _ in letters[try trial.number(0...35)] })
        }
        let body = try trial.draw(.element(of: ["LA", "TH", "US", "XS", "DE"])) + drawn(9)
        let check = ModelText.checkDigitOfISIN(body)
        let isin = body + "\(check)"
        let read = try? ISIN(isin)
        try trial.require(read?.text == isin && read?.prefix == String(body.prefix(2)), "\(isin) is no ISIN")
        try trial.require(try ISIN.checkDigit(of: body) == check, "the check digit of \(body)")
        for digit in 0...9 where digit != check { try refuse(body + "\(digit)", &trial) { _ = try ISIN($0) } }
        try refuse("QQ" + isin.dropFirst(2), &trial) { _ = try ISIN($0) }
        for one in [isin.lowercased(), isin + "0", String(isin.dropLast()), body + "A", isin.dropLast(2) + " \(check)"]
        where one != isin { try refuse(one, &trial) { _ = try ISIN($0) } }
        let entity = try drawn(18)
        let digits = ModelText.checkDigitsOfLEI(entity)
        let lei = entity + (digits < 10 ? "0" : "") + "\(digits)"
        try trial.require((try? LEI(lei))?.text == lei, "\(lei) is no LEI")
        try trial.require(try LEI.checkDigits(of: entity) == digits, "the check digits of \(entity)")
        let wrong = (digits + (try trial.number(1...96))) % 100
        for one in [wrong, digits + 97, digits - 97] where (0...99).contains(one) && one != digits {
            try refuse(entity + (one < 10 ? "0" : "") + "\(one)", &trial) { _ = try LEI($0) }
        }
        for one in [lei.lowercased(), lei + "0", String(lei.dropLast())] where one != lei {
            try refuse(one, &trial) { _ = try LEI($0) }
        }
        try names(&trial)
    }

    private static func names(_ trial: inout Trial) throws {
        for (text, isRight) in [
            ("LAO PDR/5.25 BD 20310731", true), ("ABCDEFGHIJKLMNO/1234567890123456789", true), ("A/B", true),
            ("ABCDEFGHIJKLMNOP/B", false), ("A/12345678901234567890", false), ("A/", false), ("/B", false),
            ("AB", false), ("A/B/C", false), ("A /B", false), ("A/ B", false), ("a/B", false), ("A/B ", false),
        ] {
            let read = try? FISN(text)
            try trial.require((read?.text == text) == isRight, "\(text) is a short name: \(read != nil)")
            guard let read else { continue }
            try trial.require(
                read.issuer + "/" + read.instrument == text,
                "\(text) is \(read.issuer), \(read.instrument)"
            )
        }
        for (text, isRight) in [
            ("DBFTFB", true), ("DBXXXX", true), ("DYZTXR", true), ("DBFTF", false), ("DBFTFBX", false),
            ("dbFTFB", false),
            ("D1FTFB", false), ("ESVUFR", false), ("DZXXXX", false), ("DBATFB", false),
        ] {
            let read = try? CFI(text)
            try trial.require((read?.text == text) == isRight, "\(text) is a class: \(read != nil)")
        }
    }

    private static func refuse(_ text: String, _ trial: inout Trial, _ read: (String) throws -> Void) throws {
        let isRead = (try? read(text)) != nil
        try trial.require(!isRead, "\(text) is read")
        trial.label("refused")
    }

    // MARK: Days and periods

    private static func days(_ trial: inout Trial) throws {
        let day = try trial.draw(.bool) ? try HandDate.draw(&trial) : try anyDay(&trial)
        let date = try day.date()
        let epoch = HandDate(year: 1970, month: 1, day: 1).number
        try trial.require(
            Int(date.daysSinceEpoch) == day.number - epoch,
            "\(day) is \(date.daysSinceEpoch) days after 1970"
        )
        try trial.require("\(date)" == day.text && CalendarDate(day.text) == date, "\(day) is written \(date)")
        let short = "\(day.year)-\(day.month)-\(day.day)"
        let beyond = HandDate(year: day.year, month: day.month, day: day.monthLength + 1).text
        let wrong = [
            day.text + " ", "+" + day.text, day.text.replacing("-", with: "/"), day.text.replacing("-", with: ""),
            beyond,
            HandDate(year: day.year, month: 13, day: 1).text, HandDate(year: day.year, month: 0, day: 1).text,
            HandDate(year: day.year, month: day.month, day: 0).text, "1599-12-31", "10000-01-01", "0" + day.text,
            day.text + "-01", String(day.text.dropLast()), day.text.replacing("-", with: "\u{2212}"),
            String(day.text.map { $0 == "1" ? "\u{661}" : $0 }) + (day.text.contains("1") ? "" : "x"),
        ]
        for text in wrong + (short == day.text ? [] : [short]) {
            try trial.require(CalendarDate(text) == nil, "\(text) is a day")
            trial.label("refused")
        }
        try periods(&trial)
    }

    private static func anyDay(_ trial: inout Trial) throws -> HandDate {
        let (year, month) = (try trial.number(1600...9999), try trial.number(1...12))
        return HandDate(year: year, month: month, day: try trial.number(1...HandDate.length(year, month)))
    }

    private static func periods(_ trial: inout Trial) throws {
        let units: [(Period.Unit, String)] = [
            (.day, "D"), (.businessDay, "BD"), (.week, "W"), (.month, "M"), (.year, "Y"),
        ]
        let (unit, letters) = try trial.draw(.element(of: units))
        let count = try trial.draw(Generator<Int>.integer(in: -1_000_000...1_000_000))
        let text = (count < 0 ? "-P" : "P") + "\(abs(count))" + letters
        let period = Period(count, unit)
        try trial.require(period.map { "\($0)" } == text, "\(count) \(unit) is \(period.map { "\($0)" } ?? "nothing")")
        try trial.require(Period(text) == period, "\(text) is not read")
        for wrong in [
            "P0\(abs(count))\(letters)", "P-1\(letters)", "+P1\(letters)", "P\(letters)", "P1", "1\(letters)",
            "-P0\(letters)",
            "P1\(letters.lowercased())", "P1\(letters) ", "P1.5\(letters)", "P1000001\(letters)", "P1\(letters)2D",
            "P1Q",
        ] {
            try trial.require(Period(wrong) == nil, "\(wrong) is a period")
            trial.label("refused")
        }
    }

    // MARK: Decimals

    private static func decimals(_ trial: inout Trial) throws {
        let units = try trial.draw(Generator<Int64>.integer(in: -100_000_000_000_000_000...100_000_000_000_000_000))
        let (whole, rest) = (units.magnitude / 1_000_000_000_000, units.magnitude % 1_000_000_000_000)
        var digits = String(String(rest + 1_000_000_000_000).dropFirst())
        let full = (units < 0 ? "-" : "") + "\(whole).\(digits)"
        while digits.hasSuffix("0") { digits.removeLast() }
        let text = (units < 0 ? "-" : "") + (digits.isEmpty ? "\(whole)" : "\(whole).\(digits)")
        let number = BondDecimal(units: units)
        try trial.require(number.map { "\($0)" } == text, "\(units) units are \(number.map { "\($0)" } ?? "nothing")")
        for one in [text, full] { try trial.require(BondDecimal(one)?.units == units, "\(one) is read otherwise") }
        let ratio = try Ratio(numerator: units, denominator: 1_000_000_000_000)
        try trial.require(number?.value == ratio, "\(text) is \(number.map { "\($0.value)" } ?? "nothing")")
        // An exponent moves the point.
        let shift = try trial.number(-6...6)
        var scale: Int64 = 1
        for _ in 0..<abs(shift) { scale *= 10 }
        let moved = try shift < 0 ? ratio / Ratio(scale) : ratio * Ratio(scale)
        for one in ["\(full)e\(shift)", "\(full)E\(shift)", "\(text)e\(shift < 0 ? "-0" : "+0")\(abs(shift))"] {
            let read = try Ratio(decimal: one)
            try trial.require(read == moved, "\(one) is \(read)")
        }
        try trial.require(try ratio.decimalText(decimals: 12, .floor) == full, "\(full) is written otherwise")
        for wrong in [
            "", ".", "-", "1.2.3", "1,5", "0x1", "1e", "1e+", "1 ", " 1", "--1", "1_000", "\u{661}", "e5", "1e5e5",
        ] {
            try trial.require((try? Ratio(decimal: wrong)) == nil, "\(wrong) is a number")
            trial.label("refused")
        }
        for wrong in [full + "1", "100000.000000000001", "-100001", "1e6"] {
            try trial.require(BondDecimal(wrong) == nil, "\(wrong) is a number of terms")
        }
    }
}
