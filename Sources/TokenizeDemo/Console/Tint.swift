/// How a piece of text is meant; a colour where there are colours.
enum Tint: Sendable {
    case plain, heading, good, bad, faint

    private var code: String? {
        switch self {
        case .plain: nil
        case .heading: "1;36"
        case .good: "32"
        case .bad: "31"
        case .faint: "2"
        }
    }

    func paint(_ text: String) -> String {
        guard Terminal.hasColours, let code else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
