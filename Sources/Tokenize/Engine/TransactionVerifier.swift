/// Decodes and verifies transactions, a chunk at a time; needs no state but the keys that accounts know.
struct TransactionVerifier: Sendable {
    let directory: KeyDirectory

    /// Decodes and verifies a slice of a submission.
    ///
    /// In three passes: all are decoded, then all keys are looked up at once, then the curve has its cache to itself.
    func chunk(_ transactions: ArraySlice<[UInt8]>, of submission: UInt64) -> VerifiedChunk {
        let decoded = transactions.map { TransactionVerifier.decode($0) }
        let parsed = lookUpKeys(of: decoded)
        var items: [VerifiedChunk.Item] = []
        items.reserveCapacity(decoded.count)
        var next = 0
        for transaction in decoded {
            switch transaction {
            case .success(let signed):
                items.append(
                    TransactionVerifier.verify(signed) { _ in
                        defer { next += 1 }
                        return parsed[next]
                    }
                )
            case .failure(let rejection): items.append(.refused(rejection))
            }
        }
        return VerifiedChunk(submission: submission, offset: transactions.startIndex, items: items)
    }

    static func decode(_ bytes: [UInt8]) -> Result<SignedTransaction, Rejection> {
        do throws(DecodingFailure) {
            return .success(try SignedTransaction(bytes: bytes))
        } catch {
            return .failure(Rejection(.malformed, (.reason, .text("\(error)"))))
        }
    }

    /// The parsed forms of all keys, in the order of the transactions and of their signatures.
    func lookUpKeys(of decoded: [Result<SignedTransaction, Rejection>]) -> [ParsedPublicKey?] {
        var keys: [EncodedPublicKey] = []
        keys.reserveCapacity(decoded.count)
        for case .success(let signed) in decoded {
            for index in 0..<signed.signatures.count { keys.append(signed.signatures[index].key) }
        }
        return directory.lookUp(keys)
    }

    @inline(__always)
    private static func verify(
        _ signed: SignedTransaction,
        parsed: (EncodedPublicKey) -> ParsedPublicKey?
    ) -> VerifiedChunk.Item {
        do throws(Rejection) {
            return .verified(try VerifiedTransaction.verify(signed, parsed: parsed))
        } catch {
            return error.code == .unknownKey ? .unknownKey(signed) : .refused(error)
        }
    }
}
