import Tokenize

/// 14.3.6: what persons have moved, by date, as far back as some rule looks; and two persons who turn out to be one.
extension RuleBookkeeper {
    /// So many days back some rule of the rulebook looks.
    private func dayCount(_ channel: Channel) -> Int {
        book.rules.reduce(0) { most, rule in
            switch (channel, rule) {
            case (.given, .volume(let days, _)), (.got, .holdingPeriod(let days)), (.issued, .issueLockUp(let days)):
                max(most, days)
            case (.towards(_, let account), .volumeTowards(let accounts, let days, _)) where accounts.contains(account):
                max(most, days)
            default: most
            }
        }
    }

    mutating func add(_ moved: UInt128, to channel: Channel) {
        let days = dayCount(channel)
        guard days > 0 else { return }
        sums[channel, default: [:]][today, default: 0] += moved
        sums[channel] = sums[channel]?.filter { today.days(since: $0.key) < days }
    }

    /// One party turns out to be another: what both have moved is of one person, as far as a rule still looks.
    mutating func join(_ account: Int, to head: Int) -> RejectionCode? {
        if account == head || heads[account] != nil || heads[head] != nil || heads.values.contains(account) {
            return .alreadyJoined
        }
        heads[account] = head
        for (channel, days) in sums {
            let other: Channel
            switch channel {
            case .given(account): other = .given(head)
            case .got(account): other = .got(head)
            case .issued(account): other = .issued(head)
            case .towards(account, let towards): other = .towards(head, towards)
            default: continue
            }
            sums[channel] = nil
            let both = sums[other, default: [:]].merging(days) { $0 + $1 }
            sums[other] = both.filter { today.days(since: $0.key) < dayCount(other) }
        }
        effects?.append(.rulebook(.partiesJoined(people[account].party, to: people[head].party)))
        return nil
    }
}
