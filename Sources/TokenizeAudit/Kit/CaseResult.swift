/// What one case came to.
enum CaseResult: Sendable {
    case held(Trial)
    case discarded
    case falsified(Trial, Falsified)

    /// Runs one case from its choices.
    static func of(_ property: Property, _ choices: ChoiceSource) async -> CaseResult {
        var trial = Trial(choices)
        do {
            try await property.body(&trial)
            return .held(trial)
        } catch is Discard {
            return .discarded
        } catch let failure as Falsified {
            return .falsified(trial, failure)
        } catch {
            // An error that the property did not expect says that it does not hold.
            return .falsified(trial, Falsified(message: "\(error)", place: "\(type(of: error))"))
        }
    }
}
