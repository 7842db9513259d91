import ArgumentParser
import Foundation
import Tokenize

/// Writes a ledger's log as a tiled log that other tools read.
struct ExportLogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export-log",
        abstract: "Write the log as tiles, entry bundles and a signed checkpoint (C2SP tlog-tiles)."
    )

    @Argument(help: "The ledger's file.")
    var ledger: String

    @Argument(help: "The folder to write into: empty, or an earlier export of the same ledger.")
    var folder: String

    @Flag(help: "Print one JSON object instead of tables.")
    var json = false

    struct Report: Encodable {
        let folder: String
        let origin: String
        let entryCount: UInt64
        let root: String
        let fileCount: Int
        let byteCount: Int
    }

    func run() async throws {
        let open = try await OpenLedger.open(ledger, signing: true)
        let key = try VerifierKeyText.read(LedgerFiles(path: ledger).verifierKeyPath)
        let target = try Folder(making: URL(fileURLWithPath: folder))
        try requireSuitable(target, key)
        let signed = try await open.ledger.checkpoint()
        let checkpoint = try signed.verify(under: CheckpointPolicy(origin: key.name, logKeys: [key])).checkpoint
        let console = Console(isSilent: json)
        var progress = Progress(console, "writing tiles", total: Int(clamping: checkpoint.size))
        var files = LogExport.Files(of: open.store, under: checkpoint)
        var fileCount = 1
        var byteCount = signed.bytes.count
        while let file = try await files.next() {
            try target.write(file.bytes, to: file.resource.path)
            fileCount += 1
            byteCount += file.bytes.count
            progress.advance(to: Int(clamping: files.exportedEntryCount))
        }
        // Last, so that whoever reads it finds everything that it names.
        try target.write(signed.bytes, to: LogResource.checkpoint.path)
        try await open.ledger.close()
        progress.finish(
            "\(Amounts.count(checkpoint.size, "entry", plural: "entries")) in \(Amounts.count(fileCount, "file")), "
                + "\(Amounts.grouped(byteCount)) bytes, in \(folder)"
        )
        if json {
            let report = Report(
                folder: folder,
                origin: "\(checkpoint.origin)",
                entryCount: checkpoint.size,
                root: checkpoint.root.bytes.hexadecimal,
                fileCount: fileCount,
                byteCount: byteCount
            )
            return try console.writeObject(report)
        }
        var table = Table("", "")
        table.add("origin", "\(checkpoint.origin)")
        table.add("root", "\(checkpoint.root.bytes.hexadecimal)")
        console.show(table)
    }

    /// A folder that holds something else is left alone.
    private func requireSuitable(_ target: Folder, _ key: NoteVerifierKey) throws {
        guard !(try target.names()).isEmpty else { return }
        let path = target.path(LogResource.checkpoint.path)
        let bytes = try? SmallFile.read(path, what: "checkpoint", byteCountMax: SignedNote.byteCountMax)
        let earlier = bytes.flatMap { try? SignedCheckpoint(parsing: $0) }
        guard let earlier, let policy = try? CheckpointPolicy(origin: key.name, logKeys: [key]),
            (try? earlier.verify(under: policy)) != nil
        else {
            throw DemoFailure("\(folder) is not empty, and not an earlier export of this ledger")
        }
    }
}
