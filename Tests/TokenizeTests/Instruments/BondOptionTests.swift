import Testing
import Tokenize

@Suite("Calls and puts")
struct BondOptionTests {
    private func schedule(_ sheet: BondTermSheet, _ exercises: BondExercise...) throws -> BondSchedule {
        try BondSchedule(BondTerms(sheet), calendar: .laoModel, exercises: exercises)
    }

    private func exercise(
        _ kind: BondExercise.Kind,
        _ date: String,
        notice: String = "2028-01-05",
        part: Ratio = .one
    ) throws -> BondExercise {
        BondExercise(kind, on: try SampleBond.date(date), notice: try SampleBond.date(notice), part: part)
    }

    @Test("a part that is called scales all that follows")
    func partialCall() throws {
        let quarter = try Ratio(1) / 4
        let bond = try schedule(SampleBond.callable, exercise(.call, "2029-07-15", part: quarter))
        #expect(
            bond.lines[5...7] == [
                "2029-07-15 coupon 105/4 -> 1", "2029-07-15 call 255 -> 3/4", "2030-01-15 coupon 315/16 -> 3/4",
            ]
        )
        #expect(bond.lines.last == "2031-07-15 redemption 750 -> 0")
    }

    @Test("after a call of all nothing falls due")
    func wholeCall() throws {
        let bond = try schedule(SampleBond.callable, exercise(.call, "2030-07-15"))
        #expect(bond.lines.last == "2030-07-15 call 1010 -> 0")
        let day = try SampleBond.date("2030-07-16")
        #expect(throws: BondFailure.nothingOutstanding(day)) { try bond.accrued(on: day) }
    }

    @Test("a level amortiser that is called in part pays less, to nothing at maturity")
    func levelCall() throws {
        var sheet = SampleBond.level
        sheet.calls = SampleBond.options([("2029-07-15", "100")], notice: 5, allowsPart: true)
        let plain = try schedule(sheet)
        let half = try schedule(sheet, exercise(.call, "2029-07-15", part: Ratio(1) / 2))
        let date = try SampleBond.date("2031-01-15")
        for kind in [BondDue.Kind.coupon, .amortisation] {
            let whole = try #require(plain.due(BondDue.ID(kind, date))?.amount?.perUnit)
            #expect(try half.due(BondDue.ID(kind, date))?.amount?.perUnit == whole / 2)
        }
        #expect(half.dues.last?.amount?.factorAfter == 0)
    }

    @Test("a put is paid on the units that are put; the others go on")
    func put() throws {
        let bond = try schedule(SampleBond.puttable, exercise(.put, "2029-01-15"))
        #expect(bond.lines[4...5] == ["2029-01-15 coupon 105/4 -> 1", "2029-01-15 put 995 -> 1"])
        #expect(bond.lines.last == "2031-07-15 redemption 1000 -> 0")
    }

    @Test("notice is counted in business days, over holidays")
    func notice() throws {
        let terms = try BondTerms(SampleBond.puttable)
        let date = try SampleBond.date("2029-01-15")
        // Ten business days before: 1 January and the last three business days of the year are closed.
        let last = try SampleBond.date("2028-12-26")
        #expect(try terms.lastNotice(of: .put, on: date, .laoModel) == last)
        _ = try schedule(SampleBond.puttable, exercise(.put, "2029-01-15", notice: "2028-12-26"))
        #expect(throws: BondFailure.lateNotice(last: last)) {
            try schedule(SampleBond.puttable, exercise(.put, "2029-01-15", notice: "2028-12-27"))
        }
    }

    @Test("options that the terms do not give are refused")
    func refusals() throws {
        func refuse(_ sheet: BondTermSheet, _ failure: BondFailure, _ exercises: BondExercise...) throws {
            #expect(throws: failure) {
                try BondSchedule(BondTerms(sheet), calendar: .laoModel, exercises: exercises)
            }
        }
        let (call, put) = (try SampleBond.date("2029-07-15"), try SampleBond.date("2029-01-15"))
        try refuse(SampleBond.puttable, .noOption(.call, put), exercise(.call, "2029-01-15"))
        try refuse(SampleBond.callable, .noOption(.put, call), exercise(.put, "2029-07-15"))
        try refuse(SampleBond.callable, .noOption(.call, put), exercise(.call, "2029-01-15"))
        try refuse(
            SampleBond.callable,
            .noOption(.call, call),
            exercise(.call, "2029-07-15"),
            exercise(.call, "2029-07-15")
        )
        for part in [Ratio.zero, -1, 2] {
            try refuse(SampleBond.callable, .malformedPart, exercise(.call, "2029-07-15", part: part))
        }
        let half = try Ratio(1) / 2
        try refuse(SampleBond.puttable, .malformedPart, exercise(.put, "2029-01-15", part: half))
        var sheet = SampleBond.callable
        sheet.calls = SampleBond.options([("2029-07-15", "102")], notice: 15)
        try refuse(sheet, .malformedPart, exercise(.call, "2029-07-15", part: half))
        sheet.calls = SampleBond.options([("2029-07-15", "102")], notice: 15, continues: true)
        _ = try schedule(sheet, exercise(.call, "2031-01-15"))
        try refuse(sheet, .noOption(.call, SampleBond.date("2031-07-15")), exercise(.call, "2031-07-15"))
        try refuse(sheet, .noOption(.call, SampleBond.date("2031-01-16")), exercise(.call, "2031-01-16"))
    }
}
