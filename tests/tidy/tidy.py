#!/usr/bin/env python3
"""Reads the tree and names what does not belong in it. tests/tidy/tidy.py [ROOT]

Each check is a function from the files to findings `path:line: what`. Prints them and ends with 1
when there is one; files between 400 and 500 lines are only listed.
"""

import re
import sys
import unicodedata
from pathlib import Path

# From the ground up: a layer includes itself, what stands before it, and the vocabulary.
LAYERS = ["base", "calendar", "feel", "decision", "crypto", "definition", "process", "models",
          "verify", "engine", "trail", "store", "shell", "batch", "report", "presentation"]
NARROWER = {"crypto": {"base", "crypto"}, "trail": {"base", "crypto", "trail"},
            "store": {"base", "crypto", "trail", "store"}}
VOCABULARY = {"values.hpp", "diagnostic.hpp", "refusal.hpp", "command.hpp", "event.hpp",
              "journal_event.hpp", "ports.hpp", "draw.hpp", "rating.hpp", "staff.hpp",
              "signing.hpp", "vault.hpp", "version.hpp"}
PURE = {"base", "calendar", "feel", "decision", "crypto", "definition", "process", "models",
        "verify", "engine", "trail"}

# The public headers of layers that can be had without the engine.
OWN_FACADE = {"feel": {"feel.hpp"}, "decision": {"feel.hpp", "decision.hpp"},
              "verify": {"soundness.hpp", "staffing.hpp"}, "include": {"feel.hpp"}}

# Third parties by module: a prefix of the header's name, and the paths that may include it.
THIRD_PARTIES = {
    "yaml-cpp/": r"libworkflow/definition/yaml_\w+\.cpp",
    "sqlite3.h": r"libworkflow/store/sqlite_\w+\.(cpp|hpp)|tests/",
    "openssl/": r"libworkflow/crypto/|tests/",
    "boost/program_options": r"tools/",
    "qrencode.h": r"libworkflow/presentation/evidence/receipt\.cpp",
    "boost/graph/": r"libworkflow/presentation/graph/",
    "nlohmann/":
        r"tools/|libworkflow/((batch/json_lines|report/event_log/ocel_json)\.cpp|"
        r"presentation/json/)|tests/",
    "pugixml":
        r"libworkflow/(batch/xes\.cpp|report/event_log/xes_writer\.cpp|"
        r"decision/(xml_|model_files)|models/(bpmn|pnml))|tests/",
    "utf8proc.h": r"libworkflow/(feel/(builtins/|pattern)|base/identity\.cpp)",
    "date/tz.h": r"libworkflow/base/zones\.cpp",
    "zlib.h": r"libworkflow/batch/bytes\.cpp|tests/",
    "fmt/": r".*\.cpp|tests/",
}

IMPURE = [
    (r"\b(?:system|steady|high_resolution)_clock\b(?!\s*\()", "reads a clock"),
    (r"\b(?:std::)?(?:time|clock|localtime|gmtime)\s*\(\s*(?:nullptr|NULL|0|&)", "reads a clock"),
    (r"\brandom_device\b|\bmt19937|\bs?rand\s*\(|\bgetrandom\b", "makes random numbers"),
    (r"\bstd::j?thread\b|\bstd::async\b|#include <thread>", "starts threads"),
    (r"\b[io]?fstream\b|\bfopen\s*\(|#include <fstream>", "opens files"),
    (r"\bgetenv\s*\(|\bsetlocale\s*\(|std::locale\b", "reads its surroundings"),
]
# Definitions and models are read through this one; nothing else below the store opens a file.
READS_FILES = {"libworkflow/base/text_file.cpp"}

EMPTY_NAMES = r"\b(?:class|struct|enum class)\s+(\w*(?:Manager|Helper|Handler|Impl|Utils?|Data))\b"
EMPTY_FILES = {"utils", "util", "helper", "helpers", "common", "misc", "manager"}
MARKERS = r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b|\bfor " r"now\b|\bplace" r"holder\b"

CODE = {".cpp", ".hpp", ".h"}
TEXT = CODE | {".yaml", ".md", ".txt", ".cmake", ".py", ".sh", ".in", ".json"}
SKIPPED = {"out", ".git", "corpus", "generated"}


class File:
    def __init__(self, root, path):
        self.path = path.relative_to(root).as_posix()
        self.name, self.suffix = path.name, path.suffix
        self.text = path.read_bytes().decode("utf-8", "replace")
        self.lines = self.text.split("\n")
        self.folders = self.path.split("/")[:-1]

    @property
    def layer(self):
        inside = len(self.folders) > 1 and self.folders[0] == "libworkflow"
        return self.folders[1] if inside else None

    def code(self):
        """Line numbers and lines without comments and string contents."""
        text = re.sub(r'R"(\w*)\(.*?\)\1"', lambda m: '""' + "\n" * m[0].count("\n"), self.text,
                      flags=re.S)
        text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m[0].count("\n"), text, flags=re.S)
        for number, line in enumerate(text.split("\n"), 1):
            if not line.lstrip().startswith("#include"):
                line = re.sub(r'"(?:\\.|[^"\\])*"', '""', line)
            yield number, re.sub(r"//.*", "", line)


def files_of(root):
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if any(p in SKIPPED or p.startswith(("build", ".git")) for p in parts[:-1]):
            continue
        if path.is_file() and (path.suffix in TEXT or path.name == "run"):
            yield File(root, path)


def includes(file):
    for number, line in enumerate(file.lines, 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if match:
            yield number, match[1] == '"', match[2]


def target_of(file, name):
    """The path in the tree that a quoted include means."""
    parts = list(file.folders)
    for part in name.split("/"):
        if part == "..":
            if parts:
                parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def check_direction(files):
    known = {file.path for file in files}
    for file in files:
        if file.layer not in LAYERS:
            continue
        allowed = NARROWER.get(file.layer, set(LAYERS[: LAYERS.index(file.layer) + 1]))
        if file.layer != "trail":
            # Siblings: what proves and what enforces share what lies below them.
            allowed = allowed - ({"trail", "verify"} if file.layer == "engine" else set())
        for number, quoted, name in includes(file):
            if not quoted:
                continue
            target = target_of(file, name)
            layer = target.split("/")[1] if target.startswith("libworkflow/") else None
            if target not in known:
                yield file, number, f'"{name}" is not where the include says'
            elif layer not in allowed:
                yield file, number, f"{file.layer} may not look at {layer or target}"


def check_facade(files):
    outside = {"shell", "batch", "report", "presentation"}
    for file in files:
        if file.suffix not in CODE or file.folders[:1] != ["libworkflow"]:
            continue
        if file.layer in outside:
            continue
        if file.layer == "include" and file.name not in VOCABULARY | OWN_FACADE["decision"]:
            continue
        allowed = VOCABULARY | OWN_FACADE.get(file.layer, set())
        for number, _, name in includes(file):
            if name.startswith("workflow/") and name.split("/")[1] not in allowed:
                yield file, number, f"<{name}> is facade: only shell, what is above it, and outside"


def check_third_parties(files):
    for file in files:
        for number, _, name in includes(file) if file.suffix in CODE else ():
            for prefix, paths in THIRD_PARTIES.items():
                if name.startswith(prefix) and not re.match(paths, file.path):
                    yield file, number, f"<{name}> belongs to {paths}"


def check_purity(files):
    for file in files:
        if file.suffix not in CODE or file.layer not in PURE:
            continue
        for number, line in file.code():
            for pattern, what in IMPURE:
                if file.path in READS_FILES and what == "opens files":
                    continue
                if re.search(pattern, line):
                    yield file, number, f"{what}: only shell, store and tools may"


def check_names(files):
    for file in files:
        if file.suffix not in CODE:
            continue
        if Path(file.name).stem in EMPTY_FILES or EMPTY_FILES & set(file.folders):
            yield file, 1, "the name of the file or its folder says nothing"
        for number, line in file.code():
            for match in re.finditer(EMPTY_NAMES, line):
                yield file, number, f"`{match[1]}` is a name without content"


def check_length(files):
    for file in files:
        if file.suffix in CODE and file.folders[:1] != ["tests"] and len(file.lines) > 501:
            yield file, 501, f"{len(file.lines) - 1} lines; none may have more than 500"


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line
               if not unicodedata.combining(c))


def check_columns(files):
    for file in files:
        raw = False
        for number, line in enumerate(file.lines, 1):
            was_raw, raw = raw, raw ^ (line.count('R"(') + line.count(')"') == 1)
            if file.suffix in CODE and not (raw or was_raw) and width(line) > 100:
                yield file, number, f"{width(line)} columns; 100 are enough"
            elif (file.suffix in {".py", ".sh", ".cmake"}
                  or file.suffix == ".yaml" and file.folders[:1] == ["definitions"]):
                if width(line) > 100 and "://" not in line:
                    yield file, number, f"{width(line)} columns; 100 are enough"


def check_leftovers(files):
    for file in files:
        for number, line in enumerate(file.lines, 1):
            match = re.search(MARKERS, line)
            if match:
                yield file, number, f"`{match[0]}` sounds unfinished"


def check_blanks(files):
    for file in files:
        if file.path.startswith("tests/definitions/"):  # what authors may write, also badly
            continue
        for number, line in enumerate(file.lines, 1):
            if line != line.rstrip():
                yield file, number, "blanks or a carriage return at the end of the line"
            if "\t" in line and file.suffix in CODE | {".yaml", ".py", ".cmake"}:
                yield file, number, "a tab"
        if file.text and not file.text.endswith("\n"):
            yield file, len(file.lines), "no line break at the end"
        if file.text.endswith("\n\n"):
            yield file, len(file.lines), "empty lines at the end"


def check_readme(files):
    readme = [file for file in files if file.path == "libworkflow/README.md"]
    text = readme[0].text if readme else ""
    for layer in sorted({file.layer for file in files if file.layer and file.suffix in CODE}):
        if f"`{layer}/`" not in text:
            first = next(file for file in files if file.layer == layer)
            yield first, 1, f"libworkflow/README.md does not say what `{layer}/` is for"


def check_dead_headers(files):
    included = set()
    for file in files:
        for _, quoted, name in includes(file) if file.suffix in CODE else ():
            included.add(Path(name).name)
    for file in files:
        if file.suffix == ".hpp" and file.name not in included and file.layer != "include":
            yield file, 1, "nobody includes it"


def check_guards(files):
    for file in files:
        if file.suffix == ".hpp" and "#pragma once" not in file.text:
            yield file, 1, "a header without #pragma once"


# What an event, a command, a step or a refusal is, is a closed list: who visits it names each
# alternative, so that a new one does not compile until somebody has thought of it.
GENERIC = r"\]\s*(?:<[^>]*>)?\s*\((?:const\s+)?auto\s*&{0,2}\s*\w*\)[^{]*(\{.*)"
FORWARDS = r"\{\s*(?:return\s+)?[\w.]+\((?:[^(){};]|\([^()]*\))*\)(?:\.\w+\([^()]*\))?;\s*\}"


def check_visitors(files):
    for file in files:
        if file.suffix not in CODE or file.folders[:1] == ["tests"]:
            continue
        lines = dict(file.code())
        for number, line in lines.items():
            if re.search(r"operator\(\)\((?:const\s+)?auto\b", line):
                yield file, number, "a visitor that takes anything: name each alternative"
            if "std::visit(" in line:
                call = " ".join(lines.get(number + i, "") for i in range(8))
                call = call[call.index("std::visit("):].split(";\n")[0]
                lambda_ = re.search(GENERIC, call)
                if lambda_ and not re.match(FORWARDS, lambda_[1]):
                    yield file, number, "a lambda that visits anything: name each alternative"
        text = "\n".join(lines.values())
        for block in re.finditer(r"switch \([^{]*\{", text):
            depth, end = 1, block.end()
            while depth and end < len(text):
                depth += {"{": 1, "}": -1}.get(text[end], 0)
                end += 1
            body = text[block.end():end]
            if "case RefusalCode::" in body and "default:" in body:
                yield (file, text.count("\n", 0, block.start()) + 1,
                       "a switch over refusals with a default: name each code")


CHECKS = [check_visitors, check_direction, check_facade, check_third_parties, check_purity,
          check_names, check_length, check_columns, check_leftovers, check_blanks, check_readme,
          check_dead_headers, check_guards]


def findings_of(root):
    files = list(files_of(Path(root)))
    return sorted({(file.path, number, what)
                   for check in CHECKS for file, number, what in check(files)})


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2])
    files = list(files_of(root))
    findings = findings_of(root)
    for path, number, what in findings:
        print(f"{path}:{number}: {what}")
    for file in files:
        if file.suffix in CODE and file.folders[:1] != ["tests"] and 401 < len(file.lines) <= 501:
            print(f"note: {file.path} has {len(file.lines) - 1} lines; it should not grow")
    print(f"tidy: {len(files)} files, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
