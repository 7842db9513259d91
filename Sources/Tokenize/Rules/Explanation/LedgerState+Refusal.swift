/// What of a refusal goes back to whoever submitted the transaction (Specs/16-explanation.md, 16.3).
extension LedgerState {
    /// The refusal as a submitter gets it: the rule and the operation always; of the facts those alone that every principal
    /// may be told, and none of a party's where the principals have not all signed.
    ///
    /// A refusal goes to whoever submits, and the principals have signed it together: what one of them may know of itself
    /// is not for the others. Whoever wants to know more asks for an explanation and says who it is.
    ///
    /// - Parameter signed: the transaction, refused on this very state.
    func disclosed(_ rejection: Rejection, of signed: SignedTransaction) -> Rejection {
        guard rejection.facts.contains(where: { $0.owner != .public }) else { return rejection }
        var accounts: [AccountIndex] = []
        for principal in signed.body.principals {
            guard let index = self.accounts.index(of: principal.account) else {
                return rejection.telling { $0 == .public }
            }
            accounts.append(AccountIndex(index))
        }
        let principals: ShortList<AccountIndex> = ShortList(accounts)
        // An operation is decided once all have signed; before that it may have been anybody.
        let isSigned =
            rejection.operation != nil
            || (try? AuthorisedTransaction.checkKeys(signed, of: principals, on: self)) != nil
        guard isSigned else { return rejection.telling { $0 == .public } }
        let readers: [AccountIndex] =
            rejection.operation.flatMap { operation in
                Disclosure.acting(in: signed.body.operations[operation].act, on: self).map {
                    authorities[$0]?.members ?? []
                }
            } ?? []
        return rejection.telling { owner in
            accounts.allSatisfy { account in
                if readers.contains(account) { return true }
                return switch owner {
                case .public: true
                case .party: self.owner(of: account, Transition()) == owner
                case .authority: false
                }
            }
        }
    }
}
