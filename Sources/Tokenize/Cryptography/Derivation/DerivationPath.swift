/// Which child of a key: a number below 2^31, ordinary or hardened (BIP-32).
public struct ChildIndex: Hashable, Sendable {
    static let hardenedBit: UInt32 = 0x8000_0000

    /// The 32-bit number that BIP-32 serialises; a hardened one is 2^31 or more.
    public let number: UInt32

    /// The child with this serialised number.
    public init(number: UInt32) { self.number = number }

    /// True if the child can be derived from the private key only.
    public var isHardened: Bool { number & ChildIndex.hardenedBit != 0 }
}

extension ChildIndex: CustomStringConvertible {
    /// The number, followed by `'` if hardened.
    public var description: String { "\(number & ~ChildIndex.hardenedBit)\(isHardened ? "'" : "")" }
}

/// The way from a key to a descendant, such as `m/44'/0'/7` (BIP-32).
public struct DerivationPath: Hashable, Sendable {
    /// Most steps: a key's depth is one byte.
    public static let stepCountMax = 255

    /// Children, nearest to the start first.
    public let steps: [ChildIndex]

    /// The path of these steps.
    ///
    /// - Throws: ``DerivationFailure/depthExceeded`` if there are more than ``stepCountMax``.
    public init(steps: [ChildIndex]) throws(DerivationFailure) {
        guard steps.count <= DerivationPath.stepCountMax else { throw .depthExceeded }
        self.steps = steps
    }

    /// The path that `text` spells: `m`, then `/` and a number for each step, with `'`, `h` or `H` if hardened.
    ///
    /// - Throws: ``DerivationFailure/malformedPath`` if it spells none; ``DerivationFailure/depthExceeded``.
    public init(_ text: String) throws(DerivationFailure) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.first.map({ $0.elementsEqual("m".utf8) }) ?? false else { throw .malformedPath }
        var steps: [ChildIndex] = []
        for part in parts.dropFirst() {
            let isHardened = part.last.map("'hH".utf8.contains) ?? false
            let digits = isHardened ? part.dropLast() : part
            // UInt32's own parser would admit a sign.
            guard digits.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = UInt32(String(decoding: digits, as: UTF8.self)), number < ChildIndex.hardenedBit
            else { throw .malformedPath }
            steps.append(ChildIndex(number: isHardened ? number | ChildIndex.hardenedBit : number))
        }
        try self.init(steps: steps)
    }
}

extension DerivationPath: CustomStringConvertible {
    /// `m`, then `/` and the number of each step, with `'` if hardened.
    public var description: String { (["m"] + steps.map(\.description)).joined(separator: "/") }
}
