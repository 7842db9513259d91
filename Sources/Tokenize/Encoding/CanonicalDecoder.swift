/// Reads the canonical profile of CBOR, and refuses whatever ``CanonicalEncoder`` would not have written.
///
/// Works on bytes that its caller keeps alive; allocates nothing but what it returns, and never by a length that the
/// bytes do not bear out.
public struct CanonicalDecoder {
    private let buffer: UnsafeRawBufferPointer
    private var offset = 0
    private var depth = 0

    /// A decoder of bytes that stay where they are as long as it is used.
    public init(_ buffer: UnsafeRawBufferPointer) { self.buffer = buffer }

    /// Decodes all of `bytes` with `body`.
    public static func decode<R>(
        _ bytes: [UInt8],
        _ body: (inout CanonicalDecoder) throws(DecodingFailure) -> R
    ) throws(DecodingFailure) -> R {
        try bytes.withUnsafeBufferPointer { (buffer) throws(DecodingFailure) -> R in
            var decoder = CanonicalDecoder(UnsafeRawBufferPointer(buffer))
            let result = try body(&decoder)
            try decoder.finish()
            return result
        }
    }

    /// A failure at the present offset.
    public func failure(_ reason: DecodingFailure.Reason) -> DecodingFailure {
        DecodingFailure(reason, offset: offset)
    }

    /// True if everything was read.
    public var isAtEnd: Bool { offset == buffer.count }

    /// Refuses bytes after the last item.
    public func finish() throws(DecodingFailure) {
        guard offset == buffer.count else { throw failure(.trailingBytes) }
    }

    /// Major type of the next item, without reading it.
    func peekMajor() throws(DecodingFailure) -> UInt8 {
        guard offset < buffer.count else { throw failure(.truncated) }
        return buffer[offset] >> 5
    }

    // MARK: Heads

    @inline(__always)
    private mutating func head(_ major: UInt8) throws(DecodingFailure) -> UInt64 {
        guard offset < buffer.count else { throw failure(.truncated) }
        let initial = buffer[offset]
        guard initial >> 5 == major else { throw wrongType(initial) }
        let information = initial & 31
        if information < 24 {
            offset += 1
            return UInt64(information)
        }
        if information == 24, buffer.count - offset > 1, buffer[offset + 1] >= 24 {
            // The head of every digest, key and signature.
            offset += 2
            return UInt64(buffer[offset - 1])
        }
        return try wideArgument(information)
    }

    private mutating func wideArgument(_ information: UInt8) throws(DecodingFailure) -> UInt64 {
        guard information < 28 else {
            throw failure(information == 31 ? .indefiniteLength : .notInProfile)
        }
        let width = 1 << Int(information - 24)
        guard buffer.count - offset > width else { throw failure(.truncated) }
        var argument: UInt64 = 0
        for index in 1...width { argument = argument << 8 | UInt64(buffer[offset + index]) }
        let isMinimal =
            switch width {
            case 1: argument >= 24
            case 2: argument > 0xFF
            case 4: argument > 0xFFFF
            default: argument > 0xFFFF_FFFF
            }
        guard isMinimal else { throw failure(.nonMinimal) }
        offset += 1 + width
        return argument
    }

    /// Apart from where it is found out, so that the hot path stays short.
    @inline(never)
    private func excess(_ max: Int, of unit: String) -> DecodingFailure {
        failure(.limitExceeded("\(max) \(unit)"))
    }

    private func wrongType(_ initial: UInt8) -> DecodingFailure {
        switch initial {
        case 0xF4, 0xF5: failure(.unexpectedType)
        case 0xC0...: failure(.notInProfile)
        default: failure(initial & 31 == 31 ? .indefiniteLength : .unexpectedType)
        }
    }

    // MARK: Scalars

    /// An unsigned integer.
    @inline(__always)
    public mutating func unsigned() throws(DecodingFailure) -> UInt64 { try head(0) }

    /// An unsigned integer not above `max`.
    @inline(__always)
    public mutating func unsigned(max: UInt64) throws(DecodingFailure) -> UInt64 {
        let value = try head(0)
        guard value <= max else { throw failure(.outOfRange) }
        return value
    }

    /// A signed integer.
    public mutating func integer() throws(DecodingFailure) -> Int64 {
        let major = try peekMajor()
        let argument = try head(major == 1 ? 1 : 0)
        guard let value = Int64(exactly: argument) else { throw failure(.outOfRange) }
        return major == 1 ? ~value : value
    }

    /// A negative integer, as the n of -1 - n.
    public mutating func negative() throws(DecodingFailure) -> UInt64 { try head(1) }

    /// A truth value.
    public mutating func bool() throws(DecodingFailure) -> Bool {
        guard offset < buffer.count else { throw failure(.truncated) }
        switch buffer[offset] {
        case 0xF4, 0xF5:
            offset += 1
            return buffer[offset - 1] == 0xF5
        case 0xC0...: throw failure(.notInProfile)
        default: throw failure(.unexpectedType)
        }
    }

    /// A quantity in its only form.
    @inline(__always)
    public mutating func quantity() throws(DecodingFailure) -> Quantity {
        guard offset < buffer.count else { throw failure(.truncated) }
        if buffer[offset] >> 5 == 0 { return Quantity(UInt128(try head(0))) }
        return try wideQuantity()
    }

    private mutating func wideQuantity() throws(DecodingFailure) -> Quantity {
        let view = try bytesView(countMax: EncodingLimits.wideQuantityByteCount)
        guard view.count == EncodingLimits.wideQuantityByteCount else { throw failure(.outOfRange) }
        let units = UInt128(bigEndian: view.loadUnaligned(as: UInt128.self))
        guard units > UInt128(UInt64.max) else { throw failure(.nonMinimal) }
        return Quantity(units)
    }

    // MARK: Strings

    /// A byte string of at most `countMax` bytes, in place.
    @inline(__always)
    public mutating func bytesView(countMax: Int) throws(DecodingFailure) -> UnsafeRawBufferPointer {
        try content(try head(2), countMax: countMax)
    }

    @inline(__always)
    private mutating func content(
        _ count: UInt64,
        countMax: Int
    ) throws(DecodingFailure) -> UnsafeRawBufferPointer {
        guard count <= UInt64(buffer.count - offset) else { throw failure(.truncated) }
        guard count <= UInt64(countMax) else { throw excess(countMax, of: "bytes") }
        let view = UnsafeRawBufferPointer(rebasing: buffer[offset..<(offset + Int(count))])
        offset += Int(count)
        return view
    }

    /// A byte string of at most `countMax` bytes.
    public mutating func bytes(countMax: Int) throws(DecodingFailure) -> [UInt8] {
        Array(try bytesView(countMax: countMax))
    }

    /// A byte string of 32.
    @inline(__always)
    public mutating func digest() throws(DecodingFailure) -> Digest {
        let view = try bytesView(countMax: Digest.byteCount)
        guard view.count == Digest.byteCount else { throw failure(.outOfRange) }
        return Digest(loading: view)
    }

    /// An identifier: its digest.
    @inline(__always)
    public mutating func identifier<Identifier: LedgerIdentifier>(
        _ type: Identifier.Type = Identifier.self
    ) throws(DecodingFailure) -> Identifier {
        Identifier(digest: try digest())
    }

    /// Text of at most `byteCountMax` bytes: valid UTF-8 without control characters.
    public mutating func text(byteCountMax: Int) throws(DecodingFailure) -> String {
        let view = try content(try head(3), countMax: byteCountMax)
        if let fault = CanonicalText.fault(in: view) { throw failure(fault) }
        return String(decoding: view, as: UTF8.self)
    }

    // MARK: Containers

    /// The head of an array of at most `max` elements; ``leave()`` follows the last one.
    @inline(__always)
    public mutating func arrayCount(max: Int) throws(DecodingFailure) -> Int {
        let count = try head(4)
        guard count <= UInt64(buffer.count - offset) else { throw failure(.truncated) }
        guard count <= UInt64(max) else { throw excess(max, of: "elements") }
        try enter()
        return Int(count)
    }

    /// The head of an array of exactly `count` elements; ``leave()`` follows the last one.
    @inline(__always)
    public mutating func array(count: Int) throws(DecodingFailure) {
        let found = try head(4)
        guard found <= UInt64(buffer.count - offset) else { throw failure(.truncated) }
        guard found == UInt64(count) else { throw failure(.outOfRange) }
        try enter()
    }

    /// The head of a map of at most `max` pairs; ``leave()`` follows the last value.
    public mutating func mapCount(max: Int) throws(DecodingFailure) -> Int {
        let count = try head(5)
        guard count <= UInt64(buffer.count - offset) / 2 else { throw failure(.truncated) }
        guard count <= UInt64(max) else { throw failure(.limitExceeded("\(max) pairs")) }
        try enter()
        return Int(count)
    }

    /// A map key greater than the one before it.
    public mutating func mapKey(after previous: UInt8?) throws(DecodingFailure) -> UInt8 {
        guard try peekMajor() == 0 else { throw failure(.keyRange) }
        let key = try head(0)
        guard key <= UInt64(EncodingLimits.mapKeyMax) else { throw failure(.keyRange) }
        if let previous, key <= UInt64(previous) { throw failure(.keyOrder) }
        return UInt8(key)
    }

    @inline(__always)
    private mutating func enter() throws(DecodingFailure) {
        depth += 1
        guard depth <= EncodingLimits.nestingDepthMax else { throw failure(.depthExceeded) }
    }

    /// Reads past one item of any type, checking its form.
    public mutating func skip() throws(DecodingFailure) {
        switch try peekMajor() {
        case 0: _ = try head(0)
        case 1: _ = try negative()
        case 2: _ = try bytesView(countMax: buffer.count)
        case 3: _ = try text(byteCountMax: buffer.count)
        case 4:
            for _ in 0..<(try arrayCount(max: buffer.count)) { try skip() }
            leave()
        case 5:
            var key: UInt8?
            for _ in 0..<(try mapCount(max: Int(EncodingLimits.mapKeyMax) + 1)) {
                key = try mapKey(after: key)
                try skip()
            }
            leave()
        default: _ = try bool()
        }
    }

    /// Ends an array or a map.
    @inline(__always)
    public mutating func leave() { depth -= 1 }
}
