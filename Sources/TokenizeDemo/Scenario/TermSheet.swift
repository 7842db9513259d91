import Tokenize

/// A bond's term sheet as the story reads it: before there is a ledger, to find its faults, and again when the cash and
/// the treasury's account have identifiers.
struct TermSheet: Sendable {
    let file: String
    /// What falls due by it.
    let schedule: BondSchedule
    let maturityDate: CalendarDate
    let identification: AssetIdentification
    private let bytes: [UInt8]
    private let cashName: String

    /// What the sheet calls the account that gets what is withheld.
    private static let treasuryName = "Treasury"

    var terms: BondTerms { schedule.terms }

    /// What the ministry pays, in order: no capitalisation, and no put, for which somebody must give notice.
    var payments: [BondDue] { schedule.dues.filter { $0.id.kind != .capitalisation && $0.id.kind != .put } }

    init(_ field: ScenarioField, _ bytes: [UInt8], _ common: CommonTerms) throws(ScenarioFailure) {
        self.bytes = bytes
        file = try field.text()
        cashName = common.currency.code
        if let repeated = RepeatedMember.first(in: bytes) {
            throw field.failure("\(file): \(repeated.field): \(repeated.failureReason)")
        }
        let terms: BondTerms
        do throws(TermSheetFile.Failure) {
            let names = TermSheet.names(cashName, AssetID(digest: .zero), AccountID(digest: .zero))
            terms = try TermSheetFile.read(bytes, names)
        } catch {
            throw field.failure(TermSheet.sentence(file, error))
        }
        guard let maturityDate = terms.maturityDate else {
            throw field.failure("\(file): the story tells the life of a bond that ends")
        }
        self.maturityDate = maturityDate
        guard let isin = terms.isin, let identification = AssetIdentification(.isin, isin) else {
            throw field.failure("\(file): identifiers.isin is missing")
        }
        self.identification = identification
        schedule = try TermSheet.schedule(terms, field)
        try requireTellable(field, common)
    }

    /// The terms with the identifiers of the ledger.
    func terms(payingIn cash: AssetID, treasury: AccountID) throws(TermSheetFile.Failure) -> BondTerms {
        try TermSheetFile.read(bytes, TermSheet.names(cashName, cash, treasury))
    }

    private static func names(_ cashName: String, _ cash: AssetID, _ treasury: AccountID) -> TermSheetFile.Names {
        TermSheetFile.Names(assets: [cashName: cash], accounts: [treasuryName: treasury])
    }

    /// Every fault.
    private static func sentence(_ file: String, _ failure: TermSheetFile.Failure) -> String {
        guard !failure.faults.isEmpty else { return "\(file) states no terms" }
        return "\(file): " + failure.faults.map { "\($0)" }.joined(separator: "; ")
    }

    private static func schedule(
        _ terms: BondTerms,
        _ field: ScenarioField
    ) throws(ScenarioFailure) -> BondSchedule {
        guard let calendar = ScenarioCalendar.known.first(where: { $0.value.digest == terms.calendar.digest }) else {
            let names = ScenarioCalendar.known.map { "\($0.key) is \($0.value.digest.bytes.hexadecimal)" }
            throw field.failure("calendar.digest is of no known calendar: \(names.joined(separator: ", "))")
        }
        do throws(BondFailure) {
            return try BondSchedule(terms, calendar: calendar.value)
        } catch {
            throw field.failure("gives no schedule: \(error)")
        }
    }

    /// What the story needs beside sound terms: amounts that are known at issue, and days on which the ledger is open.
    private func requireTellable(_ field: ScenarioField, _ common: CommonTerms) throws(ScenarioFailure) {
        guard terms.issueDate >= common.calendar.first else {
            throw field.failure("the issue, \(terms.issueDate), is before ledger.firstBusinessDate")
        }
        try common.calendar.require(terms.issueDate, field)
        for due in payments {
            guard due.amount != nil else {
                throw field.failure("the story tells no bond whose payments are not known at issue, as \(due.id)")
            }
            try common.calendar.require(due.recordDate, field)
            try common.calendar.require(due.paymentDate, field)
            guard due.recordDate < due.paymentDate, due.recordDate > terms.issueDate else {
                throw field.failure("the record date of \(due.id) must lie between issue and payment")
            }
        }
    }
}
