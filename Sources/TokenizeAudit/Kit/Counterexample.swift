import Foundation

/// A case that falsified a property, as a file that is kept for ever.
public struct Counterexample: Hashable, Sendable {
    /// The property that did not hold.
    public let property: String
    /// The run's seed.
    public let seed: UInt64
    /// The case of the run that failed first.
    public let caseIndex: UInt64
    /// The choices of the smallest failing case that was found.
    public let choices: [UInt64]
    /// What happens in that case, for a person to read.
    public let commands: [String]
    /// What did not hold.
    public let message: String
    /// Which demand did not hold.
    public let place: String
    /// The version of the kit that found it.
    public let toolVersion: String

    /// The form of the file.
    public static let format = "tokenize-audit-counterexample-1"
    /// The version that files name.
    public static let toolVersion = "1"

    init(property: String, seed: UInt64, caseIndex: UInt64, trial: Trial, failure: Falsified) {
        self.property = property
        self.seed = seed
        self.caseIndex = caseIndex
        choices = trial.choices.choices
        commands = trial.notes
        message = failure.message
        place = failure.place
        toolVersion = Self.toolVersion
    }

    /// The file's name: the property and a hash (FNV-1a) of the choices, so that different cases keep apart.
    public var fileName: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for choice in choices {
            for byte in 0..<8 {
                hash ^= choice >> UInt64(8 * byte) & 0xFF
                hash = hash &* 0x100_0000_01B3
            }
        }
        let digits = String(hash, radix: 16)
        return "\(property)-\(String(repeating: "0", count: 16 - digits.count))\(digits).json"
    }
}

/// Why a file is not a counterexample that can be replayed.
public enum CounterexampleError: Error, Hashable, Sendable {
    /// The file or folder cannot be read or written.
    case inputOutput(file: String, reason: String)
    /// The file is not JSON of the form of a counterexample.
    case damaged(file: String, reason: String)
    /// The file is of a form that this version does not know.
    case unknownFormat(file: String, format: String)
    /// The file is about another property than its name says.
    case foreign(file: String, property: String)
}

extension Counterexample {
    /// What the file says. Numbers of 64 bits are text, since many readers of JSON would round them.
    private struct File: Codable {
        var format: String
        var toolVersion: String
        var property: String
        var message: String
        var place: String
        var commands: [String]
        var seed: String
        var caseIndex: String
        var choices: [String]
    }

    /// Reads a file's content.
    public init(json: [UInt8], file: String) throws(CounterexampleError) {
        guard json.count <= AuditLimits.counterexampleByteCountMax else {
            throw .damaged(file: file, reason: "larger than \(AuditLimits.counterexampleByteCountMax) bytes")
        }
        struct Head: Codable { var format: String }
        let decoder = JSONDecoder()
        let content: File
        do {
            let format = try decoder.decode(Head.self, from: Data(json)).format
            guard format == Self.format else { throw CounterexampleError.unknownFormat(file: file, format: format) }
            content = try decoder.decode(File.self, from: Data(json))
        } catch let error as CounterexampleError {
            throw error
        } catch {
            throw .damaged(file: file, reason: "\(error)")
        }
        guard let seed = UInt64(content.seed), let caseIndex = UInt64(content.caseIndex),
            content.choices.count <= AuditLimits.choiceCountMax
        else { throw .damaged(file: file, reason: "seed, case or choices") }
        var choices: [UInt64] = []
        for text in content.choices {
            guard let choice = UInt64(text) else { throw .damaged(file: file, reason: "choice \(text)") }
            choices.append(choice)
        }
        property = content.property
        self.seed = seed
        self.caseIndex = caseIndex
        self.choices = choices
        commands = content.commands
        message = content.message
        place = content.place
        toolVersion = content.toolVersion
    }

    /// The file's content: JSON with sorted keys and a line for each command.
    public func json() throws(CounterexampleError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let content = File(
            format: Self.format,
            toolVersion: toolVersion,
            property: property,
            message: message,
            place: place,
            commands: commands,
            seed: String(seed),
            caseIndex: String(caseIndex),
            choices: choices.map { String($0) }
        )
        do {
            return [UInt8](try encoder.encode(content)) + [0x0A]
        } catch {
            throw .damaged(file: fileName, reason: "\(error)")
        }
    }

    /// Writes the file into a folder, which is made if it is not there, and gives its path.
    @discardableResult
    public func write(into folder: URL) throws(CounterexampleError) -> String {
        let file = folder.appendingPathComponent(fileName)
        let content = try json()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(content).write(to: file, options: .atomic)
        } catch {
            throw .inputOutput(file: file.path, reason: "\(error)")
        }
        return file.path
    }

    /// The counterexamples of a property that a folder keeps, by file name. A folder that is not there keeps none.
    public static func kept(
        for property: String,
        in folder: URL
    ) throws(CounterexampleError) -> [Counterexample] {
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        var kept: [Counterexample] = []
        do {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            where isName(name, of: property) {
                let content = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
                let example = try Counterexample(json: content, file: name)
                guard example.property == property else {
                    throw CounterexampleError.foreign(file: name, property: example.property)
                }
                kept.append(example)
            }
        } catch let error as CounterexampleError {
            throw error
        } catch {
            throw .inputOutput(file: folder.path, reason: "\(error)")
        }
        return kept
    }

    /// True for the property's id, a hyphen and 16 digits: `a-b` does not claim the files of `a-b-c`.
    private static func isName(_ name: String, of property: String) -> Bool {
        guard name.hasPrefix("\(property)-"), name.hasSuffix(".json") else { return false }
        return name.count == property.count + 1 + 16 + 5
    }
}
