/// A currency as scenarios name it.
struct Currency: Sendable {
    let code: String
    /// What people call it.
    let name: String
    let minorUnitDigits: Int
}
