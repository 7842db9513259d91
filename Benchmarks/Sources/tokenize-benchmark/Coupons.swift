@_spi(Benchmarks) import Tokenize

/// A coupon to many holders in one transaction, against a bare loop over the same container.
enum Coupons {
    private static let rounds = 5
    /// Holders whose coupons are measured.
    static let holderCounts = [10_000, 100_000, 1_000_000]

    static func measure(holderCount: Int, into report: inout Report) throws {
        let workload = try Workload(accountCount: 1)
        let before = Report.peakMemoryBytes
        var loop = try CouponLoop(genesis: workload.couponGenesis, holderCount: holderCount)
        let filled = Report.peakMemoryBytes
        var (paid, bare): ([Double], [Double]) = ([], [])
        let clock = ContinuousClock()
        for _ in 0..<rounds {
            bare.append(clock.measure { loop.addToEveryEntry() }.inSeconds)
            try loop.openPaymentDay()
            paid.append(try clock.measure { try loop.pay() }.inSeconds)
            bare.append(clock.measure { loop.addToEveryEntry() }.inSeconds)
        }
        let payment = Report.peakMemoryBytes
        var traded: [Double] = []
        for _ in 0..<rounds {
            try loop.openPaymentDay()
            try loop.trade()
            traded.append(try clock.measure { try loop.pay() }.inSeconds)
        }
        var byteCount = 0
        let effects = clock.measure { byteCount = loop.hashEffects() }.inSeconds
        let state = clock.measure { loop.hashState() }.inSeconds
        let (coupon, alone) = (Report.median(paid), Report.median(bare))
        let name = "coupon\(holderCount)"
        report.add("\(name)Milliseconds", coupon * 1_000, "a coupon to \(holderCount) holders, ms")
        report.add("\(name)BareMilliseconds", alone * 1_000, "a bare loop over \(holderCount) entries, ms")
        report.add("\(name)Ratio", coupon / alone, "their ratio")
        let afterTrades = Report.median(traded) / alone
        report.add("\(name)TradedRatio", afterTrades, "the same where 2 in 100 have traded since the record day")
        report.add("\(name)NanosecondsPerHolder", coupon / Double(holderCount) * 1e9, "a holder, ns")
        report.add("\(name)EffectsMilliseconds", effects * 1_000, "encoding and hashing its effects, ms")
        report.add("\(name)EffectBytes", Double(byteCount), "its effects, bytes")
        report.add("\(name)StateMilliseconds", state * 1_000, "hashing it into the state tree, ms")
        report.add("\(name)HoldingsMemoryBytes", filled - before, "growth of peak memory by the holdings, bytes")
        report.add("\(name)MemoryBytes", payment - filled, "growth of peak memory by paying, bytes")
    }
}
