/// The short name of a security (ISO 18774): issuer and description, such as `LAO PDR/6.9 BD 20280630`.
public struct FISN: Hashable, Sendable {
    /// Characters in the whole name.
    public static let characterCountMax = 35
    /// Characters in the issuer's part.
    public static let issuerCharacterCountMax = 15
    /// Characters in the description.
    public static let descriptionCharacterCountMax = 19

    /// The whole name.
    public let text: String
    /// Who issues, before the slash.
    public let issuer: String
    /// What is issued, after the slash.
    public let instrument: String

    /// The short name that the text is: capital letters, digits, blanks within, and ASCII punctuation but no second
    /// slash.
    ///
    /// Throws ``IdentifierFailure/malformedCharacter(at:)``, ``IdentifierFailure/malformedShortName`` or
    /// ``IdentifierFailure/wrongLength(expected:)`` with the greatest length of the part, the first that applies.
    public init(_ text: some StringProtocol) throws(IdentifierFailure) {
        for (index, byte) in text.utf8.enumerated() where !(0x20...0x7E).contains(byte) || (0x61...0x7A).contains(byte)
        {
            throw .malformedCharacter(at: index)
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.first != " " && $0.last != " " }) else {
            throw .malformedShortName
        }
        guard parts[0].utf8.count <= FISN.issuerCharacterCountMax else {
            throw .wrongLength(expected: FISN.issuerCharacterCountMax)
        }
        guard parts[1].utf8.count <= FISN.descriptionCharacterCountMax else {
            throw .wrongLength(expected: FISN.descriptionCharacterCountMax)
        }
        self.text = String(text)
        issuer = String(parts[0])
        instrument = String(parts[1])
    }
}

extension FISN: CustomStringConvertible {
    public var description: String { text }
}
