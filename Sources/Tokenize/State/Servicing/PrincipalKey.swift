/// A holding at a record point.
struct PrincipalKey: Hashable, Sendable {
    let address: HoldingAddress
    let recordDate: CalendarDate
}
