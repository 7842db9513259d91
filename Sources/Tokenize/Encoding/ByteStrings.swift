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
        let least: Int
        var count = 0
        switch bytes[offset] {
        case 0x40...0x57: (width, least, count) = (0, 0, Int(bytes[offset] & 31))
        case 0x58: (width, least) = (1, 24)
        case 0x59: (width, least) = (2, 256)
        case 0x5A: (width, least) = (4, 65_536)
        default: return nil
        }
        guard offset + 1 + width <= bytes.count else { return nil }
        for byte in bytes[(offset + 1)..<(offset + 1 + width)] { count = count << 8 | Int(byte) }
        let start = offset + 1 + width
        guard count >= least, count <= bytes.count - start else { return nil }
        offset = start + count
        return Array(bytes[start..<offset])
    }
}
