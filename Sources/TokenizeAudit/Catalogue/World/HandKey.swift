import Tokenize

/// A key that signs notes: its lines are put together by hand, of the engine's there is only the bare Ed25519 signature.
struct HandKey: Sendable {
    let name: String
    let algorithm: UInt8
    private let seed: [UInt8]
    let publicKey: [UInt8]

    /// - Parameters:
    ///   - algorithm: 1 for a log, 4 for a witness.
    ///   - number: equal for equal secrets.
    init(_ name: String, _ algorithm: UInt8, number: UInt8) throws {
        try self.init(name, algorithm, seed: [UInt8](repeating: number, count: 32))
    }

    init(_ name: String, _ algorithm: UInt8, seed: [UInt8]) throws {
        self.name = name
        self.algorithm = algorithm
        self.seed = seed
        publicKey = try NoteSigner(name: Self.name(name), algorithm: .ed25519, seed: seed).verifierKey.publicKey
    }

    static func name(_ text: String) throws -> NoteName {
        guard let name = NoteName(text) else { throw AuditFailure(reason: "a name is malformed") }
        return name
    }

    var keyID: [UInt8] { ModelNote.keyID(name, algorithm, publicKey) }

    var text: String { ModelNote.keyText(name, algorithm, publicKey) }

    func verifierKey() throws -> NoteVerifierKey { try NoteVerifierKey(text: text) }

    /// The engine's signer of this key.
    func signer() throws -> NoteSigner {
        let name = try Self.name(name)
        return try NoteSigner(name: name, algorithm: algorithm == 1 ? .ed25519 : .cosignatureV1, seed: seed)
    }

    /// The bare signature of a text that ends in a line feed.
    func signature(of text: String) throws -> [UInt8] {
        let signer = try NoteSigner(name: Self.name(name), algorithm: .ed25519, seed: seed)
        guard let signature = try signer.sign(text: text).signatures.first?.signature else {
            throw AuditFailure(reason: "nothing was signed")
        }
        return signature
    }

    /// What stands on the key's line: the signature of a log, or the time and signature of a witness.
    func signed(_ text: String, time: UInt64) throws -> [UInt8] {
        if algorithm == ModelNote.log { return try signature(of: text) }
        return ModelNote.time(time) + (try signature(of: ModelNote.cosigned(time, text)))
    }
}
