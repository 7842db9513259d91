/// Why a text is not an identifier of the market.
public enum IdentifierFailure: Error, Hashable, Sendable {
    /// The text does not have this many characters: those of the identifier, or the most that it may have.
    case wrongLength(expected: Int)
    /// A character that may not stand at this place, counted from 0.
    case malformedCharacter(at: Int)
    /// An ISIN whose first two letters are no country and no other prefix that is assigned (ISO 6166).
    case unknownPrefix(String)
    /// The check digits do not fit the rest.
    case wrongCheckDigits
    /// A classification whose category is not among those that are known here.
    case unknownCategory(Character)
    /// A classification whose group is not one of its category.
    case unknownGroup(Character)
    /// A classification whose attribute 1 ... 4 has a letter that its group does not have there.
    case unknownAttribute(Int, Character)
    /// A short name without exactly one `/` between issuer and description, or with one of them empty.
    case malformedShortName
}
