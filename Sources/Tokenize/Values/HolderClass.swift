/// What kind of holder a party is; rules of an asset speak of classes, never of persons.
public enum HolderClass: UInt8, Hashable, Sendable, CaseIterable {
    /// The state and its bodies.
    case state = 1
    /// A natural person who is a citizen.
    case citizen = 2
    /// A legal person under domestic law.
    case domesticEntity = 3
    /// A natural person who is not a citizen.
    case foreignPerson = 4
    /// A legal person under foreign law.
    case foreignEntity = 5
    /// A licensed bank or dealer.
    case financialInstitution = 6
}

/// A set of holder classes.
public struct HolderClassSet: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The set of one class.
    public init(_ holderClass: HolderClass) { rawValue = 1 << UInt32(holderClass.rawValue) }

    /// The state and its bodies.
    public static let state = HolderClassSet(.state)
    /// Natural persons who are citizens.
    public static let citizen = HolderClassSet(.citizen)
    /// Legal persons under domestic law.
    public static let domesticEntity = HolderClassSet(.domesticEntity)
    /// Natural persons who are not citizens.
    public static let foreignPerson = HolderClassSet(.foreignPerson)
    /// Legal persons under foreign law.
    public static let foreignEntity = HolderClassSet(.foreignEntity)
    /// Licensed banks and dealers.
    public static let financialInstitution = HolderClassSet(.financialInstitution)
    /// Foreign persons and entities.
    public static let foreign: HolderClassSet = [.foreignPerson, .foreignEntity]
    /// Every class there is.
    public static let all = HolderClassSet(HolderClass.allCases.map { HolderClassSet($0) })
}
