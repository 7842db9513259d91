import CSecp256k1
import Synchronization

/// The process-wide libsecp256k1 context.
///
/// One context serves every thread: libsecp256k1 documents that a context which nobody modifies may be used
/// concurrently. It is blinded once, at creation, from the system's generator (side-channel protection for signing)
/// and never touched again.
enum Secp256k1 {
    // The pointer is written once, before its first use, and what it points to is never modified afterwards.
    nonisolated(unsafe) static let context: OpaquePointer = makeContext()

    /// Illegal-argument calls that libsecp256k1 reported since the process started; 0 unless this code has a defect.
    ///
    /// The library's default for an illegal argument is to abort the process. Here the call is counted instead, and
    /// the function that was misused returns 0, which every caller treats as a refusal.
    static var illegalCallCount: Int { illegalCalls.load(ordering: .relaxed) }

    fileprivate static let illegalCalls = Atomic<Int>(0)

    private static func makeContext() -> OpaquePointer {
        guard let context = secp256k1_context_create(UInt32(SECP256K1_CONTEXT_NONE)) else {
            // The library answers so only when it cannot allocate, where Swift's own allocations trap as well.
            preconditionFailure("secp256k1_context_create: out of memory")
        }
        secp256k1_context_set_illegal_callback(
            context,
            { _, _ in Secp256k1.illegalCalls.add(1, ordering: .relaxed) },
            nil
        )
        var generator = SystemRandomNumberGenerator()
        let seed = Digest(words: (generator.next(), generator.next(), generator.next(), generator.next()))
        let isRandomised = seed.withUnsafeBytes { buffer in
            secp256k1_context_randomize(context, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self))
        }
        precondition(isRandomised == 1, "secp256k1_context_randomize cannot fail with a valid context")
        return context
    }
}

extension UnsafeRawBufferPointer {
    /// The bytes as C's `const unsigned char *`; the buffer must not be empty.
    @inline(__always)
    var octets: UnsafePointer<UInt8> { pointer(to: UInt8.self) }

    /// The memory as a C structure of the library; the buffer must not be empty.
    @inline(__always)
    func pointer<Structure>(to: Structure.Type) -> UnsafePointer<Structure> {
        baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: Structure.self)
    }
}

extension UnsafeMutableRawBufferPointer {
    /// The bytes as C's `unsigned char *`; the buffer must not be empty.
    @inline(__always)
    var octets: UnsafeMutablePointer<UInt8> { pointer(to: UInt8.self) }

    /// The memory as a C structure of the library; the buffer must not be empty.
    @inline(__always)
    func pointer<Structure>(to: Structure.Type) -> UnsafeMutablePointer<Structure> {
        baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: Structure.self)
    }
}
