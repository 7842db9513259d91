import Tokenize

/// The records of the state, read off the rows of a snapshot (8.7.1) and put under their keys (6.6, 13.11, 14.6, 15.7).
///
/// The state root must be that over these records: so every record that a ledger begins with again is committed to, and
/// every record that is committed to is there when it begins again.
struct ModelDump {
    private var leaves: [(key: [UInt8], record: [UInt8])] = []
    // Rows name parties, accounts and assets by their place.
    private var parties: [[UInt8]] = []
    private var accounts: [[UInt8]] = []
    private var assets: [[UInt8]] = []
    /// The row of the ledger itself; its leaf counts what comes after it.
    private var ledger: [[UInt8]] = []

    /// - Parameter rows: all rows but the seal, in their order.
    init(rows: [[UInt8]]) throws {
        for row in rows {
            let items = try ModelItems.split(row)
            guard let kind = items.first.flatMap({ ModelItems.number($0) }) else {
                throw AuditFailure(reason: "a row has no kind")
            }
            try add(kind, Array(items.dropFirst()))
        }
        guard ledger.count == 10 else { throw AuditFailure(reason: "a snapshot has no row of the ledger") }
        let counts = [parties.count, accounts.count, assets.count].map { ModelCode.number(UInt64($0)) }
        // Version, name and disclosure commitment are no part of the record.
        let record = [ledger[1], ledger[3]] + ledger[5...9] + counts
        add([0], ModelCode.array(record))
    }

    func root(secret: [UInt8]) -> Digest { ModelHash.digest(ModelTree.root(of: leaves, secret: secret)) }

    private mutating func add(_ kind: UInt64, _ row: [[UInt8]]) throws {
        switch (kind, row.count) {
        case (0, 10): ledger = row
        case (1, 2):
            add([1], row[0], ModelCode.array([ModelCode.number(UInt64(parties.count)), row[1]]))
            parties.append(row[0])
        case (2, 5):
            let party = try Self.named(row[2], of: parties)
            add([2], row[0], ModelCode.array([ModelCode.number(UInt64(accounts.count)), row[1], party, row[3]]))
            addLane(row[0], ModelCode.number(0), row[4])
            accounts.append(row[0])
        case (3, 3): addLane(try account(row[0]), row[1], row[2])
        case (4, 11):
            let digests = try row[3...4].map { ModelCode.bytes(ModelHash.sha256(try ModelItems.content($0))) }
            let index = ModelCode.number(UInt64(assets.count))
            add([4], row[0], ModelCode.array([index, row[1], row[2]] + digests + row[5...10]))
            add([7], ModelCode.bytes(row[1]), row[0])
            assets.append(row[0])
        case (5, 4): add([5], try asset(row[0]), try account(row[1]), row[2], row[3])
        case (6, 3):
            let members = try ModelItems.split(row[2]).map { try account($0) }
            add([6], ModelCode.bytes(row[0]), ModelCode.array([row[1], ModelCode.array(members)]))
        case (7, 2): add([8], try asset(row[0]), row[1], ModelCode.truth(true))
        case (20...28, _): try addService(kind, row)
        case (30...35, 2), (40...49, 2): add([kind], row[0], row[1])
        default: throw AuditFailure(reason: "a row of kind \(kind) with \(row.count) parts")
        }
    }

    /// 13.11.
    private mutating func addService(_ kind: UInt64, _ row: [[UInt8]]) throws {
        switch (kind, row.count) {
        case (20, 1):
            let digest = ModelHash.tagged("Tokenize/calendar", try ModelItems.content(row[0]))
            add([20], ModelCode.bytes(digest.bytes), ModelCode.truth(true))
        case (21, 2): add([21], try asset(row[0]), row[1])
        case (22, 2): add([22], try asset(row[0]), row[1], ModelCode.truth(true))
        case (23, 5): add([23], try asset(row[0]), row[1], try account(row[2]), row[3], row[4])
        case (24, 3):
            let due = try ModelItems.split(row[1])
            leaves.append((ModelCode.array([ModelCode.number(24), try asset(row[0])] + due), row[2]))
        case (25, 8):
            let name = [try asset(row[0])] + (try ModelItems.split(row[1])) + [try account(row[2]), row[3]]
            let record = [row[4], try account(row[5]), row[6], row[7]]
            leaves.append((ModelCode.array([ModelCode.number(25)] + name), ModelCode.array(record)))
        case (26, 2): add([26], try account(row[0]), try account(row[1]))
        case (27, 4): add([27], try asset(row[0]), row[1], row[2], row[3])
        case (28, 5): add([28], try asset(row[0]), row[1], try account(row[2]), row[3], row[4])
        default: throw AuditFailure(reason: "a row of kind \(kind) with \(row.count) parts")
        }
    }

    /// A record under the key of a kind and a name; the record comes last.
    private mutating func add(_ kind: [UInt64], _ parts: [UInt8]...) {
        guard let record = parts.last else { return }
        leaves.append((ModelCode.array(kind.map { ModelCode.number($0) } + parts.dropLast()), record))
    }

    /// A lane that was never used has no record.
    private mutating func addLane(_ account: [UInt8], _ lane: [UInt8], _ window: [UInt8]) {
        let unused = ModelCode.array([ModelCode.number(0), ModelCode.number(0)])
        if window != unused { add([3], account, lane, window) }
    }

    private func account(_ place: [UInt8]) throws -> [UInt8] { try Self.named(place, of: accounts) }

    private func asset(_ place: [UInt8]) throws -> [UInt8] { try Self.named(place, of: assets) }

    private static func named(_ place: [UInt8], of names: [[UInt8]]) throws -> [UInt8] {
        guard let number = ModelItems.number(place), number < UInt64(names.count) else {
            throw AuditFailure(reason: "a row names what no row before it has")
        }
        return names[Int(number)]
    }
}

/// Items of the encoding of chapter 1, cut where they end.
enum ModelItems {
    /// The elements of an array, each with its head.
    static func split(_ array: [UInt8]) throws -> [[UInt8]] {
        guard let (major, count, start) = head(array, at: 0), major == 4 else {
            throw AuditFailure(reason: "an array is no array")
        }
        var (items, position): ([[UInt8]], Int) = ([], start)
        for _ in 0..<count {
            let end = try end(array, from: position)
            items.append(Array(array[position..<end]))
            position = end
        }
        guard position == array.count else { throw AuditFailure(reason: "bytes follow an array") }
        return items
    }

    /// An unsigned number, or nil if it is something else.
    static func number(_ item: [UInt8]) -> UInt64? {
        head(item, at: 0).flatMap { $0.major == 0 ? $0.argument : nil }
    }

    /// What a byte string holds.
    static func content(_ item: [UInt8]) throws -> [UInt8] {
        guard let (major, count, start) = head(item, at: 0), major == 2, item.count == start + Int(count) else {
            throw AuditFailure(reason: "a byte string is none")
        }
        return Array(item[start...])
    }

    private static func end(_ bytes: [UInt8], from position: Int) throws -> Int {
        guard let (major, argument, start) = head(bytes, at: position) else {
            throw AuditFailure(reason: "an item is cut short")
        }
        switch major {
        case 2, 3: return start + Int(argument)
        case 4, 5:
            var next = start
            for _ in 0..<(major == 5 ? 2 * argument : argument) { next = try end(bytes, from: next) }
            return next
        default: return start
        }
    }

    private static func head(_ bytes: [UInt8], at position: Int) -> (major: UInt8, argument: UInt64, next: Int)? {
        guard position < bytes.count else { return nil }
        let (major, low) = (bytes[position] >> 5, bytes[position] & 31)
        if low < 24 { return (major, UInt64(low), position + 1) }
        let count = 1 << Int(low - 24)
        guard low < 28, position + count < bytes.count else { return nil }
        let argument = bytes[(position + 1)...(position + count)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return (major, argument, position + 1 + count)
    }
}
