/// DOC-001 to DOC-005: digests of documents are filed, each once, and take one another's place.
extension LedgerState {
    func decide(_ filing: DocumentFiling, _ under: AuthorityReference, _ draft: inout Transition) throws(Rejection) {
        guard document(filing.digest, draft) == nil else { throw Rejection(.documentExists) }
        for subject in filing.subjects {
            if let asset = subject.asset { try requireScope(under, try requireAsset(asset, draft), draft) }
            if case .order(let order) = subject, self.order(order, draft) == nil { throw Rejection(.unknownOrder) }
        }
        var version: UInt32 = 1
        if let old = filing.superseding {
            guard var record = document(old, draft) else { throw Rejection(.unknownDocument) }
            guard record.supersededBy == nil, record.version < .max else { throw Rejection(.alreadySuperseded) }
            if record.authority != under {
                try draft.object(Rejection(.notFiler, (.authority, .authority(record.authority))))
            }
            if record.type != filing.type {
                try draft.object(Rejection(.otherDocumentType, (.expected, .text("\(record.type)"))))
            }
            version = record.version + 1
            record.supersededBy = filing.digest
            setControl(.document(record), under: .document(old), &draft)
        }
        let record = DocumentRecord(
            type: filing.type,
            version: version,
            authority: under,
            filed: businessDate(draft),
            subjects: filing.subjects,
            supersededBy: nil
        )
        setControl(.document(record), under: .document(filing.digest), &draft)
        draft.effects.append(.control(.documentFiled(filing.digest)))
    }
}
