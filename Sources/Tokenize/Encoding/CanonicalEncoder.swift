/// Writes the canonical profile of CBOR (RFC 8949, section 4.2.1; Specs/01). There is one encoding for each value.
public struct CanonicalEncoder: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []

    /// An encoder of nothing yet, with room for `capacity` bytes.
    public init(reservingCapacity capacity: Int = 0) {
        if capacity > 0 { bytes.reserveCapacity(capacity) }
    }

    /// An encoder that writes behind what `memory` holds.
    init(continuing memory: consuming [UInt8]) { bytes = memory }

    /// Forgets what was written and keeps the room for it.
    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Bytes in the head of an item with this argument.
    @inline(__always)
    static func headByteCount(_ argument: UInt64) -> Int {
        argument < 24 ? 1 : argument <= 0xFF ? 2 : argument <= 0xFFFF ? 3 : argument <= 0xFFFF_FFFF ? 5 : 9
    }

    /// Bytes in the encoding of a byte string of `count`.
    @inline(__always)
    static func byteCount(ofBytes count: Int) -> Int { headByteCount(UInt64(count)) + count }

    /// Bytes in the encoding of a signed integer.
    static func byteCount(ofInteger value: Int64) -> Int { headByteCount(UInt64(value >= 0 ? value : ~value)) }

    /// The head of a byte string; `count` bytes follow.
    @inline(__always)
    mutating func encodeBytes(count: Int) { head(2, UInt64(count)) }

    @inline(__always)
    private mutating func head(_ major: UInt8, _ argument: UInt64) {
        let type = major << 5
        if argument < 24 {
            bytes.append(type | UInt8(truncatingIfNeeded: argument))
        } else if argument <= 0xFF {
            bytes.append(type | 24)
            bytes.append(UInt8(truncatingIfNeeded: argument))
        } else {
            wideHead(type, argument)
        }
    }

    private mutating func wideHead(_ type: UInt8, _ argument: UInt64) {
        let width = argument <= 0xFFFF ? 2 : argument <= 0xFFFF_FFFF ? 4 : 8
        bytes.append(type | (width == 2 ? 25 : width == 4 ? 26 : 27))
        for shift in stride(from: (width - 1) * 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: argument >> UInt64(shift)))
        }
    }

    /// An unsigned integer.
    @inline(__always)
    public mutating func encode(_ value: UInt64) { head(0, value) }

    /// A signed integer.
    public mutating func encode(integer value: Int64) {
        if value >= 0 { head(0, UInt64(value)) } else { head(1, UInt64(bitPattern: ~value)) }
    }

    /// The negative integer -1 - `value`.
    public mutating func encode(negative value: UInt64) { head(1, value) }

    /// A truth value.
    public mutating func encode(_ value: Bool) { bytes.append(value ? 0xF5 : 0xF4) }

    /// A quantity: an integer if it fits 64 bits, else 16 bytes, most significant first.
    @inline(__always)
    public mutating func encode(_ quantity: Quantity) {
        if let narrow = UInt64(exactly: quantity.units) {
            head(0, narrow)
        } else {
            head(2, UInt64(EncodingLimits.wideQuantityByteCount))
            withUnsafeBytes(of: quantity.units.bigEndian) { bytes.append(contentsOf: $0) }
        }
    }

    /// A byte string.
    public mutating func encode(bytes content: [UInt8]) {
        content.withUnsafeBytes { encode(bytes: $0) }
    }

    /// A byte string.
    @inline(__always)
    public mutating func encode(bytes content: UnsafeRawBufferPointer) {
        head(2, UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    /// A digest, as a byte string of 32.
    @inline(__always)
    public mutating func encode(_ digest: Digest) {
        // Head and content at once: growing an array costs more than filling it.
        withUnsafeTemporaryAllocation(byteCount: 2 + Digest.byteCount, alignment: 2) { buffer in
            buffer[0] = 0x58
            buffer[1] = UInt8(Digest.byteCount)
            buffer.storeBytes(of: digest, toByteOffset: 2, as: Digest.self)
            bytes.append(contentsOf: UnsafeRawBufferPointer(buffer))
        }
    }

    /// An identifier, as its digest.
    @inline(__always)
    public mutating func encode(_ identifier: some LedgerIdentifier) { encode(identifier.digest) }

    /// Text, which must be free of control characters: a decoder refuses them.
    public mutating func encode(text: String) {
        var text = text
        text.withUTF8 { content in
            head(3, UInt64(content.count))
            bytes.append(contentsOf: content)
        }
    }

    /// The head of an array; the elements follow.
    @inline(__always)
    public mutating func encodeArray(count: Int) { head(4, UInt64(count)) }

    /// The head of a map; keys in ascending order and values follow.
    public mutating func encodeMap(count: Int) { head(5, UInt64(count)) }

    /// A map key, 0 ... 23.
    public mutating func encodeKey(_ key: UInt8) {
        precondition(key <= EncodingLimits.mapKeyMax)
        head(0, UInt64(key))
    }
}
