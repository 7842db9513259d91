import Tokenize

/// Chapters 6 and 7: the records under their keys, and the entries of the log.
extension LedgerModel {
    /// The state root as it stands, of a ledger without bonds.
    public func stateRoot(secret: [UInt8]) -> Digest {
        ModelHash.digest(ModelTree.root(of: records + registry + controlLeaves, secret: secret))
    }

    /// The entry that closes the open block, in the form of 7.1.1.
    func headerEntry(stateRoot: Digest, time: UInt64) -> [UInt8] {
        ModelCode.array([
            ModelCode.number(2), ModelCode.number(height), ModelCode.number(size), ModelCode.bytes(stateRoot.bytes),
            ModelCode.date(today), ModelCode.number(max(sealingTime, time)),
        ])
    }

    /// The entry of a transaction.
    static func entry(of bytes: [UInt8], _ receipt: ModelReceipt) -> [UInt8] {
        ModelCode.array([
            ModelCode.number(1), ModelCode.bytes(bytes),
            ModelCode.bytes(ModelHash.merkleRoot(receipt.effects.map { $0.canonicalBytes })),
            ModelCode.number(UInt64(receipt.effects.count)),
        ])
    }

    private typealias Leaf = (key: [UInt8], record: [UInt8])

    private var records: [Leaf] {
        let ledgerRecord = ModelCode.array([
            ModelCode.name(ledger), parameters.canonicalBytes, logKeys.canonicalBytes, ModelCode.number(height),
            ModelCode.date(today), ModelCode.number(openedDays), ModelCode.number(sealingTime),
            ModelCode.number(UInt64(parties.count)), ModelCode.number(UInt64(accounts.count)),
            ModelCode.number(UInt64(assets.count)),
        ])
        var leaves: [Leaf] = [(key(0), ledgerRecord)]
        for (index, name) in partyOrder.enumerated() {
            guard let party = parties[name] else { continue }
            let record = ModelCode.array([
                ModelCode.text(party.jurisdiction.text), ModelCode.number(UInt64(party.holderClass.rawValue)),
            ])
            leaves.append((key(1, ModelCode.name(name)), ModelCode.array([ModelCode.number(UInt64(index)), record])))
        }
        for (index, name) in accountOrder.enumerated() {
            guard let account = accounts[name] else { continue }
            let record = ModelCode.array([
                ModelCode.number(UInt64(index)), account.policy.canonicalBytes, ModelCode.name(account.party),
                ModelCode.claims(account.claims),
            ])
            leaves.append((key(2, ModelCode.name(name)), record))
        }
        for (lane, used) in usedSequences where !used.isEmpty {
            let next = Self.next(used)
            var bits: UInt64 = 0
            for sequence in used where sequence >= next { bits |= 1 << (sequence - next) }
            let record = ModelCode.array([ModelCode.number(next), ModelCode.number(bits)])
            leaves.append((key(3, ModelCode.name(lane.account), ModelCode.number(UInt64(lane.number))), record))
        }
        for (place, holding) in holdings {
            let record = ModelCode.array([ModelCode.quantity(holding.units), ModelCode.claims(holding.claims)])
            let partition = ModelCode.number(UInt64(place.partition.number))
            leaves.append((key(5, ModelCode.name(place.asset), ModelCode.name(place.account), partition), record))
        }
        return leaves
    }

    private var registry: [Leaf] {
        var leaves: [Leaf] = []
        for (index, name) in assetOrder.enumerated() {
            guard let asset = assets[name] else { continue }
            let classes = (0...6).map { code in
                ModelCode.quantity(unitsHeld(of: name) { Int($0.rawValue) == code })
            }
            let record = ModelCode.array([
                ModelCode.number(UInt64(index)), asset.identification.canonicalBytes,
                asset.issuer.canonicalBytes, ModelCode.bytes(asset.termsDigest), ModelCode.bytes(asset.charterDigest),
                ModelCode.quantity(asset.cap), ModelCode.quantity(asset.issued), ModelCode.quantity(asset.redeemed),
                ModelCode.number(UInt64(asset.status.rawValue)), ModelCode.claims(asset.claims),
                ModelCode.array(classes),
            ])
            leaves.append((key(4, ModelCode.name(name)), record))
            let identification = ModelCode.bytes(asset.identification.canonicalBytes)
            leaves.append((key(7, identification), ModelCode.name(name)))
        }
        for (reference, authority) in authorities {
            let members = accountOrder.filter { authority.members.contains($0) }.map { ModelCode.name($0) }
            let record = ModelCode.array([ModelCode.number(UInt64(authority.quorum)), ModelCode.array(members)])
            leaves.append((key(6, ModelCode.bytes(reference.canonicalBytes)), record))
        }
        for payment in payments {
            let reference = ModelCode.text(String(decoding: payment.reference, as: UTF8.self))
            leaves.append((key(8, ModelCode.name(payment.asset), reference), ModelCode.truth(true)))
        }
        return leaves
    }

    private var controlLeaves: [Leaf] {
        var leaves: [Leaf] = []
        func add(_ kind: UInt64, _ name: [UInt8], _ record: [UInt8]) {
            leaves.append((key(kind, ModelCode.bytes(name)), record))
        }
        for (party, list) in partyClaims { add(40, ModelCode.name(party), ModelCode.claims(list)) }
        for (id, order) in orders {
            let fields = [
                order.authority.canonicalBytes, ModelCode.order(order.order),
                ModelCode.number(UInt64(order.appeal.rawValue)),
            ]
            add(41, ModelCode.name(id), ModelCode.array(fields))
        }
        for (reference, mandate) in mandates { add(42, reference.canonicalBytes, mandate.canonicalBytes) }
        for (id, proposal) in proposals {
            let approvals = proposal.approvals.sorted().map { ModelCode.name($0) }
            let fields = [
                proposal.authority.canonicalBytes, ModelCode.bytes(proposal.act), ModelCode.name(proposal.proposer),
                ModelCode.date(proposal.lastDate), ModelCode.array(approvals),
            ]
            add(
                43,
                ModelCode.name(id),
                ModelCode.array(fields + (proposal.agreed.map { [ModelCode.moment($0)] } ?? []))
            )
        }
        for (digest, document) in documents {
            let fields = [
                ModelCode.number(UInt64(document.type.rawValue)), ModelCode.number(UInt64(document.version)),
                document.authority.canonicalBytes, ModelCode.date(document.filed),
                ModelCode.array(document.subjects.map { $0.canonicalBytes }),
            ]
            let successor = document.successor.map { [ModelCode.bytes($0.bytes)] } ?? []
            add(44, ModelCode.bytes(digest.bytes), ModelCode.array(fields + successor))
        }
        for (account, recovery) in recoveries {
            let fields = [
                recovery.policy.canonicalBytes, ModelCode.array(recovery.filers.map { $0.canonicalBytes }),
                ModelCode.moment(recovery.since), recovery.notice.canonicalBytes,
                ModelCode.truth(recovery.isObjected), ModelCode.truth(recovery.isAllowed),
            ]
            add(45, ModelCode.name(account), ModelCode.array(fields))
        }
        for (name, allowance) in allowances {
            let key = [ModelCode.name(name.asset), ModelCode.name(name.owner), ModelCode.name(name.trustee)]
            let record = [ModelCode.quantity(allowance.units), ModelCode.date(allowance.lastDate)]
            let rest = allowance.isAtRest ? [ModelCode.truth(true)] : []
            add(46, ModelCode.array(key), ModelCode.array(record + rest))
        }
        for (account, digest) in precommitments { add(47, ModelCode.name(account), ModelCode.bytes(digest.bytes)) }
        for (name, date) in emergencies {
            let key = [name.authority.canonicalBytes, name.target.canonicalBytes]
            add(48, ModelCode.array(key), ModelCode.date(date))
        }
        for (reference, account) in custodies { add(49, reference.canonicalBytes, ModelCode.name(account)) }
        return leaves
    }

    private func key(_ kind: UInt64, _ name: [UInt8]...) -> [UInt8] {
        ModelCode.array([ModelCode.number(kind)] + name)
    }
}
