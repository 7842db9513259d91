import Foundation
import Tokenize
import TokenizeSQLite

/// A ledger's file, and what the demonstration keeps beside it.
///
/// `LEDGER.secret` is the disclosure secret and `LEDGER.logkey` the seed of the key that signs checkpoints, both for
/// the owner's eyes only; `LEDGER.vkey` is the public key that anybody checks proofs with.
struct LedgerFiles: Sendable {
    let path: String

    var secretPath: String { path + ".secret" }
    var logKeyPath: String { path + ".logkey" }
    var verifierKeyPath: String { path + ".vkey" }
    var proofPath: String { path + ".proof" }
    /// A transaction that was refused, for `explain`.
    var attemptPath: String { path + ".attempt" }

    var hasAttempt: Bool { FileManager.default.fileExists(atPath: attemptPath) }

    private static let keyByteCountMax = 4_096
    private static let seedByteCount = 32
    private static let databaseMagic = Array("SQLite format 3\0".utf8)

    // MARK: A new ledger

    /// The files of a ledger that is about to be founded; there must be none yet.
    static func founding(_ path: String) throws(DemoFailure) -> LedgerFiles {
        let files = LedgerFiles(path: path)
        for path in [files.path, files.secretPath, files.logKeyPath, files.verifierKeyPath]
        where FileManager.default.fileExists(atPath: path) {
            throw DemoFailure("\(path) exists already: name another folder with --ledger")
        }
        return files
    }

    /// Draws the secret and the log key's seed, and keeps them.
    func createSecrets() throws(DemoFailure) -> (secret: DisclosureSecret, seed: [UInt8]) {
        let secret = DisclosureSecret.generate()
        let seed = Randomness.bytes(LedgerFiles.seedByteCount)
        try SmallFile.createSecret(secret.reveal().hexadecimal, at: secretPath)
        try SmallFile.createSecret(seed.hexadecimal, at: logKeyPath)
        return (secret, seed)
    }

    // MARK: A ledger that is there

    /// The files of a ledger that exists. Looks before SQLite does, which would make what it does not find.
    static func existing(_ path: String) throws(DemoFailure) -> LedgerFiles {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw DemoFailure("there is no ledger at \(path)")
        }
        guard !isFolder.boolValue else {
            throw DemoFailure("\(path) is a folder: name the ledger's file in it, bond.ledger say")
        }
        let handle = try SmallFile.open(path)
        defer { try? handle.close() }
        let beginning = (try? handle.read(upToCount: databaseMagic.count)).flatMap { $0 }.map { Array($0) } ?? []
        guard beginning == databaseMagic else { throw DemoFailure("\(path) is not a ledger") }
        return LedgerFiles(path: path)
    }

    func secret() throws(DemoFailure) -> DisclosureSecret {
        guard let digest = Digest(try hexadecimal(at: secretPath, what: "disclosure secret")) else {
            throw DemoFailure("\(secretPath) does not hold a disclosure secret: 64 hexadecimal digits")
        }
        return DisclosureSecret(digest)
    }

    /// The signer of checkpoints: the seed beside the ledger, under the name that the verifier key has.
    func checkpointSigner() throws(DemoFailure) -> SoftwareCheckpointSigner {
        let seed = try logKeySeed()
        let name = try VerifierKeyText.read(verifierKeyPath).name
        do {
            return SoftwareCheckpointSigner(try NoteSigner(name: name, algorithm: .ed25519, seed: seed))
        } catch {
            throw DemoFailure("\(logKeyPath) does not hold a log key")
        }
    }

    private func logKeySeed() throws(DemoFailure) -> [UInt8] {
        let seed = try hexadecimal(at: logKeyPath, what: "log key")
        guard seed.count == LedgerFiles.seedByteCount else {
            throw DemoFailure("\(logKeyPath) does not hold a log key: 64 hexadecimal digits")
        }
        return seed
    }

    private func hexadecimal(at path: String, what: String) throws(DemoFailure) -> [UInt8] {
        let bytes = try SmallFile.read(path, what: what, byteCountMax: LedgerFiles.keyByteCountMax)
        let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return [UInt8](hexadecimal: text) ?? []
    }
}
