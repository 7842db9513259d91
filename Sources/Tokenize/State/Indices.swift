/// Position of a party in order of registration.
public struct PartyIndex: Hashable, Sendable, Comparable {
    /// Counted from 0.
    public let value: UInt32
    init(_ value: UInt32) { self.value = value }
    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

/// Position of an account in order of opening; breaks ties in distributions.
public struct AccountIndex: Hashable, Sendable, Comparable {
    /// Counted from 0.
    public let value: UInt32
    @inline(__always) init(_ value: UInt32) { self.value = value }
    @inline(__always) var offset: Int { Int(value) }
    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

/// Position of an asset in order of creation.
public struct AssetIndex: Hashable, Sendable, Comparable {
    /// Counted from 0.
    public let value: UInt32
    @inline(__always) init(_ value: UInt32) { self.value = value }
    @inline(__always) var offset: Int { Int(value) }
    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

/// Names a holding by dense indices.
struct HoldingAddress: Hashable, Sendable {
    let asset: AssetIndex
    let account: AccountIndex
    let partition: Partition
}
