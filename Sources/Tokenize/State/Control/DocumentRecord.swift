/// A filed document.
public struct DocumentRecord: Hashable, Sendable {
    /// What kind of document it is.
    public let type: DocumentType
    /// 1 for the first, one more for each that supersedes it.
    public let version: UInt32
    /// The authority that filed it.
    public let authority: AuthorityReference
    /// The business date on which it was filed.
    public let filed: CalendarDate
    /// What it is about.
    public let subjects: [DocumentSubject]
    /// The document that takes its place, if one does.
    public internal(set) var supersededBy: Digest?
}

extension DocumentRecord: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: supersededBy == nil ? 5 : 6)
        encoder.encode(UInt64(type.rawValue))
        encoder.encode(UInt64(version))
        authority.encode(into: &encoder)
        filed.encode(into: &encoder)
        encoder.encode(array: subjects)
        if let supersededBy { encoder.encode(supersededBy) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 6)
        guard count >= 5 else { throw decoder.failure(.outOfRange) }
        guard let type = DocumentType(rawValue: UInt8(try decoder.unsigned(max: 255))) else {
            throw decoder.failure(.outOfRange)
        }
        self.type = type
        version = UInt32(try decoder.unsigned(max: UInt64(UInt32.max)))
        authority = try AuthorityReference(from: &decoder)
        filed = try CalendarDate(from: &decoder)
        subjects = try decoder.array(
            of: DocumentSubject.self,
            min: 1,
            max: TransactionLimits.documentSubjectCountMax,
            limit: "documentSubjectCountMax"
        )
        supersededBy = count == 6 ? try decoder.digest() : nil
        decoder.leave()
    }
}
