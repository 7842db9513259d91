extension StringProtocol {
    /// Columns that the text takes up on a terminal: none for marks above and below letters, which Lao and Thai have,
    /// two for East Asian wide letters, one for all others.
    var columnCount: Int {
        unicodeScalars.reduce(0) { count, scalar in
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format: count
            default: count + (DisplayWidth.isWide(scalar.value) ? 2 : 1)
            }
        }
    }
}

enum DisplayWidth {
    /// The blocks whose letters are wide (Unicode Standard Annex 11), as far as names are written with them.
    fileprivate static func isWide(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60:
            true
        default: false
        }
    }
}
