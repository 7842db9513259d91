import CGMP

extension Ratio: Comparable {
    public static func == (left: Ratio, right: Ratio) -> Bool {
        left.number.read { left in right.number.read { right in __gmpq_equal(left, right) != 0 } }
    }

    public static func < (left: Ratio, right: Ratio) -> Bool {
        left.number.read { left in right.number.read { right in __gmpq_cmp(left, right) < 0 } }
    }
}

extension Ratio: Hashable {
    public func hash(into hasher: inout Hasher) {
        number.readNumerator { Ratio.hash($0, into: &hasher) }
        number.readDenominator { Ratio.hash($0, into: &hasher) }
    }

    private static func hash(_ integer: UnsafePointer<__mpz_struct>, into hasher: inout Hasher) {
        hasher.combine(integer.pointee._mp_size)
        hasher.combine(
            bytes: UnsafeRawBufferPointer(
                UnsafeBufferPointer(start: integer.pointee._mp_d, count: Int(integer.pointee._mp_size.magnitude))
            )
        )
    }
}
