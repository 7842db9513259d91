import Testing
import Tokenize

@Suite("Terms of bonds have one encoding")
struct BondEncodingTests {
    @Test("terms come back, and other terms have another digest")
    func roundTrip() throws {
        var digests: Set<Digest> = []
        for (name, sheet) in SampleBond.all {
            let terms = try BondTerms(sheet)
            #expect(try BondTerms(canonicalBytes: terms.canonicalBytes) == terms, "\(name)")
            digests.insert(terms.digest)
        }
        #expect(digests.count == SampleBond.all.count)
    }

    @Test("every rounding, day count and convention comes back")
    func codes() throws {
        var sheet = SampleBond.fixed
        for rounding in Rounding.allCases {
            sheet.rounding = BondRounding(unit: .decimals(12, rounding), total: rounding)
            try comesBack(sheet)
        }
        for dayCount in DayCount.allCases {
            sheet.dayCount = dayCount
            try comesBack(sheet)
        }
        for convention in BusinessDayConvention.allCases {
            sheet.businessDays = convention
            sheet.recordDate = .calendarDays(10, convention)
            try comesBack(sheet)
        }
        for acceleration in [BondDefaultTerms.Acceleration.none, .automatic, .representative] {
            sheet.defaults = BondDefaultTerms(
                interestGrace: .businessDays(366),
                principalGrace: .businessDays(0),
                acceleration: acceleration,
                penaltyRate: .zero,
                penaltyDayCount: .business252
            )
            try comesBack(sheet)
        }
    }

    private func comesBack(_ sheet: BondTermSheet) throws {
        let terms = try BondTerms(sheet)
        #expect(try BondTerms(canonicalBytes: terms.canonicalBytes) == terms)
    }

    @Test("another version, and terms that contradict themselves, are refused")
    func refusals() throws {
        let bytes = try BondTerms(SampleBond.fixed).canonicalBytes
        // An array of 17, and the version.
        #expect(Array(bytes.prefix(2)) == [0x91, 1])
        for version: UInt8 in [0, 2, 23] {
            #expect(throws: DecodingFailure.self) {
                try BondTerms(canonicalBytes: [bytes[0], version] + bytes.dropFirst(2))
            }
        }
        let backwards = try SampleBond.backwardsBytes()
        #expect(throws: DecodingFailure.self) { try InstrumentTerms(canonicalBytes: backwards) }
    }

    @Test("the greatest terms fit into what an asset may be created with")
    func greatest() throws {
        var sheet = SampleBond.fixed
        let issue = try SampleBond.date("2006-01-31")
        sheet.issueDate = issue
        sheet.maturityDate = try SampleBond.date("2036-01-31")
        sheet.periods = SampleBond.periods("2006-01-31", tenor: Period(1, .month))
        var ends: [CalendarDate] = []
        for index in 1...360 { ends.append(try #require(issue.adding(months: index))) }
        sheet.interest = .stepped(
            ([issue] + ends.prefix(BondInterest.stepCountMax - 1)).map {
                BondRateStep(start: $0, rate: SampleBond.decimal("9.999999999999"))
            }
        )
        let count = BondRepayment.instalmentCountMax
        var units = Array(repeating: BondDecimal.one.units / Int64(count), count: count)
        units[0] += BondDecimal.one.units - units.reduce(0, +)
        sheet.repayment = .instalments(
            zip(ends.suffix(count), units).compactMap { date, units in
                BondDecimal(units: units).map { BondInstalment(date: date, part: $0) }
            }
        )
        let days = ends.prefix(BondOptionPlan.dayCountMax).map {
            BondOptionPlan.Day(date: $0, price: SampleBond.decimal("99999.999999999999"))
        }
        let plan = BondOptionPlan(days: Array(days), continues: true, noticeBusinessDays: 366, allowsPart: false)
        (sheet.calls, sheet.puts) = (plan, plan)
        let bytes = try BondTerms(sheet).canonicalBytes
        #expect(bytes.count <= 16_384 - 2)
        #expect(try BondTerms(canonicalBytes: bytes).sheet == sheet)
    }

    @Test("decimal numbers are counted exactly")
    func decimals() {
        for text in ["0", "0.0525", "-1", "102.5", "0.000000000001", "100000", "-0.5"] {
            #expect(BondDecimal(text)?.description == text)
        }
        for text in ["", "1e", "0.0000000000001", "100000.1", "1/2", "०", String(repeating: "0", count: 33)] {
            #expect(BondDecimal(text) == nil, "\(text)")
        }
        #expect(BondDecimal("5.25e-2") == BondDecimal("0.0525"))
        #expect(BondDecimal(units: .min) == nil)
    }
}
