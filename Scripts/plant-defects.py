#!/usr/bin/env python3
"""Plants the defects of Tests/Defects into a copy of the package, each behind a switch that is read at run time.

Usage: plant-defects.py [PACKAGE | --list]

PACKAGE is where the copy is made, or made anew: files whose content stays the same are not touched, so that little is
built again. --list prints name and sentence of each defect, in the order of their numbers. Without arguments nothing
is written: every defect must find its place in Sources/Tokenize exactly once.
"""

import pathlib
import sys

root = pathlib.Path(__file__).resolve().parent.parent


def read():
    """All defects: (name, sentence, file, old lines, new lines, properties that are tried first)."""
    defects = []
    for path in sorted((root / "Tests/Defects").glob("*.txt")):
        current, first = None, ""
        for number, line in enumerate(path.read_text().splitlines() + [""], 1):
            where = f"{path.name}:{number}"
            if line.startswith("defect "):
                name, _, sentence = line.removeprefix("defect ").partition(": ")
                current = [name, sentence, None, [], [], first]
                defects.append(current)
            elif line.startswith("first "):
                first = line.removeprefix("first ")
            elif line.startswith("in "):
                current[2] = line.removeprefix("in ")
            elif line.startswith("- "):
                current[3].append(line[2:].strip())
            elif line.startswith("+ "):
                current[4].append(line[2:])
            elif line and not line.startswith("#"):
                sys.exit(f"{where}: not understood: {line}")
    names = [defect[0] for defect in defects]
    for name in names:
        if names.count(name) > 1:
            sys.exit(f"two defects are called {name}")
    return defects


def places(lines, old):
    """Where `old` stands in `lines`; the last line of several may be the beginning of one."""
    found = []
    for start in range(len(lines) - len(old) + 1):
        window = [line.strip() for line in lines[start:start + len(old)]]
        if len(old) == 1:
            if old[0] in window[0]:
                found.append(start)
        elif window[:-1] == old[:-1] and window[-1].startswith(old[-1]):
            found.append(start)
    return found


def planted(defects):
    """The texts of the files that have defects, by their place in Sources/Tokenize."""
    faults, texts = [], {}
    for number, (name, _, file, old, new, _) in enumerate(defects, 1):
        original = (root / "Sources/Tokenize" / file).read_text().split("\n")
        lines = texts.setdefault(file, list(original))
        if len(places(original, old)) != 1:
            faults.append(f"{name}: stands {len(places(original, old))} times in {file}, not once")
            continue
        found = places(lines, old)
        if len(found) != 1:
            faults.append(f"{name}: another defect stands on the same lines of {file}")
            continue
        start = found[0]
        # What follows the part of the last line that is replaced stays.
        head, _, tail = lines[start + len(old) - 1].partition(old[-1])
        switched = [line.replace("DEFECT", f"PlantedDefect.isOn({number})") for line in new]
        switched[0] = (head if len(old) == 1 else "") + switched[0]
        switched[-1] += tail
        lines[start:start + len(old)] = switched
    if faults:
        sys.exit("\n".join(faults))
    return {file: "\n".join(lines) for file, lines in texts.items()}


def copy(package, texts):
    """The package with these texts in the engine's sources."""
    wanted = {pathlib.Path("Package.swift"): (root / "Package.swift").read_bytes()}
    if (root / "Package.resolved").exists():
        wanted[pathlib.Path("Package.resolved")] = (root / "Package.resolved").read_bytes()
    for folder in ["Sources", "Fuzzing/Sources", "Tests/Support"]:
        for path in (root / folder).rglob("*"):
            if path.is_file():
                wanted[path.relative_to(root)] = path.read_bytes()
    for file, text in texts.items():
        wanted[pathlib.Path("Sources/Tokenize") / file] = text.encode()
    # The package names a test target; its tests are not of use here.
    wanted[pathlib.Path("Tests/TokenizeTests/Empty.swift")] = b""
    wanted[pathlib.Path("Tests/TokenizeTests/Audit/Regressions/README.md")] = b""
    for path in package.rglob("*"):
        if path.is_file() and path.relative_to(package) not in wanted:
            path.unlink()
    for place, content in wanted.items():
        path = package / place
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


registry = """#if PLANTED_DEFECTS
    import Glibc

    /// The defect that is switched on in this process, by its number.
    enum PlantedDefect {
        private static let active = getenv("TOKENIZE_PLANTED_DEFECT").flatMap { Int(String(cString: $0)) } ?? 0

        @inline(__always)
        static func isOn(_ number: Int) -> Bool { active == number }
    }
#endif
"""

arguments = sys.argv[1:]
all_defects = read()
if "--list" in arguments:
    for entry in all_defects:
        print(f"{entry[0]}\t{entry[1]}\t{entry[5]}")
else:
    all_texts = planted(all_defects)
    all_texts["PlantedDefect.swift"] = registry
    if arguments:
        copy(pathlib.Path(arguments[0]).resolve(), all_texts)
    print(f"{len(all_defects)} defects have their places")
