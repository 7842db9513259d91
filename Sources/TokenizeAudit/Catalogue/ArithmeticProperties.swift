import Tokenize

/// Numbers and dates come out as by hand.
enum ArithmeticProperties {
    static let all = [AuditCatalogue.Entry(arithmetic, usualCaseCount: 400)]

    static let arithmetic = Property(
        "PRP-029",
        "Sums, products, roundings, dates and business days are those of counting by hand.",
        coverage: [.init("half", perMille: 15), .init("overflow", perMille: 30), .init("clipped", perMille: 10)]
    ) { trial in
        switch try trial.draw(Generator<Int>.integer(in: 0...2)) {
        case 0: try quantities(&trial)
        case 1: try roundings(&trial)
        default: try dates(&trial)
        }
    }

    private static func number(_ trial: inout Trial) throws -> UInt128 {
        let value = try trial.draw(Generator<UInt128>.integer())
        return try trial.draw(.bool) ? value : .max - value
    }

    private static func quantities(_ trial: inout Trial) throws {
        let (left, right) = (try number(&trial), try number(&trial))
        let sum = (ModelNumber(left) + ModelNumber(right)).value
        try trial.require(Quantity(left).adding(Quantity(right))?.units == sum, "\(left) + \(right)")
        let product = (ModelNumber(left) * ModelNumber(right)).value
        try trial.require(Quantity(left).multiplied(by: right)?.units == product, "\(left) * \(right)")
        let difference = left >= right ? left - right : nil
        try trial.require(Quantity(left).subtracting(Quantity(right))?.units == difference, "\(left) - \(right)")
        trial.label("overflow", when: sum == nil)
        let text = ModelCode.quantity(left)
        var encoder = CanonicalEncoder(reservingCapacity: 20)
        encoder.encode(Quantity(left))
        try trial.require(encoder.bytes == text, "\(left) is written \(encoder.bytes)")
    }

    private static func roundings(_ trial: inout Trial) throws {
        let denominator = try trial.draw(.element(of: [1, 2, 3, 4, 6, 8, 10, 100]))
        let numerator = try trial.draw(Generator<Int>.integer(in: 0...4_000)) - 2_000
        let ratio = try Ratio(numerator: numerator, denominator: denominator)
        // The whole number at or below, and how far above it, in parts of twice the denominator.
        var lower = numerator / denominator
        if numerator % denominator < 0 { lower -= 1 }
        let above = 2 * (numerator - lower * denominator)
        trial.label("half", when: above == denominator)
        for rounding in Rounding.allCases {
            let takesUpper: Bool
            switch rounding {
            case .floor: takesUpper = false
            case .ceiling: takesUpper = true
            case .towardZero: takesUpper = numerator < 0
            case .awayFromZero: takesUpper = numerator > 0
            case .halfEven: takesUpper = above > denominator || (above == denominator && lower % 2 != 0)
            case .halfUp: takesUpper = above > denominator || (above == denominator && numerator > 0)
            case .halfDown: takesUpper = above > denominator || (above == denominator && numerator < 0)
            }
            let expected = above > 0 && takesUpper ? lower + 1 : lower
            let found = Int(exactly: ratio.rounded(rounding))
            try trial.require(found == expected, "\(ratio) \(rounding) is \(found.map { "\($0)" } ?? "nothing")")
        }
        let other = try trial.draw(Generator<Int>.integer(in: 1...900))
        let sum = try ratio + Ratio(numerator: 1, denominator: other)
        let expected = try Ratio(numerator: numerator * other + denominator, denominator: denominator * other)
        try trial.require(sum == expected, "\(ratio) + 1/\(other) is \(sum)")
        let product = try ratio * Ratio(numerator: other, denominator: 7)
        try trial.require(
            product == (try Ratio(numerator: numerator * other, denominator: denominator * 7)),
            "\(ratio) * \(other)/7 is \(product)"
        )
    }

    private static func dates(_ trial: inout Trial) throws {
        var days = try trial.draw(Generator<Int>.integer(in: 0...60_000))
        // Walked from 1970-01-01, a Thursday.
        var (year, month, day) = (1970, 1, days)
        while day >= (HandDate.isLeap(year) ? 366 : 365) {
            day -= HandDate.isLeap(year) ? 366 : 365
            year += 1
        }
        while day >= HandDate.length(year, month) {
            day -= HandDate.length(year, month)
            month += 1
        }
        if try trial.draw(.bool) {
            // The month's last day: what is added to it is clipped.
            days += HandDate.length(year, month) - 1 - day
            day = HandDate.length(year, month) - 1
        }
        guard let date = CalendarDate(daysSinceEpoch: Int32(days)) else {
            throw Falsified(message: "day \(days) is no date", place: "dates")
        }
        let parts = date.components
        let walked = "\(year)-\(month)-\(day + 1)"
        try trial.require(parts == (year, month, day + 1), "day \(days) is \(date), not \(walked)")
        try trial.require(date.weekday == (days + 3) % 7 + 1, "\(date) is weekday \(date.weekday)")
        let months = try trial.draw(Generator<Int>.integer(in: 0...40))
        var (newYear, newMonth) = (year, month)
        for _ in 0..<months {
            newMonth += 1
            if newMonth > 12 { (newYear, newMonth) = (newYear + 1, 1) }
        }
        let clipped = min(day + 1, HandDate.length(newYear, newMonth))
        trial.label("clipped", when: clipped != day + 1)
        let later = date.adding(months: months)
        try trial.require(
            later == CalendarDate(year: newYear, month: newMonth, day: clipped),
            "\(months) months after \(date) is \(later.map { "\($0)" } ?? "nothing")"
        )
        try businessDays(date, &trial)
    }

    /// Days from Monday to Friday, one after the other.
    private static func businessDays(_ date: CalendarDate, _ trial: inout Trial) throws {
        let calendar = BusinessCalendar.mondayToFriday
        let count = try trial.draw(Generator<Int>.integer(in: 1...15))
        var (walked, left) = (date, count)
        while left > 0 {
            walked = walked.adding(days: 1) ?? walked
            if walked.weekday <= 5 { left -= 1 }
        }
        let advanced = try calendar.advance(date, businessDays: count)
        try trial.require(advanced == walked, "\(count) business days after \(date) is \(advanced), not \(walked)")
        var following = date
        while following.weekday > 5 { following = following.adding(days: 1) ?? following }
        var preceding = date
        while preceding.weekday > 5 { preceding = preceding.adding(days: -1) ?? preceding }
        let found = (try calendar.adjust(date, .following), try calendar.adjust(date, .preceding))
        try trial.require(found == (following, preceding), "\(date) is adjusted to \(found)")
        let modified = following.month == date.month ? following : preceding
        let adjusted = try calendar.adjust(date, .modifiedFollowing)
        try trial.require(adjusted == modified, "\(date) is adjusted to \(adjusted)")
    }
}
