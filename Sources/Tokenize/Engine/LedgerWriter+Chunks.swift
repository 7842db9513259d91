extension LedgerWriter {
    /// Decides items in their order, one at least, until none is left, the group is full or the block has
    /// `blockEntryCountMax` entries. Appends a result for each.
    ///
    /// All in one call, since every way into the ledger's actor from outside is paid for.
    mutating func decide(
        _ items: ArraySlice<VerifiedChunk.Item>,
        blockEntryCountMax: Int,
        _ delivery: inout Delivery,
        _ results: inout [Result<Receipt, SubmissionError>]
    ) {
        var position = items.startIndex
        repeat {
            if (position - items.startIndex) % EngineLimits.lookAheadCount == 0 {
                lookAhead(items[position...].prefix(EngineLimits.lookAheadCount))
            }
            results.append(decide(items[position], &delivery))
            delivery.range = delivery.range.lowerBound..<(delivery.range.upperBound + 1)
            position += 1
        } while position < items.endIndex && !isGroupFull && unsealedEntryCount < blockEntryCountMax
    }

    private mutating func decide(
        _ item: VerifiedChunk.Item,
        _ delivery: inout Delivery
    ) -> Result<Receipt, SubmissionError> {
        switch item {
        case .verified(let verified): return commit(verified, &delivery)
        case .refused(let rejection): return .failure(.rejected(rejection))
        case .unknownKey(let signed):
            // The account may have been opened by a transaction just before this one.
            do throws(Rejection) {
                let verified = try VerifiedTransaction.verify(signed) { key in
                    state.isKnown(key, toPrincipalsOf: signed.body) ? try? ParsedPublicKey(key) : nil
                }
                return commit(verified, &delivery)
            } catch {
                delivery.noteRefusal(of: signed.id, error)
                return .failure(.rejected(state.disclosed(error, of: signed)))
            }
        }
    }

    private mutating func commit(
        _ verified: VerifiedTransaction,
        _ delivery: inout Delivery
    ) -> Result<Receipt, SubmissionError> {
        do throws(Rejection) {
            let receipt = try commit(verified)
            delivery.committedCount += 1
            return .success(receipt)
        } catch {
            delivery.noteRefusal(of: verified.signed.id, error)
            return .failure(.rejected(state.disclosed(error, of: verified.signed)))
        }
    }
}

extension LedgerState {
    /// True if a principal of `body` has `key` in its policy.
    func isKnown(_ key: EncodedPublicKey, toPrincipalsOf body: TransactionBody) -> Bool {
        body.principals.contains { account($0.account)?.policy.weight(of: key) != nil }
    }
}
