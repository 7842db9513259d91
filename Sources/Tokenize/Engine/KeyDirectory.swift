/// Keys that some account knows, in the library's parsed form; parsing costs a seventh of a verification.
///
/// Asked once for a chunk of transactions, so that its turn costs little.
actor KeyDirectory {
    private var parsed: [EncodedPublicKey: ParsedPublicKey] = [:]

    /// Takes note of a policy's keys. Keys stay known after rotation: the writer checks the policy as it stands.
    func add(_ policies: [KeyPolicy]) {
        for policy in policies {
            for entry in policy.keys where parsed[entry.key] == nil {
                parsed[entry.key] = try? ParsedPublicKey(entry.key)
            }
        }
    }

    func reserveCapacity(_ count: Int) { parsed.reserveCapacity(count) }

    /// The parsed form of each key, or nil where no account knows it.
    func lookUp(_ keys: [EncodedPublicKey]) -> [ParsedPublicKey?] {
        keys.map { parsed[$0] }
    }
}
