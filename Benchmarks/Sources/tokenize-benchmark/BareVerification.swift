import CSecp256k1Bare
import Dispatch

/// ECDSA verifications with nothing but libsecp256k1: keys and signatures parsed beforehand, every core busy.
struct BareVerification {
    private struct Case {
        var key: secp256k1_pubkey
        var signature: secp256k1_ecdsa_signature
        var digest: (UInt64, UInt64, UInt64, UInt64)
    }

    private let cases: [Case]

    init(_ transfers: [SignedTransfer]) {
        guard let context = secp256k1_context_create(UInt32(SECP256K1_CONTEXT_NONE)) else {
            preconditionFailure("libsecp256k1 gives no context")
        }
        defer { secp256k1_context_destroy(context) }
        cases = transfers.map { transfer in
            var key = secp256k1_pubkey()
            var signature = secp256k1_ecdsa_signature()
            precondition(secp256k1_ec_pubkey_parse(context, &key, transfer.key, transfer.key.count) == 1)
            precondition(secp256k1_ecdsa_signature_parse_compact(context, &signature, transfer.signature) == 1)
            let digest = transfer.digest.withUnsafeBytes {
                $0.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self)
            }
            return Case(key: key, signature: signature, digest: digest)
        }
    }

    /// Verifications a second, all cores together.
    func measure(coreCount: Int) -> Double {
        let size = 128
        let chunkCount = (cases.count + size - 1) / size
        let elapsed = ContinuousClock().measure {
            DispatchQueue.concurrentPerform(iterations: chunkCount) { chunk in
                guard let context = secp256k1_context_create(UInt32(SECP256K1_CONTEXT_NONE)) else { return }
                defer { secp256k1_context_destroy(context) }
                for index in (chunk * size)..<min((chunk + 1) * size, cases.count) {
                    var entry = cases[index]
                    let isValid = withUnsafeBytes(of: &entry.digest) { digest -> Int32 in
                        guard let base = digest.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
                        return secp256k1_ecdsa_verify(context, &entry.signature, base, &entry.key)
                    }
                    precondition(isValid == 1)
                }
            }
        }
        return Double(cases.count) / elapsed.inSeconds
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
