/// Where a date goes that is not a business day (ISDA 2006 Definitions, section 4.12, and market usage).
public enum BusinessDayConvention: UInt8, Hashable, Sendable, CaseIterable {
    /// Nowhere: the date stands.
    case unadjusted = 0
    /// To the first business day after it.
    case following = 1
    /// To the first business day after it, or if that is in another month, to the last one before it.
    case modifiedFollowing = 2
    /// To the last business day before it.
    case preceding = 3
    /// To the last business day before it, or if that is in another month, to the first one after it.
    case modifiedPreceding = 4
}
