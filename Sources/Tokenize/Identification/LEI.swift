/// The number of a legal entity (ISO 17442): eighteen letters or digits and two check digits.
public struct LEI: Hashable, Sendable {
    /// Characters in an LEI.
    public static let characterCount = 20

    /// The twenty characters.
    public let text: String

    /// The LEI that the text is: capital letters and digits only, without blanks.
    ///
    /// Throws ``IdentifierFailure/wrongLength(expected:)``, ``IdentifierFailure/malformedCharacter(at:)`` or
    /// ``IdentifierFailure/wrongCheckDigits``, the first that applies.
    public init(_ text: some StringProtocol) throws(IdentifierFailure) {
        let bytes = Array(text.utf8)
        try CharacterValue.require(bytes, count: LEI.characterCount)
        let values = try CharacterValue.all(of: bytes)
        for index in (LEI.characterCount - 2)..<LEI.characterCount where values[index] > 9 {
            throw .malformedCharacter(at: index)
        }
        // ISO 7064, MOD 97-10: the number that all characters spell leaves 1. 97 itself leaves 0, so that no check
        // digits are 00, 01 or 99.
        let checkDigits = values[LEI.characterCount - 2] * 10 + values[LEI.characterCount - 1]
        guard LEI.remainder(values) == 1, (2...98).contains(checkDigits) else { throw .wrongCheckDigits }
        self.text = String(text)
    }

    /// The two check digits of the first eighteen characters, 02 ... 98.
    public static func checkDigits(of body: some StringProtocol) throws(IdentifierFailure) -> Int {
        let bytes = Array(body.utf8)
        try CharacterValue.require(bytes, count: characterCount - 2)
        return 98 - remainder(try CharacterValue.all(of: bytes) + [0, 0])
    }

    /// The remainder by 97 of the number that the values spell, two digits for a letter.
    private static func remainder(_ values: [Int]) -> Int {
        values.reduce(0) { ($0 * ($1 < 10 ? 10 : 100) + $1) % 97 }
    }
}

extension LEI: CustomStringConvertible {
    public var description: String { text }
}
