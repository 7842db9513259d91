import Synchronization

/// What an explanation notes while the rules run: every rule that is not met, in the order in which it is asked.
///
/// Deciding has none: there the first rule that is not met ends everything. A rule asks once and objects with
/// `object`; whether that throws or is noted and the next rule is asked is settled here alone, so that explaining runs
/// the very rules that deciding runs. Nothing but a rule that is not met ever looks at it.
final class Objections: Sendable {
    /// Findings of one operation that are kept; what follows is left out.
    static let findingCountMax = 256

    private struct Content {
        var findings: [RuleFinding] = []
        /// True once an operation has ended with what was noted.
        var isEnded = false
    }

    private let content = Mutex(Content())

    /// Takes note of a rule that is not met.
    ///
    /// The same finding twice says nothing new. An invariant that breaks because the rules before it were not met is
    /// no finding: it would not have been asked.
    func note(_ finding: RuleFinding) {
        content.withLock { content in
            if finding.code == .invariantViolated, !content.findings.isEmpty { return }
            guard content.findings.count < Self.findingCountMax, !content.findings.contains(finding) else { return }
            content.findings.append(finding)
        }
    }

    /// Takes note of the rule that has ended an operation, unless the operation has ended with what was noted before.
    func noteEnd(_ finding: @autoclosure () -> RuleFinding) {
        if !content.withLock({ $0.isEnded }) { note(finding()) }
    }

    /// The findings since they were taken last.
    func take() -> [RuleFinding] {
        content.withLock { content in
            defer { content = Content() }
            return content.findings
        }
    }

    /// What was noted last, with which an operation ends now; nil if nothing was.
    fileprivate func end() -> RuleFinding? {
        content.withLock { content in
            content.isEnded = !content.findings.isEmpty
            return content.findings.last
        }
    }
}

extension Objections? {
    /// A rule that is not met, though the rules after it can still be asked: refuses, or is noted.
    ///
    /// - Parameters:
    ///   - rejection: what refuses when the transaction is decided.
    ///   - owner: whose its facts are; worked out from the rejection if nothing is said.
    ///   - further: facts that only an explanation gives.
    ///   - remedy: what would make it pass, if the facts of the rejection do not say it.
    func object(
        _ rejection: Rejection,
        of owner: @autoclosure () -> DecidingFact.Owner? = nil,
        _ further: @autoclosure () -> [DecidingFact] = [],
        remedy: @autoclosure () -> Remedy? = nil
    ) throws(Rejection) {
        guard let self else { throw rejection.owned(by: owner()) }
        self.note(RuleFinding(rejection, of: owner(), further(), remedy: remedy()))
    }
}

extension Transition {
    /// A rule that is not met, though the rules after it can still be asked: refuses, or is noted where the
    /// transaction is explained.
    func object(
        _ rejection: Rejection,
        of owner: @autoclosure () -> DecidingFact.Owner? = nil,
        _ further: @autoclosure () -> [DecidingFact] = [],
        remedy: @autoclosure () -> Remedy? = nil
    ) throws(Rejection) {
        try objections.object(rejection, of: owner(), further(), remedy: remedy())
    }

    /// As above, of a rule that makes its finding itself.
    func object(_ finding: RuleFinding) throws(Rejection) {
        guard let objections else { throw Rejection(finding) }
        objections.note(finding)
    }

    /// Ends an operation that is explained if a rule has objected to it: what follows would calculate with what the
    /// rules have refused.
    func endIfObjected() throws(Rejection) {
        if let finding = objections?.end() { throw Rejection(finding) }
    }
}
