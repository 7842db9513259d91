/// Numbers of any size as lists of bits, lowest first: slow, and easy to check by eye.
struct ModelNumber {
    private var bits: [Bool]

    init(_ value: UInt128) {
        bits = (0..<128).map { value >> UInt128($0) & 1 == 1 }
    }

    private init(bits: [Bool]) { self.bits = bits }

    /// Long multiplication.
    static func * (left: ModelNumber, right: ModelNumber) -> ModelNumber {
        var product = ModelNumber(bits: [])
        for (index, bit) in right.bits.enumerated() where bit {
            product = product + ModelNumber(bits: [Bool](repeating: false, count: index) + left.bits)
        }
        return product
    }

    static func + (left: ModelNumber, right: ModelNumber) -> ModelNumber {
        var (sum, carry): ([Bool], Bool) = ([], false)
        for index in 0..<max(left.bits.count, right.bits.count) {
            let ones = [left.bit(index), right.bit(index), carry].filter { $0 }.count
            sum.append(ones % 2 == 1)
            carry = ones >= 2
        }
        return ModelNumber(bits: sum + [carry])
    }

    private func bit(_ index: Int) -> Bool { index < bits.count && bits[index] }

    static func > (left: ModelNumber, right: ModelNumber) -> Bool {
        for index in (0..<max(left.bits.count, right.bits.count)).reversed() where left.bit(index) != right.bit(index) {
            return left.bit(index)
        }
        return false
    }

    /// The number if it fits 128 bits.
    var value: UInt128? {
        var value: UInt128 = 0
        for (index, bit) in bits.enumerated() where bit {
            guard index < 128 else { return nil }
            value |= 1 << UInt128(index)
        }
        return value
    }

    /// Long division by a number above 0: the whole part, which must fit, and the rest.
    func divided(by divisor: UInt128) -> (whole: UInt128, rest: UInt128) {
        var (whole, rest): (UInt128, UInt128) = (0, 0)
        for bit in bits.reversed() {
            // What is carried out of 128 bits is more than any divisor.
            let isCarried = rest >> 127 == 1
            rest = rest << 1 | (bit ? 1 : 0)
            whole <<= 1
            if isCarried || rest >= divisor {
                rest = rest &- divisor
                whole |= 1
            }
        }
        return (whole, rest)
    }
}

/// Sums and products that say when they do not fit.
enum ModelSum {
    static func of(_ left: UInt128, _ right: UInt128) -> UInt128? {
        left > UInt128.max - right ? nil : left + right
    }

    /// As ``of(_:_:)``, at most what fits.
    static func atMost(_ left: UInt128, _ right: UInt128) -> UInt128 { of(left, right) ?? .max }

    static func product(_ left: UInt128, _ right: UInt128) -> UInt128? {
        (ModelNumber(left) * ModelNumber(right)).value
    }

    /// A total split in proportion to weights above 0 (section 5.10.1).
    static func shares(of total: UInt128, over weights: [UInt128]) -> [UInt128] {
        let sum = weights.reduce(0, +)
        let parts = weights.map { (ModelNumber(total) * ModelNumber($0)).divided(by: sum) }
        var shares = parts.map { $0.whole }
        var left = total - shares.reduce(0, +)
        var waiting = Array(parts.indices)
        while left > 0 {
            // The largest rest; of equal ones the earliest.
            var best = waiting[0]
            for index in waiting where parts[index].rest > parts[best].rest { best = index }
            waiting.removeAll { $0 == best }
            shares[best] += 1
            left -= 1
        }
        return shares
    }
}
