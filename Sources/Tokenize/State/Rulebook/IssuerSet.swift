/// Issuers of attestations, by position: a bit for each of the first 64, a list for the rest.
struct IssuerSet: Sendable {
    private var low: UInt64 = 0
    private var rest: [UInt32] = []

    init(_ issuers: [UInt32]) {
        for issuer in issuers {
            if issuer < 64 { low |= 1 << UInt64(issuer) } else { rest.append(issuer) }
        }
    }

    @inline(__always)
    func contains(_ issuer: UInt32) -> Bool {
        issuer < 64 ? low >> UInt64(issuer) & 1 == 1 : rest.contains(issuer)
    }
}
