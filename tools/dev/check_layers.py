#!/usr/bin/env python3
"""Checks what the architecture promises of the tree: who includes whom, what public headers show,
which library appears where, how long files are, and that no text speaks of one machine.

Usage: check_layers.py [ROOT]. Prints one line a violation; exit 1 if there is one.
"""

import re
import sys
from pathlib import Path

# Data flows downwards: a file includes folders of a lower rank, or its own.
RANKS = {
    "base": 0,
    "text": 1, "values": 1, "catalog": 1,
    "names": 2,
    "policy": 3, "request": 3,
    "program": 4, "services": 4, "world": 4,
    "compile": 5, "eval": 5,
    "operations": 6,
    "explain": 7,
    "gate": 8,
    "report": 9,
}

# Narrower than the ranks: the only folders that a folder sees beside itself.
SEES_ONLY = {
    # What the evaluator needs of policies and worlds is lowered into program/. The operator table,
    # semantics options and service facts of catalog/ are constants.
    "eval": {"base", "values", "catalog", "request", "program", "services"},
}

# Folders that only some files of another folder may include.
INCLUDED_ONLY_BY = {
    ("compile", "world"): {"attach_world", "built_in"},
}

# The reference evaluator is a second witness: of the product it uses the reader and the AST.
REFERENCE_SEES = {"base", "text", "policy"}

# Libraries stay where they are used: header prefix -> folders or files (without extension).
LIBRARIES = {
    "CLI/": {"tools/policysim/command_table"},
    "spdlog/": {"tools/policysim/log"},
    "yaml-cpp/": {"src/text/", "tests/unit/text/"},
    "libdeflate.h": {"src/text/", "tools/", "tests/", "bench/"},
    "nlohmann/": {"src/text/", "tests/", "fuzz/", "bench/"},
    "simdjson": {"src/request/", "tests/", "fuzz/", "bench/"},
    "re2/": {"src/world/regex", "tests/", "fuzz/"},
}

# Files that break a rule for a reason: (file, what) -> reason.
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("tests/reference/convert.hpp", "the reference evaluator must not see world"):
        "it turns the world's grants into those that the reference reads",
    ("tests/reference/convert.hpp", "the reference evaluator must not see request"):
        "the adapter that hands a request of the product to the reference as the reference's own",
    # A word of the Test Anything Protocol.
    ("src/report/test_tap.cpp", "left-over mark"): "the format",
    ("tests/unit/report/test_report_test.cpp", "left-over mark"): "its test",
    ("tests/golden/test/report-formats/stdout", "left-over mark"): "what it prints",
    ("docs/formats/test-reports.md", "left-over mark"): "its page",
}

MAX_LINES = 600
MAX_CORE_LINES = 9000  # of code: blank lines and comments are free
CORE = ("base", "text", "values", "policy", "program", "compile", "eval")
MAX_COMMAND_LINES = 150

CODE = {".cpp", ".hpp", ".h", ".c"}
TEXT = CODE | {".md", ".py", ".sh", ".txt", ".cmake", ".yaml", ".yml", ".tsv", ""}
SKIPPED_FOLDERS = {".git", "build", "generated", "corpus", "__pycache__", ".cache"}
ABSOLUTE_PATH = re.compile(r"(?<![\w.*}/-])/(?:home|root|work|Users|opt)/[\w.]|/tmp/[b]uild-")
LEFTOVER = re.compile("|".join(("TO" + "DO", "FIX" + "ME", r"\bXX" + r"X\b", r"\bHA" + r"CK\b")))
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]')


def files_of(root: Path):
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if SKIPPED_FOLDERS.isdisjoint(parts) and not parts[0].startswith("build-"):
            if path.is_file() and path.suffix in TEXT:
                yield path


class Check:
    def __init__(self, root: Path):
        self.root = root
        self.violations: list[str] = []
        self.used_exceptions: set[tuple[str, str]] = set()

    def report(self, file: str, line: int, what: str):
        if (file, what) in EXCEPTIONS:
            self.used_exceptions.add((file, what))
        else:
            self.violations.append(f"{file}:{line}: {what}")

    def library(self, file: str, line: int, header: str):
        for prefix, places in LIBRARIES.items():
            if header.startswith(prefix) and not any(file.startswith(p) for p in places):
                self.report(file, line, f"<{header}> belongs to {', '.join(sorted(places))}")

    def source(self, file: str, line: int, target: str):
        folder = file.split("/")[1]
        if folder not in RANKS:
            self.report(file, line, f"folder {folder} has no rank")
        elif target != folder:
            if RANKS[target] >= RANKS[folder]:
                self.report(file, line, f"{folder} (rank {RANKS[folder]}) includes {target} "
                                        f"(rank {RANKS[target]})")
            if target not in SEES_ONLY.get(folder, RANKS):
                self.report(file, line, f"{folder} must not see {target}")
            allowed = INCLUDED_ONLY_BY.get((folder, target))
            if allowed is not None and Path(file).stem not in allowed:
                self.report(file, line, f"only {', '.join(sorted(allowed))} of {folder} includes "
                                        f"{target}")

    def includes(self, file: str, lines: list[str]):
        for number, text in enumerate(lines, 1):
            found = INCLUDE.match(text)
            if not found:
                continue
            quoted, header = found.group(1) == '"', found.group(2)
            if not quoted:
                self.library(file, number, header)
            target = header.split("/")[0]
            if file.startswith("include/"):
                if quoted and target != "policysim":
                    self.report(file, number, f"public header includes {header}")
                if not quoted and not re.fullmatch(r"[a-z_]+", header):
                    self.report(file, number, f"public header includes <{header}>")
            elif quoted and target in RANKS and "/" in header:
                if file.startswith("src/"):
                    self.source(file, number, target)
                elif file.startswith("tests/reference/") and target not in REFERENCE_SEES:
                    self.report(file, number, f"the reference evaluator must not see {target}")

    def words(self, file: str, lines: list[str]):
        for number, text in enumerate(lines, 1):
            if ABSOLUTE_PATH.search(text):
                self.report(file, number, "path of one machine")
            if LEFTOVER.search(text):
                self.report(file, number, "left-over mark")

    def run(self) -> list[str]:
        core_lines = 0
        for path in files_of(self.root):
            file = path.relative_to(self.root).as_posix()
            try:
                lines = path.read_text(encoding="utf-8").splitlines()
            except UnicodeDecodeError:
                continue
            self.words(file, lines)
            if path.suffix not in CODE:
                continue
            self.includes(file, lines)
            if len(lines) > MAX_LINES:
                self.report(file, len(lines), f"longer than {MAX_LINES} lines")
            if re.fullmatch(r"tools/policysim/cmd_\w+\.cpp", file) and len(lines) > MAX_COMMAND_LINES:
                self.report(file, len(lines), f"command longer than {MAX_COMMAND_LINES} lines")
            if file.startswith(tuple(f"src/{folder}/" for folder in CORE)):
                core_lines += sum(1 for line in lines if not re.fullmatch(r"\s*(//.*)?", line))
        if core_lines > MAX_CORE_LINES:
            self.violations.append(f"src: the core has {core_lines} of {MAX_CORE_LINES} lines of code")
        for unused in sorted(set(EXCEPTIONS) - self.used_exceptions):
            if not (self.root / unused[0]).exists():
                continue
            self.violations.append(f"{unused[0]}: exception `{unused[1]}` is no longer needed")
        return self.violations


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    violations = Check(root).run()
    print("\n".join(violations) if violations else "layers: no violation")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
