/// One small change of some bytes.
struct Damage: Sendable, CustomStringConvertible {
    enum Kind: CaseIterable, Sendable { case flip, replace, remove, insert, cut }

    let kind: Kind
    let place: Int
    let byte: UInt8

    var description: String { "\(kind) at byte \(place), \(byte)" }

    /// A change of a string of `count` bytes, at least one.
    static func draw(_ count: Int, _ trial: inout Trial) throws -> Damage {
        let kind = try trial.draw(.element(of: Kind.allCases))
        let place = try trial.choices.choose(upTo: UInt64(max(count - 1, 0)))
        let byte = UInt8(try trial.choices.choose(upTo: kind == .flip ? 7 : 255))
        return Damage(kind: kind, place: Int(place), byte: byte)
    }

    func applied(to bytes: [UInt8]) -> [UInt8] {
        guard place < bytes.count else { return bytes }
        var bytes = bytes
        switch kind {
        case .flip: bytes[place] ^= 1 << byte
        case .replace: bytes[place] = byte
        case .remove: bytes.remove(at: place)
        case .insert: bytes.insert(byte, at: place)
        case .cut: bytes.removeSubrange(place...)
        }
        return bytes
    }
}
