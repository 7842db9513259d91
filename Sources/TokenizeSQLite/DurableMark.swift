import Tokenize

import struct Crypto.SHA256

/// What the mark says: the log had `entryCount` entries and the root `logRoot`, durably.
///
/// A database that lost its tail looks valid to SQLite, so this is kept outside it. See `Specs/08-storage.md`.
struct DurableMark: Hashable {
    /// Bytes in a slot: a whole page of any common device, so that a torn write spoils one slot only.
    static let slotByteCount = 4096
    /// Bytes that name a store.
    static let identityByteCount = 16

    private static let magic = Array("tokenize mark 1\n".utf8)
    private static let digestOffset = slotByteCount - Digest.byteCount

    /// The store that the mark belongs to.
    let identity: [UInt8]
    /// Counts the marks written; the slot is its lowest bit.
    let generation: UInt64
    /// Entries acknowledged, or about to be.
    let entryCount: UInt64
    /// Root of the log over them; zero for none.
    let logRoot: Digest

    /// Where in the file this mark's slot begins.
    var offset: Int { Int(generation & 1) * Self.slotByteCount }

    /// The slot's 4,096 bytes.
    var slot: [UInt8] {
        var bytes = Self.magic + identity
        bytes.reserveCapacity(Self.slotByteCount)
        bytes.append(bigEndian: generation)
        bytes.append(bigEndian: entryCount)
        bytes += logRoot.bytes
        bytes += [UInt8](repeating: 0, count: Self.digestOffset - bytes.count)
        bytes += Array(SHA256.hash(data: bytes))
        return bytes
    }
}

extension DurableMark {
    /// The mark that a slot holds, or nil if its bytes are not those of a mark.
    init?(slot: some Collection<UInt8>) {
        let bytes = Array(slot)
        guard bytes.count == Self.slotByteCount, bytes.starts(with: Self.magic) else { return nil }
        let identityEnd = Self.magic.count + Self.identityByteCount
        guard let root = Digest(bytes[(identityEnd + 16)..<(identityEnd + 48)]) else { return nil }
        identity = Array(bytes[Self.magic.count..<identityEnd])
        generation = UInt64(bigEndian: bytes[identityEnd..<(identityEnd + 8)])
        entryCount = UInt64(bigEndian: bytes[(identityEnd + 8)..<(identityEnd + 16)])
        logRoot = root
        // One form for each mark: the slot is what this mark would write, padding and digest included.
        guard self.slot == bytes else { return nil }
    }

    /// The valid mark of greatest generation in a mark file's bytes, or nil if there is none.
    static func latest(in bytes: [UInt8]) -> DurableMark? {
        let slots = stride(from: 0, to: 2 * slotByteCount, by: slotByteCount).compactMap { start -> DurableMark? in
            guard bytes.count >= start + slotByteCount else { return nil }
            guard let mark = DurableMark(slot: bytes[start..<(start + slotByteCount)]) else { return nil }
            return mark.offset == start ? mark : nil
        }
        return slots.max { $0.generation < $1.generation }
    }
}

extension [UInt8] {
    /// Appends eight bytes, most significant first.
    mutating func append(bigEndian value: UInt64) {
        for shift in stride(from: 56, through: 0, by: -8) { append(UInt8(truncatingIfNeeded: value >> UInt64(shift))) }
    }
}

extension UInt64 {
    /// The number that at most eight bytes spell, most significant first.
    fileprivate init(bigEndian bytes: some Sequence<UInt8>) {
        self = bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
