import Tokenize

extension LongLogProperties {
    /// Every file has the path that C2SP tlog-tiles gives it, and a bundle is read as so many entries and no others.
    static func requirePaths(_ files: [LogResource: [UInt8]], _ trial: Trial) throws {
        for (resource, bytes) in files {
            guard case .entries(let index, let width) = resource else {
                if case .tile(let level, let index, let width) = resource {
                    try require(resource, has: "tile/\(level)/" + path(index, width), trial)
                }
                continue
            }
            try require(resource, has: "tile/entries/" + path(index, width), trial)
            let bundle = EntryBundle(parsing: bytes, width: width)
            try trial.require(bundle?.bytes == bytes && bundle?.entries.count == width, "\(resource.path) is not read")
            for wrong in [width - 1, width + 1] {
                let read = EntryBundle(parsing: bytes, width: wrong)
                try trial.require(read == nil, "\(resource.path) is read as \(wrong) entries")
            }
            for changed in [bytes + [0], Array(bytes.dropLast())] {
                let read = EntryBundle(parsing: changed, width: width)
                try trial.require(read == nil, "\(resource.path) is read with another end")
            }
        }
        for (index, text) in [
            (0, "000"), (999, "999"), (1_000, "x001/000"), (1_234_067, "x001/x234/067"), (1_000_000, "x001/x000/000"),
        ] as [(UInt64, String)] {
            try require(.entries(index: index, width: 256), has: "tile/entries/" + text, trial)
            try require(.tile(level: 2, index: index, width: 255), has: "tile/2/" + text + ".p/255", trial)
        }
        for wrong in [
            "tile/0/0", "tile/0/0000", "tile/0/x000/001", "tile/0/001/x000", "tile/0/000.p/0", "tile/0/000.p/256",
            "tile/00/000", "tile/64/000", "tile/entries/000.p/07", "tile/entries/x001", "tile/-1/000", "checkpoint/",
            "tile/0/001/000", "tile/0/000/", "/tile/0/000", "tile/0/000.p", "tiles/0/000", "tile/entry/000",
        ] {
            try trial.require(LogResource(path: wrong) == nil, "\(wrong) is a file of a log")
        }
    }

    private static func require(_ resource: LogResource, has path: String, _ trial: Trial) throws {
        try trial.require(resource.path == path, "\(resource) lies at \(resource.path), not \(path)")
        try trial.require(LogResource(path: path) == resource, "at \(path) there is another file")
    }

    /// Groups of three digits, all but the last after an `x`; and how wide the tile is if it is not complete.
    private static func path(_ index: UInt64, _ width: Int) -> String {
        var digits = "\(index)"
        while digits.count % 3 != 0 { digits = "0" + digits }
        let letters = Array(digits)
        let groups = stride(from: 0, to: letters.count, by: 3).map { String(letters[$0..<$0 + 3]) }
        let named = groups.enumerated().map { $0.offset < groups.count - 1 ? "x" + $0.element : $0.element }
        return named.joined(separator: "/") + (width < 256 ? ".p/\(width)" : "")
    }
}
