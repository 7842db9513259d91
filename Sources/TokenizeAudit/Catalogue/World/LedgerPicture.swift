import Tokenize

/// All that the public view of a state shows, to be compared.
struct LedgerPicture: Hashable, Sendable {
    let clock: LedgerClock
    let logKeys: LogKeys
    let accounts: [AccountID]
    let accountRecords: [AccountRecord?]
    let sequences: [UInt64?]
    let assets: [AssetID]
    let assetRecords: [AssetRecord?]
    let holdings: [LedgerState.HoldingView]
    let authorities: [Authority]
    let control: [ControlKey: ControlRecord]

    struct Authority: Hashable, Sendable {
        let reference: AuthorityReference
        let quorum: Int
        let members: [AccountID]
    }

    /// Lanes that drawn transactions use.
    private static let lanes: Range<UInt16> = 0..<3

    init(_ state: LedgerState) {
        clock = state.clock
        logKeys = state.logKeys
        let (accounts, assets) = (state.accountIDs, state.assetIDs)
        self.accounts = accounts
        accountRecords = accounts.map { state.account($0) }
        sequences = accounts.flatMap { account in Self.lanes.map { state.nextSequence(of: account, lane: $0) } }
        self.assets = assets
        assetRecords = assets.map { state.asset($0) }
        control = Dictionary(uniqueKeysWithValues: state.controlRecords.map { ($0.key, $0.record) })
        holdings = assets.flatMap { state.holdings(of: $0) }
        authorities = Self.authorities(of: state)
    }

    /// Every authority of the first three numbers of each role, over the ledger and over each asset.
    static func authorities(of state: LedgerState) -> [Authority] {
        let scopes = [nil] + state.assetIDs.map { Optional($0) }
        let references = Role.allCases.flatMap { role in
            (0..<3).flatMap { number in scopes.map { AuthorityReference(role, number: number, asset: $0) } }
        }
        return references.compactMap { reference in
            state.authority(reference).map {
                Authority(reference: reference, quorum: $0.quorum, members: $0.members)
            }
        }
    }
}
