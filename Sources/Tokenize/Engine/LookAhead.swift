/// Reads what deciding transfers will read, and does nothing with it but add it up.
///
/// The records of accounts and holdings lie far apart in memory, and a decision waits for each read in turn. Here the
/// reads of many transactions are made side by side, first all of one kind and then all of the next, so that the waits
/// overlap. Positions are guessed from hashes and never compared: a wrong guess reads what nobody needs.
struct LookAhead: Sendable {
    private struct Route: Sendable {
        let sender: Int
        var recipient: Int?
        var asset: Int?
        var partition: Partition = 0
        var source: Int?
        var destination: Int?
    }

    private var routes: [Route] = []
    /// Means nothing; without a use of what was read, the compiler would leave the reads out.
    private var sum: UInt64 = 0

    /// Reads ahead for transactions that are decided next.
    mutating func read(_ items: ArraySlice<VerifiedChunk.Item>, in state: LedgerState) {
        routes.removeAll(keepingCapacity: true)
        for case .verified(let verified) in items {
            if let route = LookAhead.route(of: verified.signed, in: state) { routes.append(route) }
        }
        for index in routes.indices { findHoldings(index, in: state) }
        for index in routes.indices { readHoldings(index, in: state) }
    }

    @inline(__always)
    private static func route(of signed: SignedTransaction, in state: LedgerState) -> Route? {
        guard let account = signed.body.principals.head?.account, let sender = state.accounts.candidate(for: account)
        else { return nil }
        var route = Route(sender: sender)
        guard case .transfer(let transfer)? = signed.body.operations.head?.act else { return route }
        route.recipient = state.accounts.candidate(for: transfer.recipient)
        route.asset = state.assets.candidate(for: transfer.asset)
        route.partition = transfer.partition
        return route
    }

    @inline(__always)
    private mutating func findHoldings(_ index: Int, in state: LedgerState) {
        let sender = routes[index].sender
        sum &+= state.accounts.ids[sender].digest.word0 &+ state.firstLanes[sender].next
        sum &+= state.accounts.records[sender].policy.threshold
        guard let recipient = routes[index].recipient, let asset = routes[index].asset else { return }
        sum &+= state.accounts.ids[recipient].digest.word0
        sum &+= UInt64(state.accounts.records[recipient].holderClass.rawValue)
        let partition = routes[index].partition
        routes[index].source = state.holdings[asset].candidate(AccountIndex(UInt32(sender)), partition)
        routes[index].destination = state.holdings[asset].candidate(AccountIndex(UInt32(recipient)), partition)
    }

    @inline(__always)
    private mutating func readHoldings(_ index: Int, in state: LedgerState) {
        // A key and its weight may lie on either side of a boundary between cache lines.
        sum &+= state.accounts.records[routes[index].sender].policy.keys[0].key.indexHash
        sum &+= state.accounts.records[routes[index].sender].policy.keys[0].weight
        guard let asset = routes[index].asset else { return }
        if let source = routes[index].source { sum &+= state.holdings[asset].units(at: source) }
        if let destination = routes[index].destination { sum &+= state.holdings[asset].units(at: destination) }
    }
}
