import Foundation
import FuzzTargets
import Tokenize

/// Gives a fuzzing target its seeds and what comes of changing them: blind, unlike libFuzzer, but without its build.
///
/// `CrashWriter mutate TARGET FOLDER SEED COUNT`: FOLDER has the seeds, a file each. Writes the number of inputs that
/// the target took; a crash of this process is a finding, and the same arguments make it again.
enum MutatingFuzzer {
    static func run(_ arguments: [String]) throws {
        guard arguments.count == 4, let target = FuzzTarget(rawValue: arguments[0]), let seed = UInt64(arguments[2]),
            let count = Int(arguments[3])
        else { throw CrashWriter.UsageError() }
        let folder = URL(fileURLWithPath: arguments[1])
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let seeds = try names.map { Array(try Data(contentsOf: folder.appendingPathComponent($0))) }
        guard !seeds.isEmpty else { throw CrashWriter.UsageError() }
        for seed in seeds { target.run(seed) }
        var random = Mixer(state: seed)
        for _ in 0..<count { target.run(mutated(seeds, &random)) }
        CrashWriter.say("ran \(seeds.count + count)")
    }

    /// SplitMix64.
    private struct Mixer: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    /// A seed with one to four changes: bits, bytes, cuts, doubled parts, and parts of other seeds.
    private static func mutated(_ seeds: [[UInt8]], _ random: inout Mixer) -> [UInt8] {
        var bytes = seeds.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            guard !bytes.isEmpty else { return [UInt8.random(in: 0 ... .max, using: &random)] }
            let place = Int.random(in: bytes.indices, using: &random)
            let length = min(bytes.count - place, Int.random(in: 1...16, using: &random))
            switch Int.random(in: 0..<8, using: &random) {
            case 0...1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 2: bytes[place] = [0, 1, 0x17, 0x18, 0x1B, 0x5B, 0x7F, 0x9F, 0xFF].randomElement(using: &random) ?? 0
            case 3: bytes.removeSubrange(place..<(place + length))
            case 4: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
            case 5: bytes.insert(UInt8.random(in: 0 ... .max, using: &random), at: place)
            case 6: bytes.removeSubrange(place...)
            default:
                let other = seeds.randomElement(using: &random) ?? []
                let start = min(place, other.count)
                bytes.replaceSubrange(place..<(place + length), with: other[start..<min(start + length, other.count)])
            }
        }
        return bytes
    }
}
