/// The name by which the world outside knows an asset; registered at most once on a ledger.
public struct AssetIdentification: Hashable, Sendable {
    /// The register that a name is from.
    public enum Scheme: UInt8, Hashable, Sendable, CaseIterable {
        /// ISO 6166.
        case isin = 1
        /// A land parcel's number in the cadastre (ISO 19152 spatial unit).
        case parcel = 2
        /// ISO 4217.
        case currency = 3
        /// Any other register.
        case other = 4
    }

    /// Bytes of a value, in UTF-8.
    public static let valueByteCountMax = 64

    /// The register that the name is from.
    public let scheme: Scheme
    /// The name in that register.
    public let value: String

    /// An identification, or nil if `value` is not of the scheme's form (an ISIN's check digit included).
    public init?(_ scheme: Scheme, _ value: String) {
        let bytes = Array(value.utf8)
        guard (1...AssetIdentification.valueByteCountMax).contains(bytes.count), value.isCanonicalText else {
            return nil
        }
        switch scheme {
        case .isin: guard AssetIdentification.isISIN(bytes) else { return nil }
        case .currency:
            guard bytes.count == 3, bytes.allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
        case .parcel, .other: break
        }
        self.scheme = scheme
        self.value = value
    }

    /// ISO 6166: two letters, nine letters or digits, and a digit that makes the Luhn sum divisible by ten.
    static func isISIN(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 12, bytes.prefix(2).allSatisfy({ (0x41...0x5A).contains($0) }) else { return false }
        var digits: [Int] = []
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x30...0x39: digits.append(Int(byte) - 0x30)
            case 0x41...0x5A where index < 11: digits += [(Int(byte) - 55) / 10, (Int(byte) - 55) % 10]
            default: return false
            }
        }
        var sum = 0
        for (index, digit) in digits.reversed().enumerated() {
            let doubled = index % 2 == 1 ? digit * 2 : digit
            sum += doubled / 10 + doubled % 10
        }
        return sum % 10 == 0
    }
}

extension AssetIdentification {
    /// Values are compared byte by byte, so that no Unicode table decides what is registered already.
    public static func == (left: AssetIdentification, right: AssetIdentification) -> Bool {
        left.scheme == right.scheme && left.value.isSameBytes(as: right.value)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(scheme)
        value.hashBytes(into: &hasher)
    }
}

extension AssetIdentification: CustomStringConvertible {
    public var description: String { "\(scheme):\(value)" }
}

extension AssetIdentification: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(UInt64(scheme.rawValue))
        encoder.encode(text: value)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        guard let scheme = Scheme(rawValue: UInt8(try decoder.unsigned(max: 255))),
            let identification = AssetIdentification(
                scheme,
                try decoder.text(byteCountMax: AssetIdentification.valueByteCountMax)
            )
        else { throw decoder.failure(.outOfRange) }
        decoder.leave()
        self = identification
    }
}
