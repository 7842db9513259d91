import CSecp256k1

/// A public key with descendants (BIP-32): it derives the public keys of ordinary children, without any secret.
///
/// A custodian can give an auditor this key, and the auditor finds every account's key. It is not for the public: with
/// it and one ordinary child's private key the parent's private key can be computed.
public struct ExtendedPublicKey: Hashable, Sendable {
    /// The key itself, an ECDSA key.
    public let publicKey: PublicKey
    private let header: ExtendedKeyHeader

    init(publicKey: PublicKey, header: ExtendedKeyHeader) {
        self.publicKey = publicKey
        self.header = header
    }

    /// The key that an `xpub…` text holds.
    ///
    /// - Throws: ``DerivationFailure`` if it holds none.
    public init(_ text: String) throws(DerivationFailure) {
        let (header, key) = try ExtendedKeyHeader.parse(text, version: ExtendedKeyHeader.publicVersion)
        do throws(KeyFailure) {
            publicKey = try PublicKey(algorithm: .ecdsaSecp256k1, bytes: key)
        } catch {
            throw .key(error)
        }
        self.header = header
    }

    /// An ordinary child.
    ///
    /// - Throws: ``DerivationFailure/hardenedChildOfPublicKey(_:)``; ``DerivationFailure/depthExceeded``;
    ///   ``DerivationFailure/noSuchChild(_:)``.
    public func child(_ index: ChildIndex) throws(DerivationFailure) -> ExtendedPublicKey {
        guard !index.isHardened else { throw .hardenedChildOfPublicKey(index) }
        let derived = header.derive(index, parent: publicKey)
        let childHeader = try header.child(index, of: publicKey, chainCode: derived.chainCode)
        do throws(KeyFailure) {
            let childKey = try derived.withUnsafeBytes { (tweak) throws(KeyFailure) in
                try publicKey.adding(tweak)
            }
            return ExtendedPublicKey(publicKey: childKey, header: childHeader)
        } catch {
            throw .noSuchChild(index)
        }
    }

    /// The descendant at the end of a path.
    ///
    /// - Throws: What ``child(_:)`` throws.
    public func descendant(_ path: DerivationPath) throws(DerivationFailure) -> ExtendedPublicKey {
        var key = self
        for step in path.steps { key = try key.child(step) }
        return key
    }

    /// The `xpub…` text.
    public var text: String { header.text(version: ExtendedKeyHeader.publicVersion, key: publicKey.bytes) }
}

extension ExtendedPublicKey: CustomStringConvertible {
    /// The `xpub…` text.
    public var description: String { text }
}

extension PublicKey {
    /// The point plus `tweak` times the generator, an ECDSA key; `tweak` is the first 32 bytes of the buffer.
    ///
    /// - Throws: ``KeyFailure/secretOutOfRange`` if the tweak is not below the order or the sum is no point.
    fileprivate func adding(_ tweak: UnsafeRawBufferPointer) throws(KeyFailure) -> PublicKey {
        let parsed = try ParsedPublicKey(self)
        var sum = secp256k1_pubkey()
        parsed.point.withUnsafeBytes { sum = $0.load(as: secp256k1_pubkey.self) }
        guard secp256k1_ec_pubkey_tweak_add(Secp256k1.context, &sum, tweak.octets) == 1 else {
            throw .secretOutOfRange
        }
        return try PublicKey(compressing: &sum)
    }
}
