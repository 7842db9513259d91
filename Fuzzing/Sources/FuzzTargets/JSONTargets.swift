import Tokenize

/// A scenario is read, or refused with its field and a reason.
enum ScenarioTarget {
    /// What the presenter's files are bounded by.
    private static let byteCountMax = 1 << 20

    static func run(_ bytes: [UInt8]) {
        guard bytes.count <= byteCountMax else { return }
        do {
            _ = try Scenario(bytes: bytes, file: "fuzz.json")
        } catch let failure as ScenarioFailure {
            precondition(!failure.reason.isEmpty)
        } catch {
            preconditionFailure("\(error)")
        }
    }
}

/// A term sheet is read into terms, or refused with every fault; terms are encoded and read again.
enum TermSheetTarget {
    static func run(_ bytes: [UInt8]) {
        do throws(TermSheetFile.Failure) {
            let terms = try TermSheetFile.read(bytes)
            DecoderTarget.check(BondTerms.self, terms.canonicalBytes)
        } catch {
            precondition(!error.faults.isEmpty)
        }
    }
}
