import Foundation
import Tokenize

/// The properties that the engine publishes about itself (Specs/11-assurance.md), each runnable alone.
///
/// They see what any caller sees: nothing but the public interface of `Tokenize`.
///
/// ```swift
/// let outcome = try await AuditCatalogue.run(property: "PRP-001", cases: 100, seed: 7)
/// ```
public struct AuditCatalogue: Sendable {
    /// One published property.
    public struct Entry: Sendable {
        /// The property; its id is that of a paragraph in Specs/11-assurance.md.
        public let property: Property
        /// Cases of a run that says enough, and takes seconds.
        public let usualCaseCount: Int

        /// An entry of a catalogue.
        public init(_ property: Property, usualCaseCount: Int) {
            self.property = property
            self.usualCaseCount = usualCaseCount
        }
    }

    /// The properties, by id.
    public let entries: [Entry]

    /// A catalogue.
    ///
    /// - Parameter storePlaces: makes new empty places of the stores that must do what the memory store does; with
    ///   none, store equivalence compares the memory store with itself.
    public init(storePlaces: [@Sendable () async throws -> any AuditStorePlace] = []) {
        let holdings = [
            HoldingProperties.all, EncumbranceProperties.all, [AlgebraProperties.entry],
        ]
        let authority = [
            AuthorityProperties.all, ControlProperties.all, RoleProperties.all, NoticeProperties.all,
            OfficeProperties.all, NewcomerProperties.all, RuleMakerProperties.all,
        ]
        let bonds = [
            ServicingProperties.all, ServicingBookProperties.all, BondOptionProperties.all, BondTermProperties.all,
            ConventionProperties.all, TermSheetProperties.all, TaxProperties.all,
        ]
        let rulebooks = [
            RulebookProperties.all, RulebookByHandProperties.all, RulebookChangeProperties.all,
            ExplanationProperties.all, QuestionProperties.all,
        ]
        let proofs = [
            ProofProperties.all, VerifierProperties.all, ForgeryProperties.all, SignedNoteProperties.all,
            EncodingProperties.all, TextFormProperties.all, ArithmeticProperties.all,
        ]
        let histories = [
            DecisionProperties.all, ModelProperties.all, LimitProperties.all, SeldomProperties.all,
            [ReachProperties.entry],
        ]
        let storage = [
            ReplayProperties.all, AlterationProperties.all, LongLogProperties.all, [DurabilityProperties.entry],
            ExactlyOnceProperties.all, GateProperties.all, [StoreProperties.entry(storePlaces)],
        ]
        entries = [holdings, authority, bonds, rulebooks, proofs, histories, storage].flatMap { $0.flatMap { $0 } }
            .sorted { $0.property.id < $1.property.id }
    }

    /// The catalogue over the memory store.
    public static let all = AuditCatalogue().entries

    /// Runs one property of the catalogue over the memory store.
    public static func run(
        property id: String,
        cases: Int? = nil,
        seed: UInt64 = 0,
        regressions: URL? = nil,
        progress: (@Sendable (Int) -> Void)? = nil
    ) async throws -> PropertyOutcome {
        try await AuditCatalogue().run(
            property: id,
            cases: cases,
            seed: seed,
            regressions: regressions,
            progress: progress
        )
    }

    /// Runs one property.
    ///
    /// - Parameters:
    ///   - id: the property's id.
    ///   - cases: cases that must hold; the usual number unless it is said.
    ///   - seed: everything that is drawn follows from it.
    ///   - regressions: where counterexamples are kept; they are replayed first.
    ///   - progress: called with the number of cases that have held, after each.
    /// - Throws: ``AuditFailure`` if there is no such property; ``CounterexampleError`` if a kept file cannot be read.
    public func run(
        property id: String,
        cases: Int? = nil,
        seed: UInt64 = 0,
        regressions: URL? = nil,
        progress: (@Sendable (Int) -> Void)? = nil
    ) async throws -> PropertyOutcome {
        guard let entry = entries.first(where: { $0.property.id == id }) else {
            throw AuditFailure(reason: "there is no property \(id)")
        }
        let run = PropertyRun(
            cases: cases ?? entry.usualCaseCount,
            seed: seed,
            shrinkCallCountMax: Self.shrinkCallCountMax,
            regressions: regressions
        )
        return try await entry.property.check(run, progress: progress)
    }

    /// Cases that a shrinker runs: each is a ledger with a history.
    public static let shrinkCallCountMax = 1_000
}
