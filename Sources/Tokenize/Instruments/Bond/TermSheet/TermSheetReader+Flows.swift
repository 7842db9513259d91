/// The parts of a sheet that say what is paid.
extension TermSheetReader {
    mutating func interest(_ file: Object) -> BondInterest? {
        let kinds: KeyValuePairs<String, [String]> = [
            "none": [], "fixed": ["rate"], "stepped": ["steps"],
            "floating": ["reference", "observer", "margin", "floor", "cap", "timing", "lagBusinessDays", "fallbacks"],
        ]
        guard let (kind, object) = choice(file, "interest", kinds) else { return nil }
        switch kind {
        case "fixed": return decimal(object, "rate").map { .fixed($0) }
        case "stepped": return steps(object).map { .stepped($0) }
        case "floating": return floating(object).map { .floating($0) }
        default: return BondInterest.none
        }
    }

    mutating func repayment(_ file: Object) -> BondRepayment? {
        let kinds: KeyValuePairs<String, [String]> = [
            "bullet": [], "linear": ["first"], "level": ["first"], "instalments": ["parts"], "perpetual": [],
        ]
        guard let (kind, object) = choice(file, "repayment", kinds) else { return nil }
        switch kind {
        case "bullet": return .bullet
        case "linear": return date(object, "first").map { .linear(first: $0) }
        case "level": return date(object, "first").map { .level(first: $0) }
        case "instalments": return instalments(object).map { .instalments($0) }
        default: return .perpetual
        }
    }

    /// An object whose field `kind` says which fields it has beside it.
    private mutating func choice(
        _ file: Object,
        _ name: String,
        _ kinds: KeyValuePairs<String, [String]>
    ) -> (kind: String, object: Object)? {
        guard let document = file.document[name] else { return nil }
        guard let kind = document["kind"]?.scalar, let fields = kinds.first(where: { $0.key == kind })?.value else {
            malformed("\(name).kind", TermSheetWords.list(kinds))
            return nil
        }
        return object(document, name, ["kind"] + fields).map { (kind, $0) }
    }

    private mutating func steps(_ parent: Object) -> [BondRateStep]? {
        guard let objects = objects(parent, "steps", BondInterest.stepCountMax, ["start", "rate"]) else { return nil }
        var steps: [BondRateStep] = []
        for object in objects {
            let (start, rate) = (date(object, "start"), decimal(object, "rate"))
            if let start, let rate { steps.append(BondRateStep(start: start, rate: rate)) }
        }
        return steps.count == objects.count ? steps : nil
    }

    private mutating func instalments(_ parent: Object) -> [BondInstalment]? {
        let maximum = BondRepayment.instalmentCountMax
        guard let objects = objects(parent, "parts", maximum, ["date", "part"]) else { return nil }
        var parts: [BondInstalment] = []
        for object in objects {
            let (date, part) = (date(object, "date"), decimal(object, "part"))
            if let date, let part { parts.append(BondInstalment(date: date, part: part)) }
        }
        return parts.count == objects.count ? parts : nil
    }

    private mutating func floating(_ object: Object) -> FloatingRate? {
        let reference = value(object, "reference", "a text") { $0 }
        let observer = account(object, "observer")
        let margin = decimal(object, "margin")
        let floor = decimal(object, "floor")
        let cap = optional(object, "cap", "a decimal number") { BondDecimal($0) }
        let timing: FloatingRate.Timing? = word(object, "timing", ["advance": .advance, "arrears": .arrears])
        let lag = integer(object, "lagBusinessDays")
        let fallbacks = fallbacks(object)
        guard let reference, let observer, let margin, let floor, let timing, let lag, let fallbacks else { return nil }
        return FloatingRate(
            reference: reference,
            observer: observer,
            margin: margin,
            floor: floor,
            cap: cap,
            timing: timing,
            lagBusinessDays: lag,
            fallbacks: fallbacks
        )
    }

    /// `{"other": "SOFR 3M", "spread": 0.001}`, `{"previousWithinDays": 30}` or `{"rate": 0.05}`.
    private mutating func fallbacks(_ parent: Object) -> [FloatingRate.Fallback]? {
        let fields = ["other", "spread", "previousWithinDays", "rate"]
        guard let objects = objects(parent, "fallbacks", FloatingRate.fallbackCountMax, fields) else { return nil }
        var fallbacks: [FloatingRate.Fallback] = []
        for object in objects {
            let given = fields.filter { object.has($0) }
            switch given {
            case ["other", "spread"]:
                let (reference, spread) = (value(object, "other", "a text") { $0 }, decimal(object, "spread"))
                if let reference, let spread { fallbacks.append(.other(reference: reference, spread: spread)) }
            case ["previousWithinDays"]:
                if let days = integer(object, "previousWithinDays") { fallbacks.append(.previous(days: days)) }
            case ["rate"]: if let rate = decimal(object, "rate") { fallbacks.append(.rate(rate)) }
            default: malformed(object.path, "other with spread, previousWithinDays, or rate")
            }
        }
        return fallbacks.count == objects.count ? fallbacks : nil
    }

    mutating func periods(_ file: Object) -> BondPeriods? {
        let fields = [
            "start", "tenor", "direction", "endOfMonth", "firstEnd", "lastStart", "stub", "accrual",
            "capitalisesThrough",
        ]
        guard let object = object(file, "periods", fields) else { return nil }
        let start = date(object, "start")
        let tenor = value(object, "tenor", "a period such as P6M") { Period($0) }
        let direction: Schedule.Direction? = word(
            object,
            "direction",
            ["forward": .forward, "backward": .backward]
        )
        let endOfMonth = truth(object, "endOfMonth")
        let firstEnd = optionalDate(object, "firstEnd")
        let lastStart = optionalDate(object, "lastStart")
        let stub: Schedule.Stub? = word(object, "stub", ["short": .short, "long": .long])
        let accrual = word(object, "accrual", TermSheetWords.conventions)
        let capitalisesThrough = optionalDate(object, "capitalisesThrough")
        guard let start, let tenor, let direction, let endOfMonth, let stub, let accrual else { return nil }
        return BondPeriods(
            start: start,
            tenor: tenor,
            direction: direction,
            endOfMonth: endOfMonth,
            firstEnd: firstEnd,
            lastStart: lastStart,
            stub: stub,
            accrual: accrual,
            capitalisesThrough: capitalisesThrough
        )
    }

    mutating func indexation(_ file: Object) -> BondIndexation? {
        let fields = [
            "index", "observer", "base", "lagMonths", "interpolation", "decimals", "rounding", "floor", "fallback",
        ]
        guard let object = object(file, "indexation", fields) else { return nil }
        let index = value(object, "index", "a text") { $0 }
        let observer = account(object, "observer")
        let base = decimal(object, "base")
        let lag = integer(object, "lagMonths")
        let interpolation: BondIndexation.Interpolation? = word(
            object,
            "interpolation",
            ["monthly": .monthly, "daily": .daily]
        )
        let decimals = integer(object, "decimals")
        let rounding = word(object, "rounding", TermSheetWords.roundings)
        let floors: KeyValuePairs<String, BondIndexation.Floor> = ["none": .none, "principal": .principal, "all": .all]
        let floor = word(object, "floor", floors)
        let fallback: BondIndexation.Fallback? = word(
            object,
            "fallback",
            ["latest": .latest, "yearBefore": .yearBefore]
        )
        guard let index, let observer, let base, let lag, let interpolation, let decimals, let rounding, let floor,
            let fallback
        else { return nil }
        return BondIndexation(
            index: index,
            observer: observer,
            base: base,
            lagMonths: lag,
            interpolation: interpolation,
            decimals: decimals,
            rounding: rounding,
            floor: floor,
            fallback: fallback
        )
    }

    mutating func options(_ file: Object, _ name: String) -> BondOptionPlan? {
        guard let object = object(file, name, ["days", "continues", "noticeBusinessDays", "allowsPart"]) else {
            return nil
        }
        let dayObjects = objects(object, "days", BondOptionPlan.dayCountMax, ["date", "price"])
        var days: [BondOptionPlan.Day] = []
        for day in dayObjects ?? [] {
            let (date, price) = (date(day, "date"), decimal(day, "price"))
            if let date, let price { days.append(BondOptionPlan.Day(date: date, price: price)) }
        }
        let continues = truth(object, "continues")
        let notice = integer(object, "noticeBusinessDays")
        let allowsPart = truth(object, "allowsPart")
        guard let continues, let notice, let allowsPart, days.count == dayObjects?.count else { return nil }
        return BondOptionPlan(days: days, continues: continues, noticeBusinessDays: notice, allowsPart: allowsPart)
    }
}
