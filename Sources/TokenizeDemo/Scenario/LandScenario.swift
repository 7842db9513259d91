import Tokenize

/// The terms of the land story.
struct LandScenario: Sendable {
    struct Sale: Sendable {
        let buyer: String
        let holderClass: HolderClass
        let country: CountryCode
        let shares: Quantity
    }

    struct Rent: Sendable {
        let date: CalendarDate
        let amount: Quantity
        let notice: String
    }

    let common: CommonTerms
    let name: String
    let identification: AssetIdentification
    let right: LandShareTerms.Right
    let start: CalendarDate
    let end: CalendarDate
    let contract: String
    let shares: Quantity
    let pricePerShare: Quantity
    let foreignShareLimit: (numerator: UInt64, denominator: UInt64)
    let sales: [Sale]
    let tenant: String
    let rents: [Rent]

    init(_ field: ScenarioField) throws(ScenarioFailure) {
        let scenario = try field.object(CommonTerms.fieldNames + ["parcel", "sales", "tenant", "rents"])
        common = try CommonTerms(scenario)
        let parcel = try scenario("parcel").object([
            "name", "number", "right", "start", "end", "contract", "shares", "pricePerShare", "foreignShareLimit",
        ])
        name = try parcel("name").text()
        let number = try parcel("number")
        guard let identification = AssetIdentification(.parcel, try number.text()) else {
            throw number.failure("must be a parcel number of 1 to 64 bytes")
        }
        self.identification = identification
        right = try parcel("right").word(["lease": .lease, "concession": .concession, "ownershipUnit": .ownershipUnit])
        start = try parcel("start").date()
        let endField = try parcel("end")
        end = try endField.date()
        guard start < end else { throw endField.failure("must be after parcel.start") }
        contract = try parcel("contract").text(byteCountMax: 4_096)
        shares = try parcel("shares").quantity(1...ScenarioLimits.unitsMax)
        pricePerShare = try parcel("pricePerShare").quantity(1...ScenarioLimits.unitsMax)
        let limit = try parcel("foreignShareLimit").object(["numerator", "denominator"])
        let denominator = try limit("denominator").integer(1...Int64(HoldingRule.denominatorMax))
        foreignShareLimit = (UInt64(try limit("numerator").integer(0...denominator)), UInt64(denominator))
        sales = try LandScenario.sales(try scenario("sales"), shares: shares)
        tenant = try scenario("tenant").text()
        rents = try LandScenario.rents(try scenario("rents"), common)
    }

    private static func sales(_ field: ScenarioField, shares: Quantity) throws(ScenarioFailure) -> [Sale] {
        var sales: [Sale] = []
        var sum: UInt128 = 0
        for element in try field.array(maximum: ScenarioLimits.participantCountMax) {
            let sale = try element.object(["buyer", "class", "country", "shares"])
            let next = Sale(
                buyer: try sale("buyer").text(),
                holderClass: try sale("class").holderClass(),
                country: try sale("country").country(),
                shares: try sale("shares").quantity(1...ScenarioLimits.unitsMax)
            )
            if let earlier = sales.first(where: { $0.buyer == next.buyer }) {
                guard earlier.holderClass == next.holderClass, earlier.country == next.country else {
                    throw element.failure("\(next.buyer) has another class or country in an earlier sale")
                }
            }
            sales.append(next)
            sum += next.shares.units
        }
        guard sum <= shares.units else { throw field.failure("the shares add up to \(sum), of \(shares) there are") }
        return sales
    }

    private static func rents(_ field: ScenarioField, _ common: CommonTerms) throws(ScenarioFailure) -> [Rent] {
        var rents: [Rent] = []
        for element in try field.array(maximum: ScenarioLimits.participantCountMax) {
            let rent = try element.object(["date", "amount", "notice"])
            let dateField = try rent("date")
            let date = try dateField.date()
            guard date > rents.last?.date ?? common.calendar.first else {
                throw dateField.failure("must be after the rent before it and the first business date")
            }
            try common.requireReachable(date, dateField)
            let noticeField = try rent("notice")
            let notice = try noticeField.text(byteCountMax: TransactionLimits.referenceByteCountMax)
            guard !rents.contains(where: { $0.notice == notice }) else {
                throw noticeField.failure("names a rent for a second time")
            }
            rents.append(
                Rent(date: date, amount: try rent("amount").quantity(1...ScenarioLimits.amountMax), notice: notice)
            )
        }
        return rents
    }
}
