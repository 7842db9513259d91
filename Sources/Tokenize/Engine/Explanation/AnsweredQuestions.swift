/// Signed questions that were answered and are still valid: none is answered twice, so that who overhears one learns
/// nothing by sending it again. Not part of the state; after a restart the last valid height alone bounds a question.
struct AnsweredQuestions: Sendable {
    private var lastHeights: [Digest: UInt64] = [:]

    /// Takes note of a question, or says why it is not to be answered.
    mutating func note(_ question: Digest, lastValidHeight: UInt64, at height: UInt64) -> ExplanationError.Fault? {
        if lastHeights[question] != nil { return .alreadyAnswered }
        if lastHeights.count >= EngineLimits.answeredQuestionCountMax {
            lastHeights = lastHeights.filter { $0.value >= height }
            guard lastHeights.count < EngineLimits.answeredQuestionCountMax else { return .tooManyQuestions }
        }
        lastHeights[question] = lastValidHeight
        return nil
    }
}
