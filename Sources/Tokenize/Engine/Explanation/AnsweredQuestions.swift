/// Signed questions that were answered and are still valid: none is answered twice, so that who overhears one learns
/// nothing by sending it again. Not part of the state; after a restart the last valid height alone bounds a question.
struct AnsweredQuestions: Sendable {
    /// By account, so that who asks much takes its own room and nobody else's.
    private var lastHeights: [AccountIndex: [Digest: UInt64]] = [:]
    private var count = 0

    /// Takes note of a question, or says why it is not to be answered.
    mutating func note(
        _ question: Digest,
        of account: AccountIndex,
        lastValidHeight: UInt64,
        at height: UInt64
    ) -> ExplanationError.Fault? {
        var own = lastHeights[account] ?? [:]
        if own[question] != nil { return .alreadyAnswered }
        if own.count >= EngineLimits.answeredQuestionCountMaxOfAccount {
            own = own.filter { $0.value >= height }
            guard own.count < EngineLimits.answeredQuestionCountMaxOfAccount else { return .tooManyQuestions }
            count -= (lastHeights[account]?.count ?? 0) - own.count
            lastHeights[account] = own
        }
        if count >= EngineLimits.answeredQuestionCountMax {
            lastHeights = lastHeights.compactMapValues { questions in
                let valid = questions.filter { $0.value >= height }
                return valid.isEmpty ? nil : valid
            }
            count = lastHeights.values.reduce(0) { $0 + $1.count }
            guard count < EngineLimits.answeredQuestionCountMax else { return .tooManyQuestions }
        }
        lastHeights[account, default: [:]][question] = lastValidHeight
        count += 1
        return nil
    }
}
