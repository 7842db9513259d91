import Testing
import Tokenize

@Suite("Vectors of calendars, day counts and schedules")
struct ConventionVectorTests {
    @Test("CNV-010: a calendar has this encoding and digest", arguments: ConventionVectors.file.calendars)
    func encoding(_ vector: ConventionVectors.CalendarCase) throws {
        let calendar = try vector.calendar()
        #expect(calendar.canonicalBytes.hexadecimal == vector.encoding)
        #expect(calendar.digest.description == vector.digest)
        #expect(try BusinessCalendar(canonicalBytes: calendar.canonicalBytes) == calendar)
    }

    @Test("a calendar answers as another implementation does", arguments: ConventionVectors.file.calendars)
    func questions(_ vector: ConventionVectors.CalendarCase) throws {
        let calendar = try vector.calendar()
        for question in vector.questions {
            let date = question.date.date
            let convention = try BusinessDayConvention.named(question.convention)
            #expect(try calendar.isBusinessDay(date) == question.isBusinessDay, "\(date)")
            #expect(try calendar.adjust(date, convention) == question.adjusted.date, "\(date)")
            #expect(
                try calendar.advance(date, businessDays: question.businessDays) == question.advanced.date,
                "\(date)"
            )
            let months = try calendar.advance(
                date,
                by: #require(Period(question.months, .month)),
                convention: convention,
                endOfMonth: question.endOfMonth
            )
            #expect(months == question.advancedMonths.date, "\(date)")
            #expect(try calendar.businessDayCount(from: date, to: question.later.date) == question.count, "\(date)")
        }
    }

    @Test("a day count gives this fraction", arguments: ConventionVectors.file.dayCounts)
    func dayCount(_ vector: ConventionVectors.DayCountCase) throws {
        var context = DayCount.Context(terminationDate: vector.termination?.date)
        if let name = vector.calendar { context.calendar = try ConventionVectors.calendar(name) }
        if let reference = vector.reference {
            context.reference = try ReferencePeriod(
                start: reference.start.date,
                end: reference.end.date,
                frequency: reference.frequency,
                endOfMonth: reference.endOfMonth
            )
        }
        let convention = try DayCount.named(vector.dayCount)
        #expect(try convention.dayCount(from: vector.start.date, to: vector.end.date, context) == vector.days)
        let fraction = try convention.yearFraction(from: vector.start.date, to: vector.end.date, context)
        #expect(fraction == vector.fraction.ratio)
    }

    @Test("a rule makes this schedule", arguments: ConventionVectors.file.schedules)
    func schedule(_ vector: ConventionVectors.ScheduleCase) throws {
        let schedule = try Schedule(
            Schedule.Rule(
                effective: vector.effective.date,
                termination: vector.termination.date,
                tenor: #require(Period(vector.months, .month)),
                direction: .named(vector.direction),
                endOfMonth: vector.endOfMonth,
                calendar: ConventionVectors.calendar(vector.calendar),
                convention: .named(vector.convention),
                terminationConvention: .named(vector.terminationConvention),
                firstDate: vector.firstDate?.date,
                nextToLastDate: vector.nextToLastDate?.date,
                stub: .named(vector.stub)
            )
        )
        #expect(schedule.dates == vector.dates.map(\.date))
        #expect(schedule.isRegular == vector.regular)
    }
}
