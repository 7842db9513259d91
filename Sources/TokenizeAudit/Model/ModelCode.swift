import Tokenize

/// The few forms of Specs/01 that records are made of.
enum ModelCode {
    static func number(_ value: UInt64) -> [UInt8] { ModelHash.number(value) }

    static func array(_ items: [[UInt8]]) -> [UInt8] {
        var head = ModelHash.number(UInt64(items.count))
        head[0] |= 0x80
        return head + items.joined()
    }

    static func bytes(_ content: [UInt8]) -> [UInt8] {
        var head = ModelHash.number(UInt64(content.count))
        head[0] |= 0x40
        return head + content
    }

    static func text(_ content: String) -> [UInt8] {
        var head = ModelHash.number(UInt64(content.utf8.count))
        head[0] |= 0x60
        return head + Array(content.utf8)
    }

    static func name(_ id: some LedgerIdentifier) -> [UInt8] { bytes(id.digest.bytes) }

    static func truth(_ value: Bool) -> [UInt8] { [value ? 0xF5 : 0xF4] }

    static func date(_ date: CalendarDate) -> [UInt8] {
        let days = Int64(date.daysSinceEpoch)
        if days >= 0 { return number(UInt64(days)) }
        var head = number(UInt64(-1 - days))
        head[0] |= 0x20
        return head
    }

    static func quantity(_ units: UInt128) -> [UInt8] {
        if units <= UInt128(UInt64.max) { return number(UInt64(units)) }
        return bytes((0..<16).map { UInt8(truncatingIfNeeded: units >> UInt128(8 * (15 - $0))) })
    }

    static func claims(_ list: [LedgerModel.Claim]) -> [UInt8] {
        array(
            list.map { claim in
                let owner: [UInt8] =
                    switch claim.owner {
                    case .authority(let reference): array([number(1), reference.canonicalBytes])
                    case .account(let account): array([number(2), name(account)])
                    }
                let fields = [
                    name(claim.id), number(UInt64(claim.kind.rawValue)), owner, quantity(claim.amount),
                    number(UInt64(claim.rank)), date(claim.lastDate), order(claim.order),
                ]
                return array(claim.layer == 0 ? fields : fields + [number(UInt64(claim.layer))])
            }
        )
    }

    static func order(_ order: OrderReference) -> [UInt8] {
        let basis = order.legalBasis.map { [number(UInt64($0.rawValue))] } ?? []
        return array([text(order.reference), bytes(order.documentDigest.bytes)] + basis)
    }

    static func moment(_ moment: LedgerModel.Moment) -> [UInt8] {
        array([number(moment.openedDays), number(moment.height)] + (moment.sealingTime.map { [number($0)] } ?? []))
    }
}
