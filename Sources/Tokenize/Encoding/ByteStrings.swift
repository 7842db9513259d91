/// A CBOR sequence (RFC 8742) of byte strings: the framing of stored groups, effects and snapshot rows.
enum ByteStrings {
    /// Appends one byte string in canonical form.
    static func append(_ bytes: [UInt8], to records: inout [UInt8]) {
        let count = bytes.count
        switch count {
        case ..<24: records.append(0x40 | UInt8(count))
        case ..<256: records += [0x58, UInt8(count)]
        case ..<65_536: records += [0x59, UInt8(count >> 8), UInt8(count & 255)]
        default: records += [0x5A] + (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) }
        }
        records += bytes
    }

    /// The next byte string, or nil if none is whole and canonical at `offset`, which it moves on.
    static func next(in bytes: [UInt8], _ offset: inout Int) -> [UInt8]? {
        guard offset < bytes.count else { return nil }
        let width: Int
        var count: Int
        switch bytes[offset] {
        case 0x40...0x57: (width, count) = (0, Int(bytes[offset] & 31))
        case 0x58: (width, count) = (1, 0)
        case 0x59: (width, count) = (2, 0)
        case 0x5A: (width, count) = (4, 0)
        default: return nil
        }
        guard offset + 1 + width <= bytes.count else { return nil }
        for byte in bytes[(offset + 1)..<(offset + 1 + width)] { count = count << 8 | Int(byte) }
        let start = offset + 1 + width
        guard count <= bytes.count - start else { return nil }
        offset = start + count
        return Array(bytes[start..<offset])
    }
}
