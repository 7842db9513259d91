import Foundation
import Testing
import Tokenize

/// The table of Specs/16 over the codes of other standards has every rule, and no number that the standards do not know.
@Suite("Codes of other standards")
struct StandardCodeTests {
    private struct Row {
        let name: String
        let status: UInt8
        let restriction: Int
    }

    /// What ERC-1066 defines for things that do not go through.
    private static let statuses: Set<UInt8> = [
        0x00, 0x05, 0x10, 0x12, 0x15, 0x16, 0x18, 0x20, 0x24, 0x26, 0x28, 0x30, 0x34, 0x35, 0x38, 0x40, 0x42, 0x44,
        0x46, 0x48, 0x53, 0x54, 0x55, 0x56, 0xE2, 0xE4, 0xE5, 0xF0,
    ]

    private static func rows() throws -> [Row] {
        let url = PackageRoot.url.appending(path: "Specs/16-explanation.md")
        return try String(contentsOf: url, encoding: .utf8)
            .matches(of: #/\n\| ([0-9]{3}) \| ([A-Z]{3}-[0-9]{3}) \| ([A-Za-z]+) \| 0x([0-9A-F]{2}) \| ([0-9]+) \|/#)
            .compactMap { match in
                guard let status = UInt8(match.output.4, radix: 16), let restriction = Int(match.output.5) else {
                    return nil
                }
                let name = "\(match.output.1) \(match.output.2) \(match.output.3)"
                return Row(name: name, status: status, restriction: restriction)
            }
    }

    @Test("every code has one row, in ascending order")
    func complete() throws {
        #expect(try Self.rows().map(\.name) == RejectionCode.allCases.map { "\($0.rawValue) \($0.ruleID) \($0)" })
    }

    @Test("a status is a failure that ERC-1066 defines, and an ERC-1404 number is one rule's own, one byte and not 0")
    func numbers() throws {
        let rows = try Self.rows()
        #expect(rows.filter { !Self.statuses.contains($0.status) }.map(\.name) == [])
        #expect(Set(rows.map(\.status)) == Self.statuses)
        #expect(rows.filter { !(1...255).contains($0.restriction) }.map(\.name) == [])
        #expect(Set(rows.map(\.restriction)).count == rows.count)
    }
}
