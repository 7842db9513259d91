/// Faults of the names under which the world knows a bond.
extension BondTermSheet {
    var identifierFaults: [BondTermFault] {
        var faults: [BondTermFault] = []
        if let isin, let failure = BondTermSheet.failure(ofISIN: isin) {
            faults.append(.malformedIdentifier(.isin, failure))
        }
        if let cfi {
            do throws(IdentifierFailure) {
                faults += classificationFaults(try CFI(cfi))
            } catch {
                faults.append(.malformedIdentifier(.cfi, error))
            }
        }
        if let fisn {
            do throws(IdentifierFailure) { _ = try FISN(fisn) } catch {
                faults.append(.malformedIdentifier(.fisn, error))
            }
        }
        return faults
    }

    /// What is wrong with the form or the check digit. Prefixes are not asked for: their list changes, and what a
    /// ledger accepts must not change with it (Specs/09, CNV-090).
    private static func failure(ofISIN text: String) -> IdentifierFailure? {
        do throws(IdentifierFailure) {
            _ = try ISIN(text)
            return nil
        } catch .unknownPrefix(let prefix) {
            guard prefix.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else { return .unknownPrefix(prefix) }
            guard let digit = try? ISIN.checkDigit(of: text.dropLast()), text.hasSuffix("\(digit)") else {
                return .wrongCheckDigits
            }
            return nil
        } catch {
            return error
        }
    }

    /// A classification of a bond (DB) says what it pays (attribute 1) and how it is redeemed (attribute 3); one of a
    /// money-market instrument (DY) only the first. `X` says nothing.
    private func classificationFaults(_ classification: CFI) -> [BondTermFault] {
        let letters = Array(classification.text)
        guard letters[1] == "B" || letters[1] == "Y" else { return [.classificationContradicts(attribute: 0)] }
        var faults: [BondTermFault] = []
        if let interest, letters[2] != "X", !BondTermSheet.letters(of: interest, indexation).contains(letters[2]) {
            faults.append(.classificationContradicts(attribute: 1))
        }
        if letters[1] == "B", letters[4] != "X", let repayment, letters[4] != redemptionLetter(repayment) {
            faults.append(.classificationContradicts(attribute: 3))
        }
        return faults
    }

    /// ISO 10962, bonds, attribute 1. Interest that an index changes is variable; interest in kind is capitalised.
    private static func letters(of interest: BondInterest, _ indexation: BondIndexation?) -> String {
        switch interest {
        case .none: "Z"
        case .fixed, .stepped: indexation == nil ? "FK" : "FV"
        case .floating: "VK"
        }
    }

    /// ISO 10962, bonds, attribute 3.
    private func redemptionLetter(_ repayment: BondRepayment) -> Character {
        switch (repayment, calls != nil, puts != nil) {
        case (.perpetual, true, _): "Q"
        case (.perpetual, false, true): "R"
        case (.perpetual, false, false): "P"
        case (.bullet, true, true): "D"
        case (.bullet, true, false): "G"
        case (.bullet, false, true): "C"
        case (.bullet, false, false): "F"
        case (.linear, true, _), (.level, true, _), (.instalments, true, _): "B"
        case (.linear, false, _), (.level, false, _), (.instalments, false, _): "A"
        }
    }
}
