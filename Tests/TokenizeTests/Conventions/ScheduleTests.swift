import Testing
import Tokenize

@Suite("Schedules")
struct ScheduleTests {
    private func rule(_ effective: String, _ termination: String, months: Int) throws -> Schedule.Rule {
        Schedule.Rule(
            effective: day(effective),
            termination: day(termination),
            tenor: try #require(Period(months, .month))
        )
    }

    @Test("a rest becomes a short or a long stub, at the end that is not counted from")
    func stubs() throws {
        var rule = try rule("2024-02-10", "2025-06-15", months: 6)
        #expect(try Schedule(rule).dates == ["2024-02-10", "2024-06-15", "2024-12-15", "2025-06-15"].map(day))
        #expect(try Schedule(rule).isRegular == [false, true, true])
        rule.stub = .long
        #expect(try Schedule(rule).dates == ["2024-02-10", "2024-12-15", "2025-06-15"].map(day))
        #expect(try Schedule(rule).isRegular == [false, true])
        rule.direction = .forward
        #expect(try Schedule(rule).dates == ["2024-02-10", "2024-08-10", "2025-06-15"].map(day))
        rule.stub = .short
        #expect(try Schedule(rule).dates == ["2024-02-10", "2024-08-10", "2025-02-10", "2025-06-15"].map(day))
    }

    @Test("a contract shorter than its tenor is one period")
    func oneStub() throws {
        for stub in Schedule.Stub.allCases {
            for direction in Schedule.Direction.allCases {
                var rule = try rule("2024-02-10", "2024-03-15", months: 6)
                (rule.stub, rule.direction) = (stub, direction)
                #expect(try Schedule(rule).dates == ["2024-02-10", "2024-03-15"].map(day))
                #expect(try Schedule(rule).isRegular == [false])
            }
        }
    }

    @Test("the 31st is clipped, not lost; ends of months are kept where the rule says so")
    func endsOfMonths() throws {
        var rule = try rule("2024-08-31", "2025-08-31", months: 3)
        #expect(
            try Schedule(rule).dates
                == ["2024-08-31", "2024-11-30", "2025-02-28", "2025-05-31", "2025-08-31"].map(day)
        )
        rule = try self.rule("2024-05-30", "2025-02-28", months: 3)
        #expect(try Schedule(rule).dates == ["2024-05-30", "2024-08-28", "2024-11-28", "2025-02-28"].map(day))
        rule.endOfMonth = true
        #expect(
            try Schedule(rule).dates == ["2024-05-30", "2024-05-31", "2024-08-31", "2024-11-30", "2025-02-28"].map(day)
        )
    }

    @Test("days and weeks make schedules too, and take no part in ends of months")
    func weeks() throws {
        var rule = try rule("2024-01-31", "2024-02-29", months: 1)
        rule.tenor = try #require(Period(2, .week))
        rule.endOfMonth = true
        #expect(try Schedule(rule).dates == ["2024-01-31", "2024-02-01", "2024-02-15", "2024-02-29"].map(day))
    }

    @Test(
        "dates ascend, begin and end where they should, and flags are one fewer",
        arguments: [UInt64(21), 22, 23, 24]
    )
    func ascending(seed: UInt64) throws {
        var random = RandomDays(seed: seed)
        for _ in 0..<300 {
            let (one, other) = (random.date(), random.date())
            guard one != other else { continue }
            var rule = try rule(
                "\(min(one, other))",
                "\(max(one, other))",
                months: [1, 3, 6, 12][Int(random.next() % 4)]
            )
            rule.direction = Schedule.Direction.allCases[Int(random.next() % 2)]
            rule.endOfMonth = random.next() % 2 == 0
            rule.stub = Schedule.Stub.allCases[Int(random.next() % 2)]
            rule.convention = BusinessDayConvention.allCases[Int(random.next() % 5)]
            rule.terminationConvention = rule.convention
            rule.calendar = .laoModel
            let schedule = try Schedule(rule)
            // A contract of a few days may lie between two business days.
            guard rule.termination.days(since: rule.effective) > 31 else { continue }
            #expect(zip(schedule.dates, schedule.dates.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed), \(rule)")
            #expect(try schedule.dates.first == rule.calendar.adjust(rule.effective, rule.convention), "seed \(seed)")
            #expect(try schedule.dates.last == rule.calendar.adjust(rule.termination, rule.convention), "seed \(seed)")
            #expect(schedule.isRegular.count == schedule.dates.count - 1, "seed \(seed)")
        }
    }

    @Test("what is no rule makes no schedule")
    func refused() throws {
        let good = try rule("2024-01-15", "2026-01-15", months: 6)
        for tenor in [Period(0, .month), Period(-6, .month), Period(2, .businessDay)] {
            var rule = good
            rule.tenor = try #require(tenor)
            #expect(throws: ConventionFailure.malformedTenor) { try Schedule(rule) }
        }
        for (first, last) in [
            ("2024-01-14", nil), ("2026-01-16", nil), ("2025-06-01", "2025-05-01"), (nil, "2026-02-01"),
        ]
            as [(String?, String?)]
        {
            var rule = good
            (rule.firstDate, rule.nextToLastDate) = (first.map(day), last.map(day))
            #expect(throws: ConventionFailure.scheduleDatesOutOfOrder) { try Schedule(rule) }
        }
        var rule = good
        rule.termination = rule.effective
        #expect(throws: ConventionFailure.scheduleDatesOutOfOrder) { try Schedule(rule) }
        rule = good
        rule.tenor = try #require(Period(1, .day))
        rule.termination = day("2099-01-15")
        #expect(throws: ConventionFailure.scheduleTooLong) { try Schedule(rule) }
        rule = good
        rule.calendar = .laoModel
        rule.convention = .following
        rule.termination = day("2070-01-15")
        #expect(throws: ConventionFailure.self) { try Schedule(rule) }
    }
}
