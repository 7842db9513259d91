import Foundation
import Tokenize
import TokenizeAudit

let foreigners = Property(
    "ACME-005",
    "Foreigners never hold more than a tenth of the shares.",
    coverage: [.init("bought", perMille: 300), .init("refused", perMille: 300)]
) { trial in
    let small = try await SmallLedger()
    for units in try trial.draw(Generator<UInt64>.integer(in: 1...30).array(count: 1...6)) {
        trial.note("alice sends \(units)")
        do {
            try await small.alice.transfer(Quantity(UInt128(units)), of: small.asset, to: small.foreigner.account)
            trial.label("bought")
        } catch SubmissionError.rejected {
            trial.label("refused")
        }
        let held = try await small.units(of: small.foreigner)
        try trial.require(held <= 17, "the foreigner has \(held) of 170")
    }
}

let folder = URL(fileURLWithPath: "Counterexamples")
switch try await foreigners.check(PropertyRun(cases: 100, seed: 7), keepingIn: folder) {
case .passed(let statistics):
    print("\(foreigners.id) holds: \(statistics.caseCount) cases, \(statistics.replayedCount) kept ones")
case .falsified(let example, _):
    print("\(foreigners.id) does not hold: \(example.message)", example.fileName, separator: "\n")
    print(example.commands.joined(separator: "\n"))
    exit(1)
case .gaveUp, .insufficientCoverage:
    print("\(foreigners.id): the cases have shown too little")
    exit(1)
}
