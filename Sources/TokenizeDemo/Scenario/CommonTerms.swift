import Tokenize

/// What every story has: a ledger with its calendar, institutions and a currency.
struct CommonTerms: Sendable {
    let ledgerName: String
    let calendar: ScenarioCalendar
    let businessDayGapMax: Int
    let country: CountryCode
    let ministry: String
    /// Without whose approval the first ministry creates no asset.
    let approvingMinistry: String
    let centralBank: String
    let depository: String
    let regulator: String
    let court: String
    let currency: Currency

    static let fieldNames = ["story", "ledger", "institutions", "currency"]
    private static let holidayCountMax = 2_000

    init(_ scenario: ScenarioObject) throws(ScenarioFailure) {
        let ledger = try scenario("ledger").object([
            "name", "firstBusinessDate", "businessDayGapMax", "calendar", "holidays",
        ])
        let name = try ledger("name")
        ledgerName = try name.text(byteCountMax: 64)
        guard !ledgerName.contains(where: { $0 == " " || $0 == "+" }), NoteName(ledgerName) != nil else {
            throw name.failure("must not have spaces or plus signs")
        }
        let first = try ledger("firstBusinessDate")
        var holidays: Set<CalendarDate> = []
        for holiday in try ledger("holidays").array(maximum: CommonTerms.holidayCountMax) {
            holidays.insert(try holiday.date())
        }
        calendar = ScenarioCalendar(
            first: try first.date(),
            calendar: try ledger("calendar").word(ScenarioCalendar.known),
            holidays: holidays
        )
        try calendar.require(calendar.first, first)
        businessDayGapMax = Int(try ledger("businessDayGapMax").integer(1...31))

        let institutions = try scenario("institutions").object([
            "country", "ministry", "approvingMinistry", "centralBank", "depository", "regulator", "court",
        ])
        country = try institutions("country").country()
        ministry = try institutions("ministry").text()
        approvingMinistry = try institutions("approvingMinistry").text()
        centralBank = try institutions("centralBank").text()
        depository = try institutions("depository").text()
        regulator = try institutions("regulator").text()
        court = try institutions("court").text()

        let money = try scenario("currency").object(["code", "name", "minorUnitDigits"])
        let code = try money("code")
        currency = Currency(
            code: try code.text(byteCountMax: 3),
            name: try money("name").text(),
            minorUnitDigits: Int(try money("minorUnitDigits").integer(0...Int64(CashTerms.minorUnitDigitsMax)))
        )
        guard AssetIdentification(.currency, currency.code) != nil else {
            throw code.failure("must be three capital letters (ISO 4217)")
        }
    }

    /// Checks that the calendar can be walked to `date` without a gap that the ledger forbids.
    func requireReachable(_ date: CalendarDate, _ field: ScenarioField) throws(ScenarioFailure) {
        guard date.days(since: calendar.first) <= ScenarioLimits.dayCountMax else {
            throw field.failure("is more than \(ScenarioLimits.dayCountMax) days after the first business date")
        }
        var day = calendar.first
        while day < date {
            guard let next = calendar.next(after: day) else { throw field.failure("is out of the calendar") }
            guard next.days(since: day) <= businessDayGapMax else {
                throw ScenarioFailure(
                    file: field.file,
                    field: "ledger.businessDayGapMax",
                    reason: "no business day from \(day) to \(next), and only \(businessDayGapMax) days are allowed"
                )
            }
            day = next
        }
    }
}

/// Bounds on what a presenter can ask for, so that a story ends.
enum ScenarioLimits {
    static let amountMax: Int64 = 1_000_000_000_000_000
    static let paymentMax: UInt128 = 1_000_000_000_000_000_000_000_000
    static let unitsMax: Int64 = 1_000_000_000_000
    static let citizenCountMax: Int64 = 20_000
    static let tradeCountMax: Int64 = 50_000
    static let participantCountMax = 200
    static let dayCountMax = 366 * 31
}
