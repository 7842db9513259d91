/// Bounds of the canonical profile (Specs/01).
public enum EncodingLimits {
    /// Arrays and maps within one another.
    public static let nestingDepthMax = 8
    /// Map keys are 0 ... this.
    public static let mapKeyMax: UInt8 = 23
    /// Bytes of a quantity that does not fit in 64 bits.
    public static let wideQuantityByteCount = 16
}
