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
        ContiguousArray(unsafeUninitializedCapacity: holders.placeCount) { shares, count in
            split(total, over: holders) { place, _, share in
                shares.initializeElement(at: place, to: share)
            } raise: { place in
                shares[place] &+= 1
            }
            count = holders.placeCount
        }
    }

    /// Shares as entries of a payment, of which nothing is withheld yet: one for each place, so that what follows reads
    /// these and not the holdings again.
    static func entries(_ total: UInt64, over holders: RecordHolders) -> ContiguousArray<BulkPayment.Entry> {
        ContiguousArray(unsafeUninitializedCapacity: holders.placeCount) { entries, count in
            split(total, over: holders) { place, holder, share in
                entries.initializeElement(
                    at: place,
                    to: BulkPayment.Entry(gross: share, net: share, account: holder.account, slot: holder.slot)
                )
            } raise: { place in
                entries[place].gross &+= 1
                entries[place].net &+= 1
            }
            count = holders.placeCount
        }
    }

    /// Hands out whole parts, one to each place in order, and then units that are left.
    @inline(__always)
    private static func split<Units: FixedWidthInteger & UnsignedInteger>(
        _ total: Units,
        over holders: RecordHolders,
        give: (_ place: Int, _ holder: RecordHolder, _ share: Units) -> Void,
        raise: (_ place: Int) -> Void
    ) {
        let sum = Units(truncatingIfNeeded: holders.sum)
        guard sum > 0 else { return holders.forEach { place, holder in give(place, holder, 0) } }
        let (whole, rest) = total.quotientAndRemainder(dividingBy: sum)
        let bits = Units.bitWidth - sum.leadingZeroBitCount
        var digits = RemainderDigits(shift: max(0, bits - RemainderDigits.bitCount), count: holders.placeCount)
        var given: Units = 0
        let shift = Units(digits.shift)
        digits.fill { digits, counts in
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
        digits.raise(by: Int(truncatingIfNeeded: rest &- given), raise) { place in
            divide(Units(truncatingIfNeeded: holders[place].units), by: sum, times: rest).remainder
        }
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

/// The highest digits of many remainders, and how often each occurs: enough to find the largest without a sort.
private struct RemainderDigits {
    static let bitCount = 12

    /// Bits of a remainder below its digit.
    let shift: Int
    private var digits: ContiguousArray<UInt16> = []
    private let count: Int
    private var counts = ContiguousArray<UInt32>(repeating: 0, count: 1 << bitCount)

    init(shift: Int, count: Int) {
        self.shift = shift
        self.count = count
    }

    /// Lets `body` write the digit of every place and count it.
    @inline(__always)
    mutating func fill(
        _ body: (inout UnsafeMutableBufferPointer<UInt16>, inout UnsafeMutableBufferPointer<UInt32>) -> Void
    ) {
        digits = ContiguousArray(unsafeUninitializedCapacity: count) { digits, filled in
            counts.withUnsafeMutableBufferPointer { counts in body(&digits, &counts) }
            filled = count
        }
    }

    /// Raises by a unit the `count` places of the largest remainders, of equal ones the earlier. `remainder` gives those
    /// of the few places that share the digit at which the units run out.
    @inline(__always)
    func raise<Units: FixedWidthInteger & UnsignedInteger>(
        by count: Int,
        _ raise: (Int) -> Void,
        _ remainder: (Int) -> Units
    ) {
        guard count > 0 else { return }
        let (limit, left) = threshold(count)
        var ties: [(place: Int, remainder: Units)] = []
        for place in digits.indices {
            let digit = Int(digits[place])
            if digit > limit {
                raise(place)
            } else if digit == limit {
                ties.append((place, remainder(place)))
            }
        }
        ties.sort { ($1.remainder, $0.place) < ($0.remainder, $1.place) }
        for tie in ties.prefix(left) { raise(tie.place) }
    }

    /// The digit of the last remainder that gets a unit, and how many of that digit do.
    private func threshold(_ count: Int) -> (digit: Int, left: Int) {
        var left = count
        for digit in counts.indices.reversed() {
            if Int(counts[digit]) >= left { return (digit, left) }
            left -= Int(counts[digit])
        }
        return (0, left)
    }
}
