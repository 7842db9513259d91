/// Forms that the parts of bond terms share: an absent value is an empty array, a closed choice is its number.
extension CanonicalEncoder {
    /// `[]` or `[value]`.
    mutating func encode<Value: CanonicalCodable>(optional value: Value?) {
        encodeArray(count: value == nil ? 0 : 1)
        value?.encode(into: &self)
    }

    /// `[]` or `[text]`.
    mutating func encode(optionalText text: String?) {
        encodeArray(count: text == nil ? 0 : 1)
        if let text { encode(text: text) }
    }

    /// An array of small numbers.
    mutating func encode(_ numbers: [UInt64]) {
        encodeArray(count: numbers.count)
        for number in numbers { encode(number) }
    }

    /// The number of a rounding.
    mutating func encode(_ rounding: Rounding) { encode(UInt64(rounding.code)) }
}

extension CanonicalDecoder {
    /// `[]` or `[value]`.
    mutating func optional<Value: CanonicalCodable>(_ type: Value.Type) throws(DecodingFailure) -> Value? {
        let isThere = try arrayCount(max: 1) == 1
        let value = isThere ? try Value(from: &self) : nil
        leave()
        return value
    }

    /// `[]` or `[text]`.
    mutating func optionalText(byteCountMax: Int) throws(DecodingFailure) -> String? {
        let isThere = try arrayCount(max: 1) == 1
        let text = isThere ? try text(byteCountMax: byteCountMax) : nil
        leave()
        return text
    }

    /// The case of a closed choice.
    mutating func code<Choice: RawRepresentable<UInt8>>(_ type: Choice.Type) throws(DecodingFailure) -> Choice {
        guard let choice = Choice(rawValue: UInt8(try unsigned(max: 255))) else { throw failure(.outOfRange) }
        return choice
    }

    /// The rounding of a number.
    mutating func rounding() throws(DecodingFailure) -> Rounding {
        let code = try unsigned(max: 255)
        guard let rounding = Rounding.allCases.first(where: { $0.code == code }) else { throw failure(.outOfRange) }
        return rounding
    }
}

extension Rounding {
    /// Its number in terms (Specs/12).
    var code: UInt8 {
        switch self {
        case .towardZero: 1
        case .awayFromZero: 2
        case .floor: 3
        case .ceiling: 4
        case .halfEven: 5
        case .halfUp: 6
        case .halfDown: 7
        }
    }
}
