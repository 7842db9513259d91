import Tokenize

/// What a verified proof says, for machines.
struct VerdictReport: Encodable, Sendable {
    let origin: String
    let account: String
    let asset: String
    let partition: UInt32
    let units: String
    let available: String
    let encumbranceCount: Int
    let businessDate: String
    let height: UInt64
    let logSize: UInt64
    let sealingTime: UInt64

    init(_ verdict: OwnershipProof.Verdict) {
        origin = verdict.origin
        account = "\(verdict.account)"
        asset = "\(verdict.asset)"
        partition = verdict.partition
        units = "\(verdict.units)"
        available = "\(verdict.available)"
        encumbranceCount = verdict.encumbrances.count
        businessDate = "\(verdict.businessDate)"
        height = verdict.height
        logSize = verdict.size
        sealingTime = verdict.sealingTime
    }
}
