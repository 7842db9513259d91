/// A witness's statement that a checkpoint was the newest consistent one it had seen at a time.
///
/// Source: C2SP tlog-cosignature, version 1.
public struct Cosignature: Hashable, Sendable {
    /// The greatest time that a cosignature may state.
    static let timeMax = UInt64(Int64.max)

    /// The name of the witness that signed.
    public let witness: NoteName
    /// Seconds since 1970-01-01T00:00:00Z, by the witness's clock.
    public let time: UInt64

    /// What the witness signs: two lines, then the checkpoint's text.
    static func message(time: UInt64, text: [UInt8]) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n".utf8) + text
    }
}
