/// Which texts can name a log, and so a ledger: the origin of its checkpoints begins with its name.
enum NameText {
    /// True for a text that is not empty and has no control characters, no white space and no `+` (C2SP signed-note).
    static func isName(_ text: String) -> Bool { !text.isEmpty && text.unicodeScalars.allSatisfy(isAllowed) }

    // Control characters, `+` and the Unicode property White_Space, fixed here so that no toolchain's tables decide.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x20, 0x2B, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: false
        default: true
        }
    }
}
