/// A private key with descendants (BIP-32): from one seed, a key for every account and purpose.
///
/// It cannot be copied; its secret is locked and wiped like every ``SecretKey``. Whoever knows an ordinary child's
/// private key and the parent's extended public key can compute the parent's private key: hand out hardened children.
public struct ExtendedPrivateKey: ~Copyable, Sendable {
    /// Bytes in a seed.
    public static let seedByteCounts = 16...64

    private let secret: SecretKey
    private let header: ExtendedKeyHeader

    private init(secret: consuming SecretKey, header: ExtendedKeyHeader) {
        self.secret = secret
        self.header = header
    }

    /// The master key of a seed.
    ///
    /// The caller's copy of the seed is the caller's to wipe.
    /// - Throws: ``DerivationFailure/seedLength(found:)``; ``DerivationFailure/unusableSeed``.
    public init(seed: some Collection<UInt8>) throws(DerivationFailure) {
        var memory = SecretMemory(byteCount: max(1, min(seed.count, Self.seedByteCounts.upperBound)))
        guard Self.seedByteCounts.contains(seed.count) else { throw .seedLength(found: seed.count) }
        memory.withUnsafeMutableBytes { $0.copyBytes(from: seed) }
        try self.init(seed: memory)
    }

    /// The master key of a seed of the right length.
    init(seed: borrowing SecretMemory) throws(DerivationFailure) {
        var derived = SecretMemory(byteCount: HMACSHA512.byteCount)
        let hmac = Array("Bitcoin seed".utf8).withUnsafeBytes { HMACSHA512(key: $0) }
        derived.withUnsafeMutableBytes { output in
            seed.withUnsafeBytes { hmac.authenticate($0, into: output) }
        }
        do throws(KeyFailure) {
            secret = try SecretKey { key in
                derived.withUnsafeBytes { key.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<32])) }
            }
        } catch {
            throw .unusableSeed
        }
        header = .master(chainCode: derived.chainCode)
    }

    /// The key that an `xprv…` text holds.
    ///
    /// - Throws: ``DerivationFailure`` if it holds none.
    public init(_ text: String) throws(DerivationFailure) {
        var (header, key) = try ExtendedKeyHeader.parse(text, version: ExtendedKeyHeader.privateVersion)
        defer { key.withUnsafeMutableBytes { SecretMemory.wipe($0) } }
        // A private key is a zero byte and 32 bytes.
        guard key[0] == 0 else { throw .key(.wrongPrefix(key[0])) }
        do throws(KeyFailure) {
            secret = try SecretKey(bytes: key.dropFirst())
        } catch {
            throw .key(error)
        }
        self.header = header
    }

    /// A child.
    ///
    /// - Throws: ``DerivationFailure/depthExceeded``; ``DerivationFailure/noSuchChild(_:)``.
    public borrowing func child(_ index: ChildIndex) throws(DerivationFailure) -> ExtendedPrivateKey {
        let parent = try point()
        let derived = derive(index, parent: parent)
        let childHeader = try header.child(index, of: parent, chainCode: derived.chainCode)
        let childSecret: SecretKey
        do throws(KeyFailure) {
            childSecret = try secret.adding(derived)
        } catch {
            throw .noSuchChild(index)
        }
        return ExtendedPrivateKey(secret: childSecret, header: childHeader)
    }

    /// The descendant at the end of a path.
    ///
    /// - Throws: What ``child(_:)`` throws.
    public consuming func descendant(_ path: DerivationPath) throws(DerivationFailure) -> ExtendedPrivateKey {
        var key = self
        for step in path.steps {
            let child = try key.child(step)
            key = child
        }
        return key
    }

    /// The extended public key: it derives the public keys of all ordinary descendants.
    ///
    /// - Throws: Never for a key that could be made; the type cannot say so.
    public borrowing func publicKey() throws(DerivationFailure) -> ExtendedPublicKey {
        ExtendedPublicKey(publicKey: try point(), header: header)
    }

    /// The secret key itself, to sign with.
    public consuming func secretKey() -> SecretKey { secret }

    /// The `xprv…` text. It is the secret: it leaves the locked memory, and the caller keeps it safe.
    public borrowing func exportedText() -> String {
        var key: [UInt8] = [0]
        key.reserveCapacity(1 + SecretKey.byteCount)
        secret.withUnsafeBytes { key.append(contentsOf: $0) }
        defer { key.withUnsafeMutableBytes { SecretMemory.wipe($0) } }
        return header.text(version: ExtendedKeyHeader.privateVersion, key: key)
    }

    private borrowing func point() throws(DerivationFailure) -> PublicKey {
        do throws(KeyFailure) {
            return try secret.publicKey(.ecdsaSecp256k1)
        } catch {
            throw .key(error)
        }
    }

    /// HMAC of the parent's key, private for a hardened child and public for another, and the index.
    private borrowing func derive(_ index: ChildIndex, parent: PublicKey) -> SecretMemory {
        guard index.isHardened else { return header.derive(index, parent: parent) }
        var message = SecretMemory(byteCount: 33 + 4)
        message.withUnsafeMutableBytes { buffer in
            secret.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: buffer[1..<33]).copyMemory(from: $0)
            }
            buffer.storeBytes(of: index.number.bigEndian, toByteOffset: 33, as: UInt32.self)
        }
        return header.derive(message)
    }
}

extension ExtendedKeyHeader {
    /// The 64 bytes that make an ordinary child of the key with this header.
    func derive(_ index: ChildIndex, parent: PublicKey) -> SecretMemory {
        var message = SecretMemory(byteCount: 33 + 4)
        message.withUnsafeMutableBytes { buffer in
            parent.withUnsafeBytes { buffer.copyMemory(from: $0) }
            buffer.storeBytes(of: index.number.bigEndian, toByteOffset: 33, as: UInt32.self)
        }
        return derive(message)
    }

    fileprivate func derive(_ message: borrowing SecretMemory) -> SecretMemory {
        var derived = SecretMemory(byteCount: HMACSHA512.byteCount)
        let hmac = chainCode.withUnsafeBytes { HMACSHA512(key: $0) }
        derived.withUnsafeMutableBytes { output in
            message.withUnsafeBytes { hmac.authenticate($0, into: output) }
        }
        return derived
    }
}

extension SecretMemory {
    /// The right half of 64 derived bytes: the child's chain code. The left half is what is added to the key.
    var chainCode: Digest {
        withUnsafeBytes { Digest(loading: UnsafeRawBufferPointer(rebasing: $0[32..<64])) }
    }
}
