import Foundation
import Testing

@testable import Tokenize

/// Two programs that share no code read the same proofs and logs, and must agree: the library, and the verifier in
/// `Specs/verifier`, which was written from the Specs.
@Suite("Independent verifier", .enabled(if: PythonVerifier.isInstalled, "no python3"))
struct IndependentVerifierTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func verdicts(
        _ command: String,
        on inputs: [[UInt8]],
        _ options: [String]
    ) async throws -> (status: Int32, verdicts: [String]) {
        try await PythonVerifier.verdicts(command, on: inputs, options, in: folder)
    }

    @Test("the examples of the Specs come out as they say")
    func examples() async throws {
        let answer = try await PythonVerifier.run(["examples"], in: folder)
        #expect(answer.status == 0 && answer.lines.first?.hasPrefix("verified: ") == true, "\(answer)")
    }

    @Test("a running ledger's proofs of presence, of absence and of effects hold, and say the same")
    func honest() async throws {
        let market = try await Market()
        let policy = try market.fixture.policy
        let key = ["--key", policy.logKeys[0].text]
        let receipt = try await market.run(1)[0]
        let present = try await market.ledger.proveHolding(asset: market.asset, account: market.people[1].account)
        let absent = try await market.ledger.proveHolding(
            asset: market.asset,
            account: market.fixture.ministry.account
        )
        let holdings = try await verdicts("proof", on: [present.canonicalBytes, absent.canonicalBytes], key)
        #expect(holdings.status == 0)
        for (proof, line) in zip([present, absent], holdings.verdicts) {
            let verdict = try proof.verify(under: policy)
            #expect(line.hasPrefix("verified: \(verdict.units) units, 0 encumbrances"), "\(line)")
            #expect(line.contains("account \(verdict.account), asset \(verdict.asset), partition 0"), "\(line)")
            #expect(line.contains("height \(verdict.height), business date \(verdict.businessDate)"), "\(line)")
        }
        #expect(holdings.verdicts[1].contains("(absent)"))
        let effect = try await market.ledger.proveEffect(position: receipt.position, index: 0)
        let effects = try await verdicts("effect", on: [effect.canonicalBytes], key)
        #expect(effects.status == 0)
        let line = try #require(effects.verdicts.first)
        #expect(line.hasPrefix("verified: effect 0 of 1: \(effect.effect.hexadecimal); "), "\(line)")
        #expect(line.contains("transaction \(receipt.transaction), entry \(receipt.position) of "), "\(line)")
        // Of what was asked, and of nothing else.
        let other = ["--account", "\(market.people[0].account)"]
        let asked = try await verdicts("proof", on: [present.canonicalBytes], key + other)
        #expect(asked.status == 1 && asked.verdicts[0].hasPrefix("refused: another account"), "\(asked)")
        try await market.ledger.close()
    }

    @Test("a proof with a byte changed is refused by both")
    func altered() async throws {
        let market = try await Market()
        let policy = try market.fixture.policy
        let key = ["--key", policy.logKeys[0].text]
        let receipt = try await market.run(1)[0]
        let holding = try await market.ledger.proveHolding(asset: market.asset, account: market.people[1].account)
        let effect = try await market.ledger.proveEffect(position: receipt.position, index: 0)
        for (command, bytes) in [("proof", holding.canonicalBytes), ("effect", effect.canonicalBytes)] {
            let inputs = stride(from: 0, to: bytes.count, by: 3).map { index in
                var input = bytes
                input[index] ^= [0x01, 0x80, 0xFF][index / 3 % 3]
                return input
            }
            let theirs = try await verdicts(command, on: inputs, key)
            #expect(theirs.verdicts.count == inputs.count && theirs.status == 1)
            for (input, verdict) in zip(inputs, theirs.verdicts) {
                let isAccepted =
                    command == "proof"
                    ? (try? OwnershipProof(canonicalBytes: input).verify(under: policy)) != nil
                    : (try? EffectProof(canonicalBytes: input).verify(under: policy)) != nil
                #expect(!isAccepted)
                #expect(verdict.hasPrefix("refused: "), "\(input.hexadecimal): \(verdict)")
            }
        }
        try await market.ledger.close()
    }

    @Test("holdings that a ledger writes are read by both, and others by neither")
    func records() async throws {
        let signer = try SignedNoteRuleTests.signer("ledger.example/bonds", .ed25519, 1)
        let key = ["--key", signer.verifierKey.text]
        let written = try ProvenHoldingTests.written.map { try $0.holding.proof(signedBy: signer).canonicalBytes }
        #expect(try await verdicts("proof", on: written, key).status == 0)
        let cases = ProvenHoldingTests.refused
        let refused = try cases.map { try $0.holding.proof(signedBy: signer).canonicalBytes }
        let answer = try await verdicts("proof", on: refused, key)
        #expect(answer.verdicts.count == cases.count)
        for (test, verdict) in zip(cases, answer.verdicts) {
            #expect(verdict.hasPrefix("refused: malformed: "), "\(test.name): \(verdict)")
        }
    }

    @Test("witnesses are counted as the policy says, by both")
    func witnesses() async throws {
        let log = try SignedNoteRuleTests.signer("ledger.example/bonds", .ed25519, 1)
        let first = try SignedNoteRuleTests.signer("witness.example/1", .cosignatureV1, 2)
        let second = try SignedNoteRuleTests.signer("witness.example/2", .cosignatureV1, 3)
        let bare = try HandmadeHolding().proof(signedBy: log)
        let signed = try SignedCheckpoint(parsing: bare.checkpoint)
        let one = try first.cosign(signed, time: 100)
        let notes = [signed, one, try first.cosign(one, time: 200), try second.cosign(one, time: 1)]
        let proofs = notes.map { note in
            OwnershipProof(state: bare.state, header: bare.header, inclusion: bare.inclusion, checkpoint: note.bytes)
        }
        let keys = [first.verifierKey, second.verifierKey]
        let options = ["--key", log.verifierKey.text] + keys.flatMap { ["--witness", $0.text] }
        for quorum in 0...2 {
            let policy = try CheckpointPolicy(
                origin: log.verifierKey.name,
                logKeys: [log.verifierKey],
                witnessKeys: keys,
                witnessQuorum: quorum
            )
            let ours = proofs.map { (try? $0.verify(under: policy)) != nil }
            #expect(ours == [0, 1, 1, 2].map { $0 >= quorum })
            let asked = options + ["--quorum", "\(quorum)"]
            let theirs = try await verdicts("proof", on: proofs.map(\.canonicalBytes), asked)
            #expect(theirs.verdicts.map { $0.hasPrefix("verified: ") } == ours)
        }
        // More witnesses than there are, and one key as log and as witness: no policy.
        let unanswerable = [options + ["--quorum", "3"], ["--key", first.verifierKey.text]]
        for options in unanswerable {
            #expect(try await verdicts("proof", on: [bare.canonicalBytes], options).status == 2)
        }
    }
}
