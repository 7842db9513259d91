import Testing

@testable import Tokenize

/// Signers release only what verifies, in the one form the ledger admits.
@Suite("Signers")
struct SignerTests {
    private let digest = Hashing.sha256(Array("record date".utf8))

    @Test("a software signer's signature verifies", arguments: SignatureAlgorithm.allCases)
    func software(algorithm: SignatureAlgorithm) async throws {
        let signer: any Signer = try SoftwareSigner(.generate(), algorithm: algorithm)
        let signature = try await signer.sign(digest)
        let key = try ParsedPublicKey(signer.publicKey)
        #expect(SignatureVerifier.verify(signature, digest: digest, key: key))
    }

    @Test("ECDSA is deterministic, BIP-340 is not")
    func determinism() throws {
        let secret = SecretKey.generate()
        #expect(
            try secret.sign(digest, algorithm: .ecdsaSecp256k1) == secret.sign(digest, algorithm: .ecdsaSecp256k1)
        )
        #expect(try secret.sign(digest, algorithm: .schnorrBIP340) != secret.sign(digest, algorithm: .schnorrBIP340))
    }

    @Test("two generated keys differ")
    func generated() throws {
        let first = SecretKey.generate()
        let second = SecretKey.generate()
        let firstKey = try first.publicKey(.ecdsaSecp256k1)
        let secondKey = try second.publicKey(.ecdsaSecp256k1)
        #expect(firstKey != secondKey)
    }

    @Test("a device's DER, high-S and compact answers all become the one form", arguments: DeviceAnswer.allCases)
    func device(answer: DeviceAnswer) async throws {
        let device = try TestDevice(answer: answer)
        let signer = try NormalisingSigner(device)
        switch answer {
        case .lowSDER, .highSDER, .lowSCompact, .highSCompact:
            #expect(try await signer.sign(digest) == device.expected(digest))
        case .otherDigest:
            await #expect(throws: SigningFailure.doesNotVerify) { try await signer.sign(digest) }
        case .truncatedDER:
            await #expect(throws: SigningFailure.malformed(.notDER)) { try await signer.sign(digest) }
        case .shortCompact:
            await #expect(throws: SigningFailure.malformed(.wrongLength(found: 63))) { try await signer.sign(digest) }
        case .zeros:
            await #expect(throws: SigningFailure.malformed(.outOfRange)) { try await signer.sign(digest) }
        case .refusal:
            await #expect(throws: SigningFailure.refused(reason: "declined")) { try await signer.sign(digest) }
        }
    }

    @Test("a device with a BIP-340 key is refused")
    func schnorrDevice() throws {
        let device = try TestDevice(answer: .lowSDER, algorithm: .schnorrBIP340)
        #expect(throws: SigningFailure.unavailable(reason: "the device's key is not an ECDSA key")) {
            try NormalisingSigner(device)
        }
    }
}

enum DeviceAnswer: CaseIterable, Sendable {
    case lowSDER, highSDER, lowSCompact, highSCompact, otherDigest, truncatedDER, shortCompact, zeros, refusal
}

/// A hardware module of mixed manners.
private struct TestDevice: SigningDevice {
    let publicKey: PublicKey
    let answer: DeviceAnswer
    private static let secret = [UInt8](repeating: 0x5a, count: 32)

    init(answer: DeviceAnswer, algorithm: SignatureAlgorithm = .ecdsaSecp256k1) throws {
        publicKey = try SecretKey(bytes: Self.secret).publicKey(algorithm)
        self.answer = answer
    }

    func expected(_ digest: Digest) throws -> Signature {
        try SecretKey(bytes: Self.secret).sign(digest, algorithm: .ecdsaSecp256k1)
    }

    func sign(_ digest: Digest) async throws(SigningFailure) -> DeviceSignature {
        guard let low = try? expected(digest).bytes, let other = try? expected(.zero).bytes else {
            throw .unavailable(reason: "no key")
        }
        return switch answer {
        case .lowSDER: .der(der(low))
        case .highSDER: .der(der(highSTwin(of: low)))
        case .lowSCompact: .compact(low)
        case .highSCompact: .compact(highSTwin(of: low))
        case .otherDigest: .compact(other)
        case .truncatedDER: .der(Array(der(low).dropLast()))
        case .shortCompact: .compact(Array(low.dropLast()))
        case .zeros: .compact([UInt8](repeating: 0, count: 64))
        case .refusal: throw .refused(reason: "declined")
        }
    }

    private func der(_ compact: [UInt8]) -> [UInt8] {
        func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
            var digits = Array(bytes.drop { $0 == 0 })
            if digits.first.map({ $0 >= 0x80 }) ?? true { digits.insert(0, at: 0) }
            return [2, UInt8(digits.count)] + digits
        }
        let content = integer(compact[..<32]) + integer(compact[32...])
        return [0x30, UInt8(content.count)] + content
    }
}
