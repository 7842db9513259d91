/// Published expected values that contradict economics or their own text. Product mode has none of them.
///
/// The public ACTUS test cases were made with a reference program; four of its habits show in the expected values. To
/// reproduce the cases, an engine must share the habits. To serve a contract, it must not. Each is a switch.
public enum Quirk: String, CaseIterable, Hashable, Sendable {
    /// Q1: at purchase and termination, a liability's price and accrued interest partly cancel, instead of both parties
    /// seeing the same full price.
    case liabilityPriceLessAccrued = "Q1"
    /// Q2: in a linear amortiser, interest on the notional of the initial exchange (`NTIED`) is calculated on the
    /// outstanding notional.
    case initialBaseFollowsNotional = "Q2"
    /// Q3: in a call loan whose stated maturity is a holiday, interest is calculated to the shifted date, although
    /// payment is on the unshifted one.
    case callLoanMaturityShiftsCalculation = "Q3"
    /// Q4: a call notice with a notice period reports no accrued interest, although it is paid later.
    case callNoticeHidesAccrued = "Q4"

    /// What a mode is: the habits that it shares.
    public static let conformance = Set(Quirk.allCases)
}
