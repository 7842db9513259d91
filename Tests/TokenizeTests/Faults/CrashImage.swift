/// What a folder holds after a crash: the files' names and bytes.
struct CrashImage: Sendable {
    var files: [String: [UInt8]] = [:]
}

/// How a crash treats what was not synced.
struct CrashManner: Sendable, CustomStringConvertible {
    /// Bytes that a device writes wholly or not at all.
    let sectorByteCount: Int
    /// Of a hundred sectors, those that are kept.
    let keptPercent: Int

    var description: String { "\(keptPercent) % of sectors of \(sectorByteCount) bytes" }

    static func random(_ random: inout SplitMix) -> CrashManner {
        CrashManner(
            sectorByteCount: Bool.random(using: &random) ? 512 : 4096,
            keptPercent: [0, 10, 50, 50, 50, 90, 99, 100][Int.random(in: 0..<8, using: &random)]
        )
    }
}

/// A device in the middle of what is done to it: what it has for certain, and what it may or may not have yet.
struct CrashDevice {
    private enum Change {
        case write(offset: Int, bytes: [UInt8])
        case truncate(byteCount: Int)
    }

    private enum NameChange {
        case create(CrashDisk.FileNumber, name: String)
        case remove(name: String)
        case rename(from: String, to: String)
    }

    private var durable: [CrashDisk.FileNumber: [UInt8]] = [:]
    private var pending: [CrashDisk.FileNumber: [Change]] = [:]
    private var names: [String: CrashDisk.FileNumber] = [:]
    private var pendingNames: [NameChange] = []
    /// Entries that were acknowledged so far.
    private(set) var acknowledged: UInt64 = 0

    init(_ start: CrashImage) {
        for (number, name) in start.files.keys.sorted().enumerated() {
            durable[number] = start.files[name]
            names[name] = number
        }
    }

    mutating func apply(_ event: CrashDisk.Event) {
        switch event {
        case .write(let file, let offset, let bytes):
            pending[file, default: []].append(.write(offset: offset, bytes: bytes))
        case .truncate(let file, let byteCount):
            pending[file, default: []].append(.truncate(byteCount: byteCount))
        case .synchronize(let file):
            for change in pending.removeValue(forKey: file) ?? [] {
                Self.apply(change, to: &durable[file, default: []])
            }
        case .create(let file, let name): pendingNames.append(.create(file, name: name))
        case .remove(let name): pendingNames.append(.remove(name: name))
        case .rename(let from, let to): pendingNames.append(.rename(from: from, to: to))
        case .synchronizeNames:
            for change in pendingNames { Self.apply(change, to: &names) }
            pendingNames = []
        case .acknowledge(let count): acknowledged = count
        }
    }

    /// What is left after a crash now.
    func crash(_ manner: CrashManner, _ random: inout SplitMix) -> CrashImage {
        var image = CrashImage()
        for (name, file) in keptNames(manner, &random).sorted(by: { $0.key < $1.key }) {
            image.files[name] = keptContent(of: file, manner, &random)
        }
        return image
    }

    private func keptContent(
        of file: CrashDisk.FileNumber,
        _ manner: CrashManner,
        _ random: inout SplitMix
    ) -> [UInt8] {
        var content = durable[file] ?? []
        for change in pending[file] ?? [] {
            switch change {
            case .truncate:
                if Self.isKept(manner, &random) { Self.apply(change, to: &content) }
            case .write(let offset, let bytes):
                var start = 0
                while start < bytes.count {
                    let sectorEnd = ((offset + start) / manner.sectorByteCount + 1) * manner.sectorByteCount - offset
                    let end = min(bytes.count, sectorEnd)
                    if Self.isKept(manner, &random) {
                        Self.write(bytes[start..<end], at: offset + start, to: &content)
                    }
                    start = end
                }
            }
        }
        return content
    }

    /// Names after some of the changes; none comes without those before it that touched the same names.
    private func keptNames(_ manner: CrashManner, _ random: inout SplitMix) -> [String: CrashDisk.FileNumber] {
        var kept = names
        var blocked: Set<String> = []
        for change in pendingNames {
            let touched: [String] =
                switch change {
                case .create(_, let name), .remove(let name): [name]
                case .rename(let from, let to): [from, to]
                }
            if blocked.isDisjoint(with: touched), Self.isKept(manner, &random) {
                Self.apply(change, to: &kept)
            } else {
                blocked.formUnion(touched)
            }
        }
        return kept
    }

    private static func isKept(_ manner: CrashManner, _ random: inout SplitMix) -> Bool {
        Int.random(in: 0..<100, using: &random) < manner.keptPercent
    }

    private static func apply(_ change: NameChange, to names: inout [String: CrashDisk.FileNumber]) {
        switch change {
        case .create(let file, let name): names[name] = file
        case .remove(let name): names[name] = nil
        case .rename(let from, let to): names[to] = names.removeValue(forKey: from)
        }
    }

    private static func apply(_ change: Change, to content: inout [UInt8]) {
        switch change {
        case .write(let offset, let bytes): write(bytes[...], at: offset, to: &content)
        case .truncate(let byteCount):
            if byteCount < content.count {
                content.removeSubrange(byteCount...)
            } else {
                content += [UInt8](repeating: 0, count: byteCount - content.count)
            }
        }
    }

    private static func write(_ bytes: ArraySlice<UInt8>, at offset: Int, to content: inout [UInt8]) {
        let end = offset + bytes.count
        if content.count < end { content += [UInt8](repeating: 0, count: end - content.count) }
        content.withUnsafeMutableBytes { target in
            bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: target[offset..<end]).copyMemory(from: $0) }
        }
    }
}
