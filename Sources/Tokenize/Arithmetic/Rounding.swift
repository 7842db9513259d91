/// How an exact number becomes a neighbour with fewer digits. Every place that rounds names one of these.
///
/// A number that has few enough digits already is never changed.
public enum Rounding: String, CaseIterable, Hashable, Sendable {
    /// The neighbour nearer to zero: cuts the digits off.
    case towardZero
    /// The neighbour farther from zero.
    case awayFromZero
    /// The lower neighbour.
    case floor
    /// The upper neighbour.
    case ceiling
    /// The nearest; of two equally near ones the even one ("banker's rounding").
    case halfEven
    /// The nearest; of two equally near ones that farther from zero (commercial rounding).
    case halfUp
    /// The nearest; of two equally near ones that nearer to zero.
    case halfDown
}
