import Foundation
import Testing

@testable import Tokenize

/// Published ICS-23 proofs of the `SmtSpec`, read from their protobuf form and put through our verifier.
///
/// ICS-23 proves absence by the two neighbours; from these follows the shorter proof that we use.
@Suite("ICS-23 SMT proofs", .enabled(if: LogConformance.exists("state/ics23/smt"), "no outside test data"))
struct PublishedProofTests {
    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        let key: String
        let proof: String
        let root: String
        let value: String
        var file: String?
        var testDescription: String { file ?? "" }
    }

    static let files = LogConformance.files(below: "state/ics23/smt", extension: "json")
    static let vectors = LogConformance.cases {
        try files.map { path in
            var vector = try LogConformance.decode(Vector.self, "state/ics23/smt/\(path)")
            vector.file = path
            return vector
        }
    }

    @Test("every file is read")
    func read() {
        #expect(!Self.files.isEmpty && Self.vectors.count == Self.files.count)
    }

    @Test("proof", arguments: vectors)
    func verify(_ vector: Vector) throws {
        let key = try #require([UInt8](hexadecimal: vector.key))
        let root = try #require([UInt8](hexadecimal: vector.root).flatMap { Digest($0) })
        let message = try Protobuf(try #require([UInt8](hexadecimal: vector.proof)))
        let proof: StateProof
        if let existence = message.messages(1).first {
            proof = try Self.existence(existence)
            #expect(proof.key == key)
            #expect(proof.value == [UInt8](hexadecimal: vector.value))
        } else {
            proof = try Self.absence(of: key, try #require(message.messages(2).first), root: root)
            #expect(proof.value == nil)
        }
        try proof.verify(root: root)
        try expectRefusals(of: proof, root: root)
    }

    private func expectRefusals(of proof: StateProof, root: Digest) throws {
        for (position, sibling) in proof.siblings.enumerated() {
            for byte in 0..<Digest.byteCount {
                var bytes = sibling.bytes
                bytes[byte] ^= 1
                var siblings = proof.siblings
                siblings[position] = try #require(Digest(bytes))
                let altered = StateProof(key: proof.key, claim: proof.claim, siblings: siblings)
                #expect(throws: ProofFailure.rootMismatch) { try altered.verify(root: root) }
            }
        }
    }

    /// An existence proof: key, value, leaf operation, and inner operations from leaf to root.
    private static func existence(_ message: Protobuf) throws -> StateProof {
        let siblings = try message.messages(4).map { inner in
            let prefix = inner.bytes(2)
            let suffix = inner.bytes(3)
            return try #require(Digest(prefix.count == 33 ? prefix.dropFirst() : suffix[...]))
        }
        return StateProof(key: message.bytes(1), claim: .present(value: message.bytes(2)), siblings: siblings)
    }

    /// The absence proof that follows from a neighbour's proof: the path of `key` leaves the neighbour's path into an
    /// empty subtree, or ends in the neighbour.
    private static func absence(of key: [UInt8], _ message: Protobuf, root: Digest) throws -> StateProof {
        let keyHash = Hashing.sha256(key)
        let neighbours = try (message.messages(2) + message.messages(3)).map(existence)
        for neighbour in neighbours {
            try neighbour.verify(root: root)
            let hash = Hashing.sha256(neighbour.key)
            let depth = neighbour.siblings.count
            guard let parting = (0..<depth).first(where: { hash.bit($0) != keyHash.bit($0) }) else {
                let valueHash = Hashing.sha256(try #require(neighbour.value))
                let claim = StateProof.Claim.absentOther(keyHash: hash, valueHash: valueHash)
                return StateProof(key: key, claim: claim, siblings: neighbour.siblings)
            }
            guard neighbour.siblings[depth - 1 - parting] == StateHashing.empty else { continue }
            let below = Array(neighbour.siblings.prefix(depth - 1 - parting))
            let leaf = StateHashing.leaf(keyHash: hash, valueHash: Hashing.sha256(try #require(neighbour.value)))
            var subtree = leaf
            for (offset, sibling) in below.enumerated() {
                let goesRight = hash.bit(depth - 1 - offset)
                subtree = goesRight ? StateHashing.node(sibling, subtree) : StateHashing.node(subtree, sibling)
            }
            let siblings = [subtree] + neighbour.siblings.dropFirst(depth - parting)
            return StateProof(key: key, claim: .absentEmpty, siblings: siblings)
        }
        throw MissingNeighbour()
    }

    struct MissingNeighbour: Error {}
}

/// As much of the protobuf wire format as these vectors need: varints and length-delimited fields.
struct Protobuf {
    struct Malformed: Error {}

    private var fields: [(number: Int, bytes: [UInt8])] = []

    init(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let tag = try Self.varint(&rest)
            if tag & 7 == 2 {
                let count = try Self.varint(&rest)
                guard rest.count >= count else { throw Malformed() }
                fields.append((tag >> 3, Array(rest.prefix(count))))
                rest = rest.dropFirst(count)
            } else {
                guard tag & 7 == 0 else { throw Malformed() }
                _ = try Self.varint(&rest)
            }
        }
    }

    func bytes(_ number: Int) -> [UInt8] { fields.first { $0.number == number }?.bytes ?? [] }

    func messages(_ number: Int) -> [Protobuf] {
        fields.filter { $0.number == number }.compactMap { try? Protobuf($0.bytes) }
    }

    private static func varint(_ rest: inout ArraySlice<UInt8>) throws -> Int {
        var value = 0
        for shift in stride(from: 0, to: 56, by: 7) {
            guard let byte = rest.popFirst() else { throw Malformed() }
            value |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw Malformed()
    }
}
