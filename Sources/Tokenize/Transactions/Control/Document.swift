/// What kind of document is filed (Specs/15 has the table). Numbers are never reused.
public enum DocumentType: UInt8, Hashable, Sendable, CaseIterable {
    /// Terms and conditions, or a prospectus.
    case terms = 1
    /// A contract: a lease, a concession.
    case contract = 2
    /// A judgment or order of a court or authority.
    case order = 3
    /// A decision of an appeal.
    case appeal = 4
    /// A notice to holders.
    case notice = 5
    /// A resolution of holders or of the issuer.
    case resolution = 6
    /// A report or an account.
    case report = 7
    /// A survey, a map, a valuation.
    case survey = 8
    /// Anything else.
    case other = 9
}

/// What a document is about.
public enum DocumentSubject: Hashable, Sendable {
    /// An asset.
    case asset(AssetID)
    /// An order on the ledger.
    case order(OrderID)
    /// A corporate action on an asset, by the reference under which it is announced or paid.
    case corporateAction(AssetID, reference: String)

    public static func == (left: DocumentSubject, right: DocumentSubject) -> Bool {
        switch (left, right) {
        case (.asset(let left), .asset(let right)): left == right
        case (.order(let left), .order(let right)): left == right
        case (.corporateAction(let asset, let left), .corporateAction(let other, let right)):
            asset == other && left.isSameBytes(as: right)
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .asset(let asset): hasher.combine(asset)
        case .order(let order): hasher.combine(order)
        case .corporateAction(let asset, let reference):
            hasher.combine(asset)
            reference.hashBytes(into: &hasher)
        }
    }

    /// The asset that it concerns, if it names one.
    var asset: AssetID? {
        switch self {
        case .asset(let asset), .corporateAction(let asset, _): asset
        case .order: nil
        }
    }
}

/// Files a document's digest.
public struct DocumentFiling: Hashable, Sendable {
    /// SHA-256 of the document.
    public let digest: Digest
    /// What kind of document it is.
    public let type: DocumentType
    /// What it is about, 1 to 16 things.
    public let subjects: [DocumentSubject]
    /// The document whose place it takes, if it takes one's.
    public let superseding: Digest?

    /// An act with these fields; the rules decide whether it can be done.
    public init(digest: Digest, type: DocumentType, about subjects: [DocumentSubject], superseding: Digest? = nil) {
        self.digest = digest
        self.type = type
        self.subjects = subjects
        self.superseding = superseding
    }
}

extension DocumentSubject: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        switch self {
        case .asset(let asset):
            encoder.encodeArray(count: 2)
            encoder.encode(1 as UInt64)
            encoder.encode(asset)
        case .order(let order):
            encoder.encodeArray(count: 2)
            encoder.encode(2 as UInt64)
            encoder.encode(order)
        case .corporateAction(let asset, let reference):
            encoder.encodeArray(count: 3)
            encoder.encode(3 as UInt64)
            encoder.encode(asset)
            encoder.encode(text: reference)
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 3)
        guard count >= 2 else { throw decoder.failure(.outOfRange) }
        switch (try decoder.unsigned(), count) {
        case (1, 2): self = .asset(try decoder.identifier())
        case (2, 2): self = .order(try decoder.identifier())
        case (3, 3):
            let asset: AssetID = try decoder.identifier()
            let reference = try decoder.text(byteCountMax: TransactionLimits.referenceByteCountMax)
            guard !reference.isEmpty else { throw decoder.failure(.outOfRange) }
            self = .corporateAction(asset, reference: reference)
        default: throw decoder.failure(.outOfRange)
        }
        decoder.leave()
    }
}

extension DocumentFiling: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: superseding == nil ? 3 : 4)
        encoder.encode(digest)
        encoder.encode(UInt64(type.rawValue))
        encoder.encode(array: subjects)
        if let superseding { encoder.encode(superseding) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 4)
        guard count >= 3 else { throw decoder.failure(.outOfRange) }
        digest = try decoder.digest()
        guard let type = DocumentType(rawValue: UInt8(try decoder.unsigned(max: 255))) else {
            throw decoder.failure(.outOfRange)
        }
        self.type = type
        subjects = try decoder.array(
            of: DocumentSubject.self,
            min: 1,
            max: TransactionLimits.documentSubjectCountMax,
            limit: "documentSubjectCountMax"
        )
        superseding = count == 4 ? try decoder.digest() : nil
        decoder.leave()
    }
}
