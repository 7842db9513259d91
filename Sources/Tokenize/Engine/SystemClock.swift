#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The system's wall clock, for sealing times only.
public enum SystemClock {
    /// Seconds since 1970-01-01T00:00:00Z.
    @Sendable
    public static func seconds() -> UInt64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return UInt64(clamping: now.tv_sec)
    }
}
