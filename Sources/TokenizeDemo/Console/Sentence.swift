import Foundation
import Tokenize

/// Something that the program itself finds wrong, in a sentence.
struct DemoFailure: Error {
    let sentence: String
    init(_ sentence: String) { self.sentence = sentence }
}

/// Errors as one line that a person can act on.
enum Sentence {
    static func text(of error: any Error) -> String {
        switch error {
        case let failure as DemoFailure: failure.sentence
        case let failure as ScenarioFailure: failure.description
        case let failure as LedgerFailure: text(of: failure)
        case let failure as SubmissionError: text(of: failure)
        case let error as ExplanationError: text(of: error)
        case let failure as OwnershipFailure: text(of: failure)
        case let failure as NoteFailure: text(of: failure)
        case let failure as IdentifierTextFailure: text(of: failure)
        case let error as CocoaError: error.localizedDescription
        default: "\(error)"
        }
    }

    /// The text in one line, without control characters.
    static func oneLine(_ text: String) -> String {
        let line = text.split(whereSeparator: { $0.isNewline }).first.map(String.init) ?? text
        return String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
    }

    /// What was typed, in quotation marks; of a long text the beginning.
    static func quoted(_ typed: String) -> String {
        let line = oneLine(typed)
        return line.count > quotedCountMax ? "'\(line.prefix(quotedCountMax))...'" : "'\(line)'"
    }

    /// Characters of what was typed that a sentence repeats.
    private static let quotedCountMax = 80

    static func text(of failure: LedgerFailure) -> String {
        switch failure {
        case .cannotOpen(let path, let reason): "cannot open \(path): \(reason)"
        case .foreignStore(let reason): "this is not a ledger of this format: \(reason)"
        case .corrupted("header", let position, let reason):
            "the ledger is damaged, or another version of this program wrote it: "
                + "header at \(position): \(reason)"
        case .corrupted(let what, let position, let reason):
            "the ledger is damaged: \(what) at \(position): \(reason)"
        case .lostTail(let count, let expected, let source):
            "the ledger has lost its end: it holds \(count) entries, and the \(source) names \(expected)"
        case .rootMismatch(let count, let source):
            "the ledger is not the one that the \(source) names: its root at \(count) entries is another"
        case .inputOutput(let operation, let reason): "\(operation) failed: \(reason)"
        case .storePoisoned(let reason): "an earlier write failed, open the ledger again: \(reason)"
        case .storeClosed: "the ledger is closed"
        case .notContiguous(let expected, let found):
            "entries do not follow one another: expected \(expected), found \(found)"
        case .limitExceeded(let limit, let maximum): "the limit \(limit), \(maximum), is exceeded"
        case .misconfigured(let reason): reason
        }
    }

    static func text(of error: SubmissionError) -> String {
        switch error {
        case .rejected(let rejection): "the ledger refuses: \(rejection)"
        case .failed(let failure): text(of: failure)
        case .outcomeUnknown(_, let failure): "sent, and whether it is committed is not known: \(text(of: failure))"
        case .signing(let failure): "no signature: \(failure)"
        }
    }

    static func text(of error: ExplanationError) -> String {
        switch error {
        case .failed(let failure): text(of: failure)
        case .signing(let failure): "no signature: \(failure)"
        case .request(let fault):
            switch fault {
            case .unknownRequester: "the ledger has no such account to answer to"
            case .badSignature: "the key is not one of the account that asks"
            case .thresholdNotReached: "the account that asks needs more signatures than this key's"
            case .inRecovery: "the keys of the account that asks are being replaced"
            case .noRefusalSigner: "the ledger has no signer of refusals"
            default: "the question is not answered: \(fault)"
            }
        }
    }

    static func text(of failure: OwnershipFailure) -> String {
        switch failure {
        case .checkpoint(let note): text(of: note)
        case .wrongPosition: "the header is not the last entry under the checkpoint"
        case .inclusion: "the header is not in the log that the checkpoint names"
        case .malformed: "header, key or value are not of the form that a ledger writes"
        case .state: "the holding is not in the state that the ledger committed to"
        }
    }

    static func text(of failure: IdentifierTextFailure) -> String {
        switch failure {
        case .malformed: "mistyped, its checksum does not fit"
        case .wrongKind(let expected, let found): "it names a thing of the kind '\(found)', not '\(expected)'"
        case .wrongByteCount(let count): "it holds \(count) bytes, not 32"
        }
    }

    static func text(of failure: NoteFailure) -> String {
        switch failure {
        case .wrongSignature: "the signature on the checkpoint does not verify"
        case .noKnownSignature: "the checkpoint is not signed by this key"
        case .malformedRefusal: "the note is not a refusal"
        case .originMismatch: "the checkpoint is of another ledger than the key"
        case .malformedKey: "not a verifier key (name+hash+base64)"
        case .unsuitableAlgorithm(let byte): "the key's algorithm (\(byte)) does not sign logs"
        case .notText, .noSignatures, .malformedSignatureLine, .malformedCheckpoint:
            "the checkpoint is not a signed note"
        case .tooFewCosignatures(let found, let required): "\(found) of \(required) witnesses cosigned"
        case .malformedPolicy, .malformedProof, .notIncluded, .limitExceeded: "\(failure)"
        }
    }
}
