/// What is wrong with a scenario: the file, the field, and why.
struct ScenarioFailure: Error, CustomStringConvertible {
    let file: String
    /// Such as `sales[2].shares`; empty for the document.
    let field: String
    let reason: String

    var description: String { field.isEmpty ? "\(file): \(reason)" : "\(file): \(field): \(reason)" }
}
