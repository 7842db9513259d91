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
        let sum = Units(truncatingIfNeeded: holders.sum)
        var shares = ContiguousArray<Units>(repeating: 0, count: holders.placeCount)
        guard sum > 0 else { return shares }
        let (whole, rest) = total.quotientAndRemainder(dividingBy: sum)
        let bits = Units.bitWidth - sum.leadingZeroBitCount
        var digits = RemainderDigits(shift: max(0, bits - RemainderDigits.bitCount), count: holders.placeCount)
        var given: Units = 0
        let shift = Units(digits.shift)
        shares.withUnsafeMutableBufferPointer { shares in
            digits.fill { digits, counts in
                holders.forEach { place, holder in
                    let units = Units(truncatingIfNeeded: holder.units)
                    let (quotient, remainder) = divide(units, by: sum, times: rest)
                    given &+= quotient
                    shares[place] = units &* whole &+ quotient
                    let digit = UInt16(truncatingIfNeeded: remainder >> shift)
                    digits[place] = digit
                    counts[Int(digit)] &+= 1
                }
            }
        }
        digits.raise(&shares, by: Int(truncatingIfNeeded: rest &- given)) { place in
            divide(Units(truncatingIfNeeded: holders[place].units), by: sum, times: rest).remainder
        }
        return shares
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
    private var digits: ContiguousArray<UInt16>
    private var counts = ContiguousArray<UInt32>(repeating: 0, count: 1 << bitCount)

    init(shift: Int, count: Int) {
        self.shift = shift
        digits = ContiguousArray(repeating: 0, count: count)
    }

    /// Lets `body` write the digit of each place and count it.
    @inline(__always)
    mutating func fill(
        _ body: (inout UnsafeMutableBufferPointer<UInt16>, inout UnsafeMutableBufferPointer<UInt32>) -> Void
    ) {
        digits.withUnsafeMutableBufferPointer { digits in
            counts.withUnsafeMutableBufferPointer { counts in body(&digits, &counts) }
        }
    }

    /// Gives one unit more to the `count` largest remainders, of equal ones to the earlier. `remainder` gives those of
    /// the few places that share the digit at which the units run out.
    func raise<Units: FixedWidthInteger & UnsignedInteger>(
        _ shares: inout ContiguousArray<Units>,
        by count: Int,
        _ remainder: (Int) -> Units
    ) {
        guard count > 0 else { return }
        let (limit, left) = threshold(count)
        var ties: [(place: Int, remainder: Units)] = []
        for place in digits.indices {
            let digit = Int(digits[place])
            if digit > limit {
                shares[place] &+= 1
            } else if digit == limit {
                ties.append((place, remainder(place)))
            }
        }
        ties.sort { ($1.remainder, $0.place) < ($0.remainder, $1.place) }
        for tie in ties.prefix(left) { shares[tie.place] &+= 1 }
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
