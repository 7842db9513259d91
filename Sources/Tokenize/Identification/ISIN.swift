/// The number by which the world knows a security (ISO 6166): a prefix, nine letters or digits, and a check digit.
public struct ISIN: Hashable, Sendable {
    /// Characters in an ISIN.
    public static let characterCount = 12

    /// The twelve characters.
    public let text: String

    /// The ISIN that the text is: capital letters and digits only, without blanks.
    ///
    /// Throws ``IdentifierFailure/wrongLength(expected:)``, ``IdentifierFailure/malformedCharacter(at:)``,
    /// ``IdentifierFailure/unknownPrefix(_:)`` or ``IdentifierFailure/wrongCheckDigits``, the first that applies.
    public init(_ text: some StringProtocol) throws(IdentifierFailure) {
        let bytes = Array(text.utf8)
        try CharacterValue.require(bytes, count: ISIN.characterCount)
        let values = try CharacterValue.all(of: bytes)
        let prefix = String(text.prefix(2))
        guard ISIN.prefixes.contains(prefix) else { throw .unknownPrefix(prefix) }
        guard let last = values.last, last < 10 else { throw .malformedCharacter(at: ISIN.characterCount - 1) }
        guard ISIN.checkDigit(values.dropLast()) == last else { throw .wrongCheckDigits }
        self.text = String(text)
    }

    /// The country of the agency that numbered it, or another assigned prefix.
    public var prefix: String { String(text.prefix(2)) }
    /// The nine characters that the agency assigned.
    public var nationalNumber: String { String(text.dropFirst(2).dropLast()) }

    /// The check digit of the first eleven characters.
    public static func checkDigit(of body: some StringProtocol) throws(IdentifierFailure) -> Int {
        let bytes = Array(body.utf8)
        try CharacterValue.require(bytes, count: characterCount - 1)
        return checkDigit(try CharacterValue.all(of: bytes))
    }

    /// Double-add-double over the decimal digits of all values, the last digit doubled.
    private static func checkDigit(_ values: some Collection<Int>) -> Int {
        let digits = values.flatMap { $0 < 10 ? [$0] : [$0 / 10, $0 % 10] }
        let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
            let doubled = digit.offset % 2 == 0 ? digit.element * 2 : digit.element
            return sum + doubled / 10 + doubled % 10
        }
        return (10 - sum % 10) % 10
    }
}

extension ISIN: CustomStringConvertible {
    public var description: String { text }
}

extension ISIN {
    /// Country codes (ISO 3166-1 alpha-2, two withdrawn ones under which securities were numbered, and Kosovo's
    /// temporary one), and the prefixes that stand for no country: international securities, substitute agencies,
    /// temporary and internal numbers, the European Union.
    private static let prefixes = Set((countries + others).split(whereSeparator: \.isWhitespace).map(String.init))

    private static let others = " EU QS QT XA XB XC XD XF XK XS"

    private static let countries = """
        AD AE AF AG AI AL AM AN AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV
        BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CS CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES
        ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL
        IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC
        MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA
        PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS
        ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF
        WS YE YT ZA ZM ZW
        """
}
