import Tokenize

/// One or more of every form that is stored, sent or signed, from a ledger on which much has happened.
struct EncodedForms: Sendable {
    let world: AuditWorld
    let state: LedgerState
    let forms: [EncodedForm]

    /// A history of its own, the same in every case.
    static let scene = Task { try await EncodedForms() }

    private init() async throws {
        let place = MemoryPlace()
        var trial = Trial(ChoiceSource(seed: 10))
        let history = try await History.run(&trial, stepCountMax: 300, in: place)
        world = history.world
        state = history.state
        var forms = try await Self.proofs(world, in: place)
        forms += try await Self.entries(world, in: place)
        forms += Self.keys(world, try Self.day())
        forms += try Self.terms(world)
        forms += try Self.acts(world)
        forms += try Self.effects(world)
        forms += try Self.notes(world)
        forms += try Self.parts(world)
        self.forms = forms
    }

    private static func day() throws -> CalendarDate {
        guard let date = Cast.firstDate else { throw AuditFailure(reason: "a date is malformed") }
        return date
    }

    // MARK: Proofs and entries

    private static func proofs(_ world: AuditWorld, in place: MemoryPlace) async throws -> [EncodedForm] {
        let ledger = world.ledger
        var forms: [EncodedForm] = []
        // Of what is held, and of what is not: there the path leads to another leaf or to none.
        for (asset, member) in [(AuditWorld.cash, Cast.alice), (AuditWorld.club, Cast.foreigner)] {
            let account = world.cast.members[member].account
            for partition in [0, 3] as [Partition] {
                let proof = try await ledger.proveHolding(
                    asset: world.assets[asset],
                    account: account,
                    partition: partition
                )
                forms.append(.codable("state proof", proof.state))
                forms.append(
                    EncodedForm(name: "ownership proof", bytes: proof.canonicalBytes) {
                        try OwnershipProof(canonicalBytes: $0).canonicalBytes
                    }
                )
            }
        }
        let log = try await StoredLog(of: await place.fork())
        let several = try log.effects.map { try StoredLog.byteStrings($0).count > 1 }
        let position = several.lastIndex(of: true) ?? 2
        let effect = try await ledger.proveEffect(position: UInt64(position), index: 1)
        forms.append(.codable("effect proof", effect))
        forms.append(.codable("inclusion proof", effect.inclusion))
        let size = try await ledger.size()
        forms.append(.codable("consistency proof", try await ledger.proveConsistency(from: size / 3, to: size)))
        let inclusion = try await ledger.proveInclusion(of: size / 2)
        forms.append(.text("proof file", inclusion.bytes) { try TransparencyProof(parsing: $0).bytes })
        return forms
    }

    private static func entries(_ world: AuditWorld, in place: MemoryPlace) async throws -> [EncodedForm] {
        let log = try await StoredLog(of: await place.fork())
        var forms = log.entries.prefix(3).map { EncodedForm.entry($0) } + [EncodedForm.entry(log.entries.last ?? [])]
        // One effect of each form that the history has.
        var seen: Set<[UInt8]> = []
        for effect in try log.effects.flatMap({ try StoredLog.byteStrings($0) })
        where seen.insert(Array(effect.prefix(3))).inserted {
            forms.append(.read("effect", effect, as: Effect.self))
        }
        for transaction in try log.transactions().prefix(200) {
            forms.append(.transaction(transaction))
            forms.append(.body("the log", transaction.body))
        }
        return forms
    }

    private static func keys(_ world: AuditWorld, _ date: CalendarDate) -> [EncodedForm] {
        let asset = world.assets[AuditWorld.bond]
        let account = world.cast.members[Cast.alice].account
        let name = AuthorityReference(.court, number: 300).canonicalBytes
        let keys: [StateKey] =
            [
                .ledger, .party(Cast.party(3)), .account(account), .lane(account, lane: 65_535), .asset(asset),
                .holding(asset: asset, account: account, partition: .max), .authority(name), .identification(name),
                .payment(asset: asset, reference: "ໃບບິນ 7"), .calendar(Cast.digest(4)), .bond(asset),
                .recordPoint(asset, date), .keptHolding(asset, date, account: account, partition: 2),
                .paidDue(asset, date, kind: 4), .claim(asset, date, kind: 2, account: account, partition: 9),
                .paymentInstruction(account), .observation(asset, name: "REF", date),
                .putNotice(asset, date, account: account, partition: 1),
            ] + [30, 31, 32, 33, 34, 35, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49].map { .control($0, name) }
        return keys.map { .key($0) }
    }

    // MARK: Notes

    private static func notes(_ world: AuditWorld) throws -> [EncodedForm] {
        let log = try HandKey("forms.ledger", 1, number: 1)
        let witness = try HandKey("witness.one", 4, number: 2)
        let text = ModelNote.checkpoint(log.name, size: 12_345, root: Cast.digest(3).bytes)
        let lines = try [log, witness].map { ModelNote.line($0.name, $0.keyID, try $0.signed(text, time: 7)) }
        let note = ModelNote.note(text, lines)
        let transaction = TransactionID(digest: Cast.digest(5))
        let refusal = """
            forms.ledger/refusal
            transaction \(transaction.text)
            height 4
            size 9
            date 2026-01-05
            explanation \(Cast.digest(6).bytes.hexadecimal)
            rule - TXN-002
            rule 0 TRF-005

            """
        return [
            .text("note", note) { try SignedNote(parsing: $0).bytes },
            .text("signed checkpoint", note) { try SignedCheckpoint(parsing: $0).bytes },
            .text("checkpoint", Array(text.utf8)) { try Checkpoint(parsing: $0).text },
            .text("refusal", Array(refusal.utf8)) { try RefusalNote(parsing: $0).text },
            .text("key", Array(witness.text.utf8)) {
                Array(try NoteVerifierKey(text: String(decoding: $0, as: UTF8.self)).text.utf8)
            },
        ]
    }
}
