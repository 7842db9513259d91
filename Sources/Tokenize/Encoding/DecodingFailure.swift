/// Why bytes are not an encoding in the canonical profile (Specs/01), and where.
public struct DecodingFailure: Error, Hashable, Sendable {
    /// What is wrong.
    public let reason: Reason
    /// Offset in the bytes being decoded.
    public let offset: Int

    /// What can be wrong with bytes.
    public enum Reason: Hashable, Sendable {
        /// The bytes end within an item.
        case truncated
        /// A length or integer is not in its shortest form, or a quantity not in its only form.
        case nonMinimal
        case indefiniteLength
        /// A tag, float, null, undefined, simple value or reserved head.
        case notInProfile
        /// Not valid UTF-8.
        case invalidText
        /// A control character in text.
        case controlCharacter
        /// Keys or elements are not in ascending order, or repeat.
        case keyOrder
        /// A map key outside 0 ... 23.
        case keyRange
        case depthExceeded
        /// A named limit.
        case limitExceeded(String)
        /// Bytes after the item.
        case trailingBytes
        /// An item of another type than the schema wants here.
        case unexpectedType
        /// A value that the schema does not allow here.
        case outOfRange
    }

    /// A failure at an offset in the bytes being decoded.
    public init(_ reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

extension DecodingFailure: CustomStringConvertible {
    public var description: String { "\(reason) at byte \(offset)" }
}
