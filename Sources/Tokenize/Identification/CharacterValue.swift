/// The values of characters in check digits: 0 ... 9 for digits, 10 ... 35 for capital letters (ISO 6166, ISO 7064).
enum CharacterValue {
    /// The value, or nil for anything but a digit or a capital letter of ASCII.
    static func of(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte) - 0x30
        case 0x41...0x5A: Int(byte) - 0x41 + 10
        default: nil
        }
    }

    /// The values of all bytes.
    static func all(of bytes: some Collection<UInt8>) throws(IdentifierFailure) -> [Int] {
        var values: [Int] = []
        for (index, byte) in bytes.enumerated() {
            guard let value = of(byte) else { throw .malformedCharacter(at: index) }
            values.append(value)
        }
        return values
    }

    /// Refuses bytes that are not of this many.
    static func require(_ bytes: [UInt8], count: Int) throws(IdentifierFailure) {
        guard bytes.count == count else { throw .wrongLength(expected: count) }
    }
}
