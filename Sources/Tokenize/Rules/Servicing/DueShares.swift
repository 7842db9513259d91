/// A declared total split over holders of record, to the last unit (Specs/05, 5.10.1): whole parts, and the units that
/// are left one each to the largest remainders, ties to the earlier holder.
///
/// As ``ProportionalShares``, for a million holders: no sort of all, and numbers of 64 bits where they are enough.
enum DueShares {
    /// Shares in the order of the holders' places. The total and the holders' units fit into `Units`.
    static func split<Units: FixedWidthInteger & UnsignedInteger>(
        _ total: Units,
        over holders: RecordHolders
    ) -> ContiguousArray<Units> {
        var raised = RaisedPlaces()
        var shares = ContiguousArray<Units>(unsafeUninitializedCapacity: holders.placeCount) { shares, count in
            raised = split(total, over: holders) { place, _, share in shares.initializeElement(at: place, to: share) }
            count = holders.placeCount
        }
        for place in shares.indices { shares[place] &+= raised.isRaised(place) ? 1 : 0 }
        return shares
    }

    /// Whole parts as entries of a payment, of which nothing is withheld yet: one for each place, so that what follows
    /// reads these and not the holdings again; and the places that get a unit more.
    static func entries(
        _ total: UInt64,
        over holders: RecordHolders
    ) -> (entries: ContiguousArray<BulkPayment.Entry>, raised: RaisedPlaces) {
        var raised = RaisedPlaces()
        let entries = ContiguousArray<BulkPayment.Entry>(unsafeUninitializedCapacity: holders.placeCount) {
            entries,
            count in
            raised = split(total, over: holders) { place, holder, part in
                entries.initializeElement(
                    at: place,
                    to: BulkPayment.Entry(gross: part, net: part, account: holder.account, slot: holder.slot)
                )
            }
            count = holders.placeCount
        }
        return (entries, raised)
    }

    /// Hands out whole parts, one to each place in order. Returns the places that get one of the units that are left.
    @inline(__always)
    private static func split<Units: FixedWidthInteger & UnsignedInteger>(
        _ total: Units,
        over holders: RecordHolders,
        give: (_ place: Int, _ holder: RecordHolder, _ part: Units) -> Void
    ) -> RaisedPlaces {
        let sum = Units(truncatingIfNeeded: holders.sum)
        guard sum > 0 else {
            holders.forEach { place, holder in give(place, holder, 0) }
            return RaisedPlaces()
        }
        let (whole, rest) = total.quotientAndRemainder(dividingBy: sum)
        let bits = Units.bitWidth - sum.leadingZeroBitCount
        let shift = Units(max(0, bits - RaisedPlaces.bitCount))
        var given: Units = 0
        var raised = RaisedPlaces(count: holders.placeCount) { digits, counts in
            holders.forEach { place, holder in
                let units = Units(truncatingIfNeeded: holder.units)
                let (quotient, remainder) = divide(units, by: sum, times: rest)
                given &+= quotient
                give(place, holder, units &* whole &+ quotient)
                let digit = UInt16(truncatingIfNeeded: remainder >> shift)
                digits.initializeElement(at: place, to: digit)
                counts[Int(digit)] &+= 1
            }
        }
        raised.raise(Int(truncatingIfNeeded: rest &- given)) { place in
            divide(Units(truncatingIfNeeded: holders[place].units), by: sum, times: rest).remainder
        }
        return raised
    }

    /// `units * rest / sum`, where `units <= sum` and `rest < sum`, so that the quotient fits.
    @inline(__always)
    private static func divide<Units: FixedWidthInteger & UnsignedInteger>(
        _ units: Units,
        by sum: Units,
        times rest: Units
    ) -> (quotient: Units, remainder: Units) {
        // Nearly always the product fits too, and the narrower division is a fraction of the other.
        let (product, overflow) = units.multipliedReportingOverflow(by: rest)
        return overflow
            ? sum.dividingFullWidth(units.multipliedFullWidth(by: rest)) : product.quotientAndRemainder(dividingBy: sum)
    }
}

/// The places whose remainders are the largest, found without a sort: by the highest digits of all remainders, and how
/// often each occurs.
struct RaisedPlaces {
    static let bitCount = 12

    /// By place; above the limit where it is raised.
    private var digits: ContiguousArray<UInt16> = []
    private var counts: ContiguousArray<UInt32> = []
    private var limit = UInt16.max

    /// None of no places.
    init() {}

    /// None of so many places yet; `fill` writes the digit of every place, below 2^``bitCount``, and counts it.
    @inline(__always)
    init(
        count: Int,
        _ fill: (inout UnsafeMutableBufferPointer<UInt16>, inout UnsafeMutableBufferPointer<UInt32>) -> Void
    ) {
        var counts = ContiguousArray<UInt32>(repeating: 0, count: 1 << Self.bitCount)
        digits = ContiguousArray(unsafeUninitializedCapacity: count) { digits, filled in
            counts.withUnsafeMutableBufferPointer { counts in fill(&digits, &counts) }
            filled = count
        }
        self.counts = counts
    }

    @inline(__always)
    func isRaised(_ place: Int) -> Bool { place < digits.count && digits[place] > limit }

    /// Raises the `count` places of the largest remainders, of equal ones the earlier. `remainder` gives those of the few
    /// places that share the digit at which the units run out.
    mutating func raise<Units: FixedWidthInteger & UnsignedInteger>(_ count: Int, _ remainder: (Int) -> Units) {
        guard count > 0 else { return }
        let left: Int
        (limit, left) = threshold(count)
        var ties: [(place: Int, remainder: Units)] = []
        for place in digits.indices where digits[place] == limit { ties.append((place, remainder(place))) }
        ties.sort { ($1.remainder, $0.place) < ($0.remainder, $1.place) }
        for tie in ties.prefix(left) { digits[tie.place] += 1 }
    }

    /// The digit of the last remainder that gets a unit, and how many of that digit do.
    private func threshold(_ count: Int) -> (digit: UInt16, left: Int) {
        var left = count
        for digit in counts.indices.reversed() {
            if Int(counts[digit]) >= left { return (UInt16(digit), left) }
            left -= Int(counts[digit])
        }
        return (0, left)
    }
}
