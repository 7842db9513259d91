/// A declared total split over holders of record, to the last unit (Specs/05, 5.10.1): whole parts, and the units that
/// are left one each to the largest remainders, ties to the earlier holder.
///
/// As ``ProportionalShares``, for a million holders: no sort of all, and divisions of 64 bits where they are enough.
enum DueShares {
    /// Shares in the order of the holders, whose units add up to `sum`, above 0.
    static func split(
        _ total: UInt128,
        over holders: ContiguousArray<RecordHolder>,
        sum: UInt128
    ) -> ContiguousArray<UInt128> {
        let (whole, rest) = total.quotientAndRemainder(dividingBy: sum)
        var shares = ContiguousArray<UInt128>()
        shares.reserveCapacity(holders.count)
        guard rest > 0 else {
            for holder in holders { shares.append(holder.units &* whole) }
            return shares
        }
        if let divisor = UInt64(exactly: sum) {
            let left = narrow(UInt64(truncatingIfNeeded: rest), divisor, whole, holders, &shares)
            raise(&shares, left.remainders, by: left.count, bits: UInt64.bitWidth - divisor.leadingZeroBitCount)
        } else {
            let left = wide(rest, sum, whole, holders, &shares)
            raise(&shares, left.remainders, by: left.count, bits: UInt128.bitWidth - sum.leadingZeroBitCount)
        }
        return shares
    }

    private static func narrow(
        _ rest: UInt64,
        _ sum: UInt64,
        _ whole: UInt128,
        _ holders: ContiguousArray<RecordHolder>,
        _ shares: inout ContiguousArray<UInt128>
    ) -> (count: Int, remainders: ContiguousArray<UInt64>) {
        var remainders = ContiguousArray<UInt64>()
        remainders.reserveCapacity(holders.count)
        var given: UInt64 = 0
        for holder in holders {
            let units = UInt64(truncatingIfNeeded: holder.units)
            // units <= sum and rest < sum, so the quotient fits.
            let (quotient, remainder) = sum.dividingFullWidth(units.multipliedFullWidth(by: rest))
            given &+= quotient
            shares.append(holder.units &* whole &+ UInt128(quotient))
            remainders.append(remainder)
        }
        return (Int(rest &- given), remainders)
    }

    private static func wide(
        _ rest: UInt128,
        _ sum: UInt128,
        _ whole: UInt128,
        _ holders: ContiguousArray<RecordHolder>,
        _ shares: inout ContiguousArray<UInt128>
    ) -> (count: Int, remainders: ContiguousArray<UInt128>) {
        var remainders = ContiguousArray<UInt128>()
        remainders.reserveCapacity(holders.count)
        var given: UInt128 = 0
        for holder in holders {
            let (quotient, remainder) = sum.dividingFullWidth(holder.units.multipliedFullWidth(by: rest))
            given &+= quotient
            shares.append(holder.units &* whole &+ quotient)
            remainders.append(remainder)
        }
        return (Int(rest &- given), remainders)
    }

    // MARK: The largest remainders

    private static let digitBits = 12
    private static let sortCountMax = 4_096

    /// Gives one unit more to the `count` largest remainders, of equal ones to the earlier.
    ///
    /// Finds the smallest remainder that gets one digit by digit, the highest first: linear in the holders.
    private static func raise<Remainder: FixedWidthInteger & UnsignedInteger>(
        _ shares: inout ContiguousArray<UInt128>,
        _ remainders: ContiguousArray<Remainder>,
        by count: Int,
        bits: Int
    ) {
        var left = count
        guard left > 0 else { return }
        var shift = max(0, bits - digitBits)
        let digitCount = 1 << digitBits
        var counts = ContiguousArray<UInt32>(repeating: 0, count: digitCount)
        for remainder in remainders { counts[Int(truncatingIfNeeded: remainder >> Remainder(shift))] += 1 }
        var limit = threshold(counts, &left)
        var ties: ContiguousArray<UInt32> = []
        for (index, remainder) in remainders.enumerated() {
            let digit = Int(truncatingIfNeeded: remainder >> Remainder(shift))
            if digit > limit {
                shares[index] &+= 1
            } else if digit == limit {
                ties.append(UInt32(index))
            }
        }
        while left > 0, shift > 0, ties.count > sortCountMax {
            let next = max(0, shift - digitBits)
            let mask = (Remainder(1) << Remainder(shift - next)) - 1
            counts = ContiguousArray(repeating: 0, count: digitCount)
            for index in ties { counts[Int(truncatingIfNeeded: remainders[Int(index)] >> Remainder(next) & mask)] += 1 }
            limit = threshold(counts, &left)
            var narrower: ContiguousArray<UInt32> = []
            for index in ties {
                let digit = Int(truncatingIfNeeded: remainders[Int(index)] >> Remainder(next) & mask)
                if digit > limit {
                    shares[Int(index)] &+= 1
                } else if digit == limit {
                    narrower.append(index)
                }
            }
            (ties, shift) = (narrower, next)
        }
        if shift > 0 { ties.sort { (remainders[Int($1)], $0) < (remainders[Int($0)], $1) } }
        for index in ties.prefix(left) { shares[Int(index)] &+= 1 }
    }

    /// The digit of the last remainder that gets a unit; takes those above it off `left`.
    private static func threshold(_ counts: ContiguousArray<UInt32>, _ left: inout Int) -> Int {
        for digit in counts.indices.reversed() {
            if Int(counts[digit]) >= left { return digit }
            left -= Int(counts[digit])
        }
        return 0
    }
}
