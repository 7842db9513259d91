extension TermSheetReader {
    private static let fields = [
        "cash", "denomination", "identifiers", "issueDate", "maturityDate", "interest", "periods", "dayCount",
        "repayment", "redemptionPrice", "indexation", "calls", "puts", "calendar", "businessDays", "recordDate",
        "exDate", "rounding", "tax", "defaults", "pledgedIncome",
    ]

    /// The sheet that the document states, as far as it does. What is missing on the sheet is for the sheet to say.
    mutating func sheet() -> BondTermSheet {
        var sheet = BondTermSheet()
        guard let file = object(root, "", TermSheetReader.fields) else { return sheet }
        let assets = names.assets
        sheet.cash = optional(file, "cash", "a known cash asset") { assets[$0] ?? (try? AssetID(text: $0)) }
        sheet.denomination = denomination(file)
        if let identifiers = object(file, "identifiers", ["isin", "cfi", "fisn"]) {
            sheet.isin = optional(identifiers, "isin", "a text") { $0 }
            sheet.cfi = optional(identifiers, "cfi", "a text") { $0 }
            sheet.fisn = optional(identifiers, "fisn", "a text") { $0 }
        }
        sheet.issueDate = optionalDate(file, "issueDate")
        sheet.maturityDate = optionalDate(file, "maturityDate")
        sheet.interest = interest(file)
        sheet.periods = periods(file)
        if file.has("dayCount") { sheet.dayCount = word(file, "dayCount", TermSheetWords.dayCounts) }
        sheet.repayment = repayment(file)
        sheet.redemptionPrice = optional(file, "redemptionPrice", "a decimal number") { BondDecimal($0) }
        sheet.indexation = indexation(file)
        sheet.calls = options(file, "calls")
        sheet.puts = options(file, "puts")
        sheet.calendar = calendar(file)
        if file.has("businessDays") { sheet.businessDays = word(file, "businessDays", TermSheetWords.conventions) }
        if file.has("recordDate") { sheet.recordDate = offset(file, "recordDate") }
        sheet.exDate = exDate(file)
        sheet.rounding = rounding(file)
        sheet.tax = tax(file)
        sheet.defaults = defaults(file)
        if file.has("pledgedIncome") {
            sheet.pledgedIncome = word(file, "pledgedIncome", ["pledgor": .pledgor, "pledgee": .pledgee])
        }
        return sheet
    }

    private mutating func denomination(_ file: Object) -> BondDenomination? {
        guard let object = object(file, "denomination", ["faceUnit", "minimumSubscription", "increment", "lot"]) else {
            return nil
        }
        let faceUnit = quantity(object, "faceUnit")
        let minimum = quantity(object, "minimumSubscription")
        let increment = quantity(object, "increment")
        let lot = quantity(object, "lot")
        guard let faceUnit, let minimum, let increment, let lot else { return nil }
        return BondDenomination(faceUnit: faceUnit, minimumSubscription: minimum, increment: increment, lot: lot)
    }

    private mutating func calendar(_ file: Object) -> CalendarReference? {
        guard let object = object(file, "calendar", ["name", "version", "digest"]) else { return nil }
        let name = value(object, "name", "a text") { $0 }
        let version = value(object, "version", "a whole number") { UInt32($0) }
        let digest = value(object, "digest", "64 hexadecimal digits") { text in
            [UInt8](hexadecimal: text).flatMap { Digest($0) }
        }
        guard let name, let version, let digest else { return nil }
        return CalendarReference(name: name, version: version, digest: digest)
    }

    /// `{"businessDays": 2}` or `{"calendarDays": 10, "convention": "preceding"}`.
    private mutating func offset(_ parent: Object, _ name: String) -> BondDayOffset? {
        guard let document = required(parent, name),
            let object = object(document, parent.path(name), ["businessDays", "calendarDays", "convention"])
        else { return nil }
        if object.has("businessDays") {
            if object.has("calendarDays") || object.has("convention") {
                malformed(object.path, "business days, or calendar days with a convention")
                return nil
            }
            return integer(object, "businessDays").map { .businessDays($0) }
        }
        let days = integer(object, "calendarDays")
        let convention = word(object, "convention", TermSheetWords.conventions)
        guard let days, let convention else { return nil }
        return .calendarDays(days, convention)
    }

    private mutating func exDate(_ file: Object) -> BondExDate? {
        guard let document = file.document["exDate"] else { return nil }
        if document.scalar == "none" { return BondExDate.none }
        return offset(file, "exDate").map { .before($0) }
    }

    private mutating func rounding(_ file: Object) -> BondRounding? {
        guard let object = object(file, "rounding", ["unit", "total"]) else { return nil }
        let unit = unitRounding(object)
        let total = word(object, "total", TermSheetWords.roundings)
        guard let unit, let total else { return nil }
        return BondRounding(unit: unit, total: total)
    }

    /// `"exact"` or `{"decimals": 2, "rounding": "halfUp"}`.
    private mutating func unitRounding(_ parent: Object) -> BondRounding.Unit? {
        guard let document = required(parent, "unit") else { return nil }
        if document.scalar == "exact" { return .exact }
        guard let object = object(document, parent.path("unit"), ["decimals", "rounding"]) else { return nil }
        let decimals = integer(object, "decimals")
        let rounding = word(object, "rounding", TermSheetWords.roundings)
        guard let decimals, let rounding else { return nil }
        return .decimals(decimals, rounding)
    }

    private mutating func tax(_ file: Object) -> TaxRule? {
        guard let object = object(file, "tax", ["rates", "income", "classDate", "rounding", "treasury"]) else {
            return nil
        }
        let rates = taxRates(object)
        let income = taxedIncome(object)
        let classDate: TaxRule.ClassDate? = word(
            object,
            "classDate",
            ["recordDate": .recordDate, "paymentDate": .paymentDate]
        )
        let rounding = word(object, "rounding", TermSheetWords.roundings)
        let treasury = object.has("treasury") ? account(object, "treasury") : nil
        guard let rates, let income, let classDate, let rounding else { return nil }
        return TaxRule(rates: rates, income: income, classDate: classDate, rounding: rounding, treasury: treasury)
    }

    private mutating func taxRates(_ parent: Object) -> [TaxRule.Rate]? {
        guard let document = required(parent, "rates"),
            let object = object(document, parent.path("rates"), TermSheetWords.classes.map(\.key))
        else { return nil }
        let rates = TermSheetWords.classes.map { name, holderClass in
            decimal(object, name).map { TaxRule.Rate(holderClass, $0) }
        }
        return rates.contains(nil) ? nil : rates.compactMap { $0 }
    }

    private mutating func taxedIncome(_ parent: Object) -> TaxRule.Income? {
        guard let document = required(parent, "income") else { return nil }
        var income: TaxRule.Income = []
        guard case .array(let elements) = document else {
            malformed(parent.path("income"), "a list")
            return nil
        }
        for element in elements {
            guard let kind = TermSheetWords.income.first(where: { $0.key == element.scalar })?.value else {
                malformed(parent.path("income"), TermSheetWords.list(TermSheetWords.income))
                return nil
            }
            income.insert(kind)
        }
        return income
    }

    private mutating func defaults(_ file: Object) -> BondDefaultTerms? {
        let fields = ["interestGrace", "principalGrace", "acceleration", "penaltyRate", "penaltyDayCount"]
        guard let object = object(file, "defaults", fields) else { return nil }
        let interest = offset(object, "interestGrace")
        let principal = offset(object, "principalGrace")
        let acceleration = acceleration(object)
        let rate = decimal(object, "penaltyRate")
        let dayCount = word(object, "penaltyDayCount", TermSheetWords.dayCounts)
        guard let interest, let principal, let acceleration, let rate, let dayCount else { return nil }
        return BondDefaultTerms(
            interestGrace: interest,
            principalGrace: principal,
            acceleration: acceleration,
            penaltyRate: rate,
            penaltyDayCount: dayCount
        )
    }

    /// `"none"`, `"automatic"`, `"representative"` or `{"holders": 0.25}`.
    private mutating func acceleration(_ parent: Object) -> BondDefaultTerms.Acceleration? {
        guard let document = required(parent, "acceleration") else { return nil }
        if case .object = document {
            guard let object = object(document, parent.path("acceleration"), ["holders"]) else { return nil }
            return decimal(object, "holders").map { .holders($0) }
        }
        return word(
            parent,
            "acceleration",
            ["none": .none, "automatic": .automatic, "representative": .representative]
        )
    }
}
