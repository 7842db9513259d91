import CGMP

/// The memory of a ratio: GMP's numerator and denominator, made once, never changed, freed with the last owner.
///
/// GMP ends the process where it is asked the impossible (division by zero, a number larger than its memory), so
/// nothing but ``Ratio`` makes one, after its checks. The value is always canonical: reduced, denominator positive.
final class RationalNumber: Sendable {
    // Unsafe because the struct holds pointers. They are written in `init`, freed in `deinit`, and only read between.
    private nonisolated(unsafe) let value: __mpq_struct

    /// The number that `make` leaves in a fresh 0/1. It must be canonical.
    init(_ make: (inout __mpq_struct) -> Void) {
        var value = __mpq_struct()
        __gmpq_init(&value)
        make(&value)
        self.value = value
    }

    deinit {
        var value = value
        __gmpq_clear(&value)
    }

    /// Gives `body` the number to read, and keeps it alive that long.
    func read<Result>(_ body: (UnsafePointer<__mpq_struct>) -> Result) -> Result {
        withExtendedLifetime(self) { withUnsafePointer(to: value) { body($0) } }
    }

    /// Gives `body` the numerator to read.
    func readNumerator<Result>(_ body: (UnsafePointer<__mpz_struct>) -> Result) -> Result {
        withExtendedLifetime(self) { withUnsafePointer(to: value._mp_num) { body($0) } }
    }

    /// Gives `body` the denominator to read.
    func readDenominator<Result>(_ body: (UnsafePointer<__mpz_struct>) -> Result) -> Result {
        withExtendedLifetime(self) { withUnsafePointer(to: value._mp_den) { body($0) } }
    }

    /// Bits of the longer one of numerator and denominator.
    var bitCount: Int {
        max(readNumerator { __gmpz_sizeinbase($0, 2) }, readDenominator { __gmpz_sizeinbase($0, 2) })
    }
}

extension __mpz_struct {
    /// Sets the integer to any fixed-width one.
    mutating func set(_ integer: some FixedWidthInteger) {
        let words = integer.magnitude.words.map { $0 }
        __gmpz_import(&self, words.count, -1, MemoryLayout<UInt>.size, 0, 0, words)
        if integer < 0 { _mp_size = -_mp_size }
    }
}
