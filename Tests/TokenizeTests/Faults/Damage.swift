@testable import TokenizeSQLite

/// Something that happens to a store's bytes.
enum Damage: Sendable, CustomStringConvertible {
    case flip(StoreCrash.File, byte: Int, bit: Int)
    /// Several bits, at random places of one file.
    case flips(StoreCrash.File, [Int])
    case cut(StoreCrash.File, byteCount: Int)
    /// Two pages of the database, or two frames of the write-ahead log.
    case swap(StoreCrash.File, Int, Int)
    /// A page, frame or slot as it was in an older copy.
    case stale(StoreCrash.File, part: Int, copy: Int)
    /// A part of the file zeroed, as by a device that lost it.
    case zero(StoreCrash.File, part: Int)
    /// The whole file as it was in an older copy.
    case older(StoreCrash.File, copy: Int)
    /// The database and its write-ahead log as they were together.
    case olderDatabase(copy: Int)

    var description: String {
        switch self {
        case .flip(let file, let byte, let bit): "\(file): bit \(bit) of byte \(byte)"
        case .flips(let file, let places): "\(file): bits \(places)"
        case .cut(let file, let count): "\(file): cut to \(count)"
        case .swap(let file, let first, let second): "\(file): parts \(first) and \(second) swapped"
        case .stale(let file, let part, let copy): "\(file): part \(part) of copy \(copy)"
        case .zero(let file, let part): "\(file): part \(part) zeroed"
        case .older(let file, let copy): "\(file): copy \(copy)"
        case .olderDatabase(let copy): "database and log: copy \(copy)"
        }
    }

    /// Something that can happen to `subject`.
    static func random(_ subject: DamageSubject, _ random: inout SplitMix) -> Damage {
        let files = StoreCrash.File.allCases.filter { subject.crash.files[$0]?.isEmpty == false }
        let file = files.randomElement(using: &random) ?? .database
        let count = subject.crash.files[file]?.count ?? 1
        let parts = max(1, count / file.partByteCount)
        let copy = Int.random(in: subject.older.indices, using: &random)
        switch Int.random(in: 0..<16, using: &random) {
        case 0..<6:
            return .flip(
                file,
                byte: Int.random(in: 0..<count, using: &random),
                bit: Int.random(in: 0..<8, using: &random)
            )
        case 6:
            let places = (0..<Int.random(in: 2...40, using: &random)).map { _ in
                Int.random(in: 0..<count * 8, using: &random)
            }
            return .flips(file, places)
        case 7...8: return .cut(file, byteCount: Int.random(in: 0..<count, using: &random))
        case 9...10:
            // Two different ones; the mark's slots are too few to say anything.
            let swappable = [StoreCrash.File.database, .writeAheadLog].compactMap { file in
                let parts = file.partCount(of: subject.crash.files[file] ?? [])
                return parts > 1 ? (file: file, parts: parts) : nil
            }
            guard let swapped = swappable.randomElement(using: &random) else { return .zero(file, part: 0) }
            let first = Int.random(in: 0..<swapped.parts, using: &random)
            let distance = Int.random(in: 1..<swapped.parts, using: &random)
            return .swap(swapped.file, first, (first + distance) % swapped.parts)
        case 11...12: return .stale(file, part: Int.random(in: 0..<parts, using: &random), copy: copy)
        case 13: return .zero(file, part: Int.random(in: 0..<parts, using: &random))
        case 14: return .older(file, copy: copy)
        default: return .olderDatabase(copy: copy)
        }
    }

    /// The files after it.
    func applied(to subject: DamageSubject) -> StoreCrash {
        var crash = subject.crash
        switch self {
        case .flip(let file, let byte, let bit): crash.files[file]?[byte] ^= 1 << UInt8(bit)
        case .flips(let file, let places):
            for place in places { crash.files[file]?[place / 8] ^= 1 << UInt8(place % 8) }
        case .cut(let file, let count): crash.files[file]?.removeSubrange(count...)
        case .swap(let file, let first, let second):
            guard let bytes = crash.files[file] else { break }
            let (one, other) = (file.part(first, of: bytes), file.part(second, of: bytes))
            crash.files[file]?.replaceSubrange(one, with: bytes[other])
            crash.files[file]?.replaceSubrange(other, with: bytes[one])
        case .stale(let file, let part, let copy):
            guard let bytes = crash.files[file], let old = subject.older[copy].files[file] else { break }
            let range = file.part(part, of: bytes)
            if range.upperBound <= old.count { crash.files[file]?.replaceSubrange(range, with: old[range]) }
        case .zero(let file, let part):
            guard let bytes = crash.files[file] else { break }
            let range = file.part(part, of: bytes)
            crash.files[file]?.replaceSubrange(range, with: [UInt8](repeating: 0, count: range.count))
        case .older(let file, let copy): crash.files[file] = subject.older[copy].files[file]
        case .olderDatabase(let copy):
            for file in [StoreCrash.File.database, .writeAheadLog] {
                crash.files[file] = subject.older[copy].files[file]
            }
        }
        return crash
    }
}

extension StoreCrash.File {
    /// Bytes of what is written as one: a page, a page with a frame's header, a slot.
    var partByteCount: Int {
        switch self {
        case .database: DamageSubject.options.log.pageByteCount
        case .writeAheadLog: DamageSubject.options.log.pageByteCount + 24
        case .mark: DurableMark.slotByteCount
        }
    }

    /// Bytes before the first part: a write-ahead log has a header of its own.
    private var headByteCount: Int { self == .writeAheadLog ? 32 : 0 }

    /// Whole parts of a file.
    func partCount(of bytes: [UInt8]) -> Int { max(0, bytes.count - headByteCount) / partByteCount }

    /// Where a part lies.
    func part(_ number: Int, of bytes: [UInt8]) -> Range<Int> {
        let start = min(bytes.count, headByteCount + number * partByteCount)
        return start..<min(bytes.count, start + partByteCount)
    }
}
