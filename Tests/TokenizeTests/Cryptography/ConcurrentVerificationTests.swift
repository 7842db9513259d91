import Testing

@testable import Tokenize

/// One curve context for every thread: many verifications and signatures at once agree with one at a time.
@Suite("Concurrent verification")
struct ConcurrentVerificationTests {
    @Test("64 tasks verify, sign and parse at once", arguments: SignatureAlgorithm.allCases)
    func concurrent(algorithm: SignatureAlgorithm) async throws {
        let taskCount = 64
        let verificationCount = 20
        let signer = try SoftwareSigner(.generate(), algorithm: algorithm)
        let key = try ParsedPublicKey(signer.publicKey)
        let failureCount = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<taskCount {
                group.addTask {
                    var failureCount = 0
                    for round in 0..<verificationCount {
                        let digest = Hashing.sha256([UInt8(task), UInt8(round)])
                        let other = Hashing.sha256([UInt8(task), UInt8(round), 0])
                        let signature = try signer.sign(digest)
                        let ownKey = try ParsedPublicKey(signer.publicKey)
                        if !SignatureVerifier.verify(signature, digest: digest, key: key) { failureCount += 1 }
                        if !SignatureVerifier.verify(signature, digest: digest, key: ownKey) { failureCount += 1 }
                        if SignatureVerifier.verify(signature, digest: other, key: key) { failureCount += 1 }
                    }
                    return failureCount
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(failureCount == 0)
        #expect(Secp256k1.illegalCallCount == 0)
    }
}
