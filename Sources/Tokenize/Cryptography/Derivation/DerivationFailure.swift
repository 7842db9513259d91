/// Why a key cannot be derived or read.
public enum DerivationFailure: Error, Hashable, Sendable {
    /// A seed has 16 to 64 bytes.
    case seedLength(found: Int)
    /// The seed gives no key; BIP-32 asks for another seed. Its probability is below 2^-127.
    case unusableSeed
    /// This child does not exist; BIP-32 asks for the next index. Its probability is below 2^-127.
    case noSuchChild(ChildIndex)
    /// A hardened child needs the private key.
    case hardenedChildOfPublicKey(ChildIndex)
    /// A key has at most 255 ancestors.
    case depthExceeded
    /// A path is `m` or `m/` and numbers below 2^31, each followed by `'`, `h` or `H` if hardened, separated by `/`.
    case malformedPath
    /// Not Base58Check of 78 bytes.
    case malformedText
    /// The four bytes of the version belong to no key of this kind (main-net `xprv` and `xpub` only).
    case unknownVersion(UInt32)
    /// A master key has neither a parent nor an index.
    case masterKeyWithParent
    /// The text holds no key.
    case key(KeyFailure)
}
