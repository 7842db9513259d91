/// The class of a financial instrument (ISO 10962): six letters for category, group and four attributes.
///
/// The category of debt instruments, `D`, is known here: the one whose securities a state issues as bonds and bills.
public struct CFI: Hashable, Sendable {
    /// Letters in a classification.
    public static let characterCount = 6

    /// One of the four attributes, as the standard names it.
    public struct Attribute: Hashable, Sendable {
        /// What the attribute is about.
        public let name: String
        /// What it says.
        public let value: String
    }

    /// The six letters.
    public let text: String
    /// The category's name.
    public let category: String
    /// The group's name.
    public let group: String
    /// The attributes that apply and are known, in order; a letter `X` says nothing.
    public let attributes: [Attribute]

    /// The classification that the text is: six capital letters.
    ///
    /// Throws ``IdentifierFailure/wrongLength(expected:)``, ``IdentifierFailure/malformedCharacter(at:)``,
    /// ``IdentifierFailure/unknownCategory(_:)``, ``IdentifierFailure/unknownGroup(_:)`` or
    /// ``IdentifierFailure/unknownAttribute(_:_:)``, the first that applies.
    public init(_ text: some StringProtocol) throws(IdentifierFailure) {
        let bytes = Array(text.utf8)
        try CharacterValue.require(bytes, count: CFI.characterCount)
        for (index, byte) in bytes.enumerated() where !(0x41...0x5A).contains(byte) {
            throw .malformedCharacter(at: index)
        }
        let letters = Array(text)
        guard letters[0] == DebtClasses.letter else { throw .unknownCategory(letters[0]) }
        guard let group = DebtClasses.groups[letters[1]] else { throw .unknownGroup(letters[1]) }
        var attributes: [Attribute] = []
        for (index, attribute) in group.attributes.enumerated() where letters[index + 2] != "X" {
            guard let attribute, let value = attribute.values[letters[index + 2]] else {
                throw .unknownAttribute(index + 1, letters[index + 2])
            }
            attributes.append(Attribute(name: attribute.name, value: value))
        }
        self.text = String(text)
        category = DebtClasses.name
        self.group = group.name
        self.attributes = attributes
    }
}

extension CFI: CustomStringConvertible {
    public var description: String { text }
}
