/// Why bytes are not a key.
public enum KeyFailure: Error, Hashable, Sendable {
    /// A key of this algorithm has `expected` bytes.
    case wrongLength(expected: Int, found: Int)
    /// A compressed point starts with 02 or 03; hybrid (06, 07) and uncompressed (04) forms are refused.
    case wrongPrefix(UInt8)
    /// No point of the curve has this x coordinate, or the coordinate is not below the field's prime.
    case notOnCurve
    /// A secret is zero or not below the order of the group.
    case secretOutOfRange
}
