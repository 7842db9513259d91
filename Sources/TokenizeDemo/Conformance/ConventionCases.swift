import Tokenize

/// A year fraction between two dates.
enum DayCountCase {
    static func differences(_ data: CaseReader) throws -> [String] {
        let convention = try data.dayCount("convention")
        var context = DayCount.Context()
        if data.has("calendar") { context.calendar = try data.calendar() }
        context.terminationDate = try data.optionalDate("terminationDate")
        if data.has("refStart") {
            context.reference = try ReferencePeriod(
                start: data.date("refStart"),
                end: data.date("refEnd"),
                frequency: data.integer("frequency")
            )
        }
        let (start, end) = (try data.date("start"), try data.date("end"))
        var comparison = Comparison()
        if data.has("days") {
            comparison.expect("days", try convention.dayCount(from: start, to: end, context), try data.integer("days"))
        }
        let fraction = try convention.yearFraction(from: start, to: end, context)
        try comparison.expectYearFraction(fraction, data)
        return comparison.differences
    }
}

/// Act/Act ICMA over a first coupon period that is not a regular one.
enum ICMAStubCase {
    static func differences(_ data: CaseReader) throws -> [String] {
        let reference = try ReferencePeriod(endingOn: data.date("firstCoupon"), frequency: data.integer("frequency"))
        let fraction = try DayCount.actualActualICMA.yearFraction(
            from: data.date("issue"),
            to: data.date("end"),
            DayCount.Context(reference: reference)
        )
        var comparison = Comparison()
        try comparison.expectYearFraction(fraction, data)
        return comparison.differences
    }
}

extension Comparison {
    fileprivate mutating func expectYearFraction(_ found: Ratio, _ data: CaseReader) throws {
        if data.has("exact") { expect("exact", found, try data.ratio("exact")) }
        let expected = try data.double("yearFraction")
        expect("yearFraction", found.doubleValue, expected, within: Tolerance.yearFraction(expected))
    }
}

/// A question to a calendar.
enum CalendarCase {
    static func differences(_ data: CaseReader) throws -> [String] {
        let calendar = try data.calendar()
        let date = try data.date("date")
        var comparison = Comparison()
        switch try data.text("op") {
        case "isBusinessDay":
            comparison.expect("result", try calendar.isBusinessDay(date), try data.truth("result"))
        case "adjust":
            let adjusted = try calendar.adjust(date, data.convention("convention"))
            comparison.expect("result", adjusted, try data.date("result"))
        case "advanceDays":
            let advanced = try calendar.advance(date, businessDays: data.integer("n"))
            comparison.expect("result", advanced, try data.date("result"))
        case "advanceMonths":
            let advanced = try calendar.advance(
                date,
                by: data.tenor("n"),
                convention: data.convention("convention"),
                endOfMonth: data.has("endOfMonth") ? data.truth("endOfMonth") : false
            )
            comparison.expect("result", advanced, try data.date("result"))
        case "businessDaysBetween":
            let count = try calendar.businessDayCount(
                from: date,
                to: data.date("end"),
                includingStart: data.has("includeFirst") ? data.truth("includeFirst") : true,
                includingEnd: data.has("includeLast") ? data.truth("includeLast") : false
            )
            comparison.expect("result", count, try data.integer("result"))
        case let other: throw DemoFailure("no operation is called '\(other)'")
        }
        return comparison.differences
    }
}

/// The dates of a schedule.
enum ScheduleCase {
    static func differences(_ data: CaseReader) throws -> [String] {
        let schedule = try Schedule(
            Schedule.Rule(
                effective: data.date("effective"),
                termination: data.date("termination"),
                tenor: data.tenor("tenorMonths"),
                direction: data.direction("rule"),
                endOfMonth: data.truth("endOfMonth"),
                calendar: data.calendar(),
                convention: data.convention("convention"),
                terminationConvention: data.convention("terminationConvention"),
                firstDate: data.optionalDate("firstDate"),
                nextToLastDate: data.optionalDate("nextToLastDate")
            )
        )
        var comparison = Comparison()
        comparison.expect("dates", schedule.dates, try data.dates("dates"))
        let regular = try data.list("regular").map { value in
            guard case .truth(let isRegular) = value else { throw DemoFailure("'regular' is not a list of truths") }
            return isRegular
        }
        comparison.expect("regular", schedule.isRegular, regular)
        return comparison.differences
    }
}

extension CaseReader {
    func direction(_ name: String) throws -> Schedule.Direction {
        switch try text(name) {
        case "BACKWARD": .backward
        case "FORWARD": .forward
        case let other: throw DemoFailure("no rule of generation is called '\(other)'")
        }
    }
}
