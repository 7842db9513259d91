/// A term sheet as people write it: JSON with the names of the market, numbers as decimal text (Specs/12).
///
/// Reading names every fault at once: of the text, of each field, and of the terms that the fields make together.
public enum TermSheetFile {
    /// Bytes in a file.
    public static let byteCountMax = 1_000_000

    /// What a name in the file stands for. A name that is not here may be the text of an identifier itself.
    public struct Names: Sendable {
        /// Cash assets by name, such as `LAK`.
        public var assets: [String: AssetID]
        /// Accounts by name, such as `Treasury`.
        public var accounts: [String: AccountID]

        /// What names stand for.
        public init(assets: [String: AssetID] = [:], accounts: [String: AccountID] = [:]) {
            self.assets = assets
            self.accounts = accounts
        }
    }

    /// One thing that is wrong with a file.
    public enum Fault: Hashable, Sendable {
        /// The text is not JSON, from this line on, or longer than ``byteCountMax``.
        case notJSON(line: Int)
        /// A field that must be there.
        case missing(String)
        /// A field that there is not.
        case unknown(String)
        /// A field that is not what it must be.
        case malformed(String, expected: String)
        /// The fields are what they must be, and make no terms.
        case terms(BondTermFault)
    }

    /// A file that makes no terms, with everything that is wrong with it.
    public struct Failure: Error, Hashable, Sendable {
        /// The faults, at least one.
        public let faults: [Fault]
    }

    /// The terms that a file states.
    public static func read(_ bytes: [UInt8], _ names: Names = Names()) throws(Failure) -> BondTerms {
        var reader = try reader(bytes, names)
        let sheet = reader.sheet()
        // A part that is named already is not named again for being unreadable.
        let named = reader.faults.compactMap(\.field)
        let rest = sheet.faults.filter { fault in
            guard case .missing(let field) = fault else { return true }
            return !named.contains { $0 == field.rawValue || $0.hasPrefix(field.rawValue + ".") }
        }
        let faults = reader.faults + rest.map { .terms($0) }
        guard faults.isEmpty else { throw Failure(faults: faults) }
        do throws(BondTermFailure) { return try BondTerms(sheet) } catch {
            throw Failure(faults: error.faults.map { .terms($0) })
        }
    }

    private static func reader(_ bytes: [UInt8], _ names: Names) throws(Failure) -> TermSheetReader {
        guard bytes.count <= byteCountMax else { throw Failure(faults: [.notJSON(line: 1)]) }
        do throws(ContractCaseFailure) {
            return TermSheetReader(try JSONDocument(bytes), names)
        } catch .notJSON(let line) {
            throw Failure(faults: [.notJSON(line: line)])
        } catch {
            throw Failure(faults: [.notJSON(line: 1)])
        }
    }
}

extension TermSheetFile.Fault {
    /// The field that is named, if one is.
    var field: String? {
        switch self {
        case .missing(let field), .unknown(let field), .malformed(let field, _): field
        case .notJSON, .terms: nil
        }
    }
}

extension TermSheetFile.Fault: CustomStringConvertible {
    /// A sentence that names the field.
    public var description: String {
        switch self {
        case .notJSON(let line): "not JSON from line \(line) on"
        case .missing(let field): "\(field) is missing"
        case .unknown(let field): "\(field) is no field of a term sheet"
        case .malformed(let field, let expected): "\(field) must be \(expected)"
        case .terms(let fault): fault.description
        }
    }
}
