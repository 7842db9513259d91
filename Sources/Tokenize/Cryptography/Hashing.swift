import Crypto

/// SHA-256 over bytes in memory (FIPS 180-4).
enum Hashing {
    /// SHA-256 of one buffer.
    @inline(__always)
    static func sha256(_ buffer: UnsafeRawBufferPointer) -> Digest {
        var hasher = SHA256()
        hasher.update(bufferPointer: buffer)
        return hasher.finalize().withUnsafeBytes { Digest(loading: $0) }
    }

    /// SHA-256 of an array.
    static func sha256(_ bytes: [UInt8]) -> Digest {
        bytes.withUnsafeBytes { sha256($0) }
    }

    /// SHA-256 of a prefix byte and two digests: the inner node of every Merkle tree here (65 bytes, one update).
    @inline(__always)
    static func node(prefix: UInt8, _ left: Digest, _ right: Digest) -> Digest {
        withUnsafeTemporaryAllocation(byteCount: 65, alignment: 8) { buffer in
            buffer[0] = prefix
            buffer.storeBytes(of: left, toByteOffset: 1, as: Digest.self)
            buffer.storeBytes(of: right, toByteOffset: 33, as: Digest.self)
            return sha256(UnsafeRawBufferPointer(buffer))
        }
    }

    /// SHA-256 of a prefix byte and one buffer.
    static func prefixed(_ prefix: UInt8, _ buffer: UnsafeRawBufferPointer) -> Digest {
        withUnsafeTemporaryAllocation(byteCount: buffer.count + 1, alignment: 8) { joined in
            joined[0] = prefix
            if buffer.count > 0 {
                UnsafeMutableRawBufferPointer(rebasing: joined[1...]).copyMemory(from: buffer)
            }
            return sha256(UnsafeRawBufferPointer(joined))
        }
    }
}

/// A hash with a domain of its own: `SHA256(SHA256(tag) || SHA256(tag) || message)`, as BIP-340 defines it.
///
/// The 64-byte prefix is one compression block, done once for each tag.
struct TaggedHash: Sendable {
    private let primed: SHA256

    init(tag: String) {
        let digest = Hashing.sha256(Array(tag.utf8))
        var hasher = SHA256()
        digest.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        digest.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        primed = hasher
    }

    /// The tagged hash of one buffer.
    @inline(__always)
    func hash(_ buffer: UnsafeRawBufferPointer) -> Digest {
        var hasher = primed
        hasher.update(bufferPointer: buffer)
        return hasher.finalize().withUnsafeBytes { Digest(loading: $0) }
    }

    /// The tagged hash of an array.
    func hash(_ bytes: [UInt8]) -> Digest {
        bytes.withUnsafeBytes { hash($0) }
    }
}

/// SHA-256 of bytes that come in parts.
struct RunningHash: Sendable {
    private var hasher = SHA256()

    /// Takes in the next bytes.
    mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) } }

    /// The digest of what was taken in so far.
    var digest: Digest { hasher.finalize().withUnsafeBytes { Digest(loading: $0) } }
}
