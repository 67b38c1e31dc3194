#!/usr/bin/env python3
"""Runs the golden cases below this folder and the commands of README, docs/how-to and docs/formats.

A case is a folder <command>/<case>/ with `cmd` (a shell script that calls `policysim`), its input
files, and what the script must print and return: `stdout`, `stderr` (both may be missing: empty)
and `code` (missing: 0). It runs in a copy of the folder. Decisions in JSON are validated against
docs/formats/decision-v1.schema.json, findings against their shape.

A page holds ```console blocks: lines that begin with `$ ` are commands (a backslash at the
end continues them), the lines after one are what it prints, standard error last. They run in a copy
of docs/how-to/examples; beside it are fixtures and policies that ship, if a command names them. The
copy is a git repository with a branch `main` if a command looks at another revision.
"""

import argparse
import concurrent.futures
import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

GOLDEN = Path(__file__).resolve().parent
ROOT = GOLDEN.parents[1]
OUTPUTS = ("stdout", "stderr", "code")
REPOSITORY = """git init -q -b main && git add -A &&
  git -c user.name=x -c user.email=x@example.com commit -q -m x && git checkout -q -b work"""


def environment(binary: Path, home: Path) -> dict[str, str]:
    return {
        "PATH": f"{binary.parent}{os.pathsep}/usr/bin{os.pathsep}/bin",
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "CI": "true",
    }


def run(script: str, folder: Path, binary: Path) -> dict[str, str]:
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=folder,
        env=environment(binary, folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    decode = lambda data: data.decode("utf-8", "surrogateescape")
    return {
        "stdout": decode(done.stdout),
        "stderr": decode(done.stderr),
        "code": f"{done.returncode}\n",
    }


def in_copy(source: Path, script: str, binary: Path) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "case"
        shutil.copytree(source, folder, symlinks=True, ignore=shutil.ignore_patterns(*OUTPUTS, "cmd"))
        return run(script, folder, binary)


def difference(name: str, want: str, got: str) -> str:
    lines = difflib.unified_diff(
        want.splitlines(True), got.splitlines(True), f"{name} (wanted)", f"{name} (got)"
    )
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)


class Schema:
    """Decisions against the contract."""

    def __init__(self) -> None:
        import jsonschema  # Debian: python3-jsonschema

        with open(ROOT / "docs/formats/decision-v1.schema.json", encoding="utf-8") as file:
            self.validator = jsonschema.Draft7Validator(json.load(file))

    def problems(self, stdout: str) -> list[str]:
        return [
            f"schema: {element.get('id')}: {'/'.join(map(str, error.path))}: {error.message[:300]}"
            for element in decisions(stdout)
            for error in self.validator.iter_errors(element)
        ]


def decisions(stdout: str) -> list[dict]:
    """Every decision of every JSON document that begins a line; text between them is skipped."""
    found = []
    at = 0
    while at < len(stdout):
        end = at
        if stdout[at] in "[{":
            document, end = json.JSONDecoder().raw_decode(stdout, at)
            found += document if isinstance(document, list) else [document]
        newline = stdout.find("\n", end)
        at = len(stdout) if newline < 0 else newline + 1
    return [element for element in found if isinstance(element, dict)]


def read(path: Path, default: str = "") -> str:
    if not path.exists():
        return default
    return path.read_bytes().decode("utf-8", "surrogateescape")


def check_case(case: Path, binary: Path, schema: Schema, update: bool) -> list[str]:
    got = in_copy(case, read(case / "cmd"), binary)
    problems = []
    if case.parent.name == "evaluate":
        problems += schema.problems(got["stdout"])
    for name in OUTPUTS:
        default = "0\n" if name == "code" else ""
        want = read(case / name, default)
        if got[name] == want:
            continue
        if not update:
            problems.append(difference(name, want, got[name]))
        elif got[name] == default:
            (case / name).unlink()
        else:
            (case / name).write_bytes(got[name].encode("utf-8", "surrogateescape"))
    return problems


def check_page(page: Path, binary: Path, update: bool) -> list[str]:
    """Replays a page; the new text is the page with what its commands print today."""
    out: list[str] = []
    inside = False
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "examples"
        shutil.copytree(ROOT / "docs/how-to/examples", folder)
        if re.search(r"^\$ .* fixtures/", read(page), re.MULTILINE):
            for shipped in ("fixtures", "policies"):
                shutil.copytree(ROOT / shipped, folder / shipped)
        if re.search(r"^\$ .* --base", read(page), re.MULTILINE):
            run(REPOSITORY, folder, binary)
        lines = iter(read(page).splitlines(True))
        for line in lines:
            if line.startswith("```"):
                inside = line.strip() == "```console"
                out.append(line)
            elif inside and line.startswith("$ "):
                while line.endswith("\\\n"):
                    line += next(lines)
                done = run(line[2:], folder, binary)
                out.append(line)
                out.append(done["stdout"] + done["stderr"])
            elif not inside:
                out.append(line)
    text = "".join(out)
    if text == read(page):
        return []
    if update:
        page.write_text(text, encoding="utf-8")
        return []
    return [difference(page.name, read(page), text)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=Path, required=True, help="the program")
    parser.add_argument("--update", action="store_true", help="write what is printed today")
    parser.add_argument("folders", nargs="*", help="commands, as `evaluate`; `how-to` is the pages")
    options = parser.parse_args()
    binary = options.binary.resolve()
    schema = Schema()

    work = {}
    for case in sorted(path.parent for path in GOLDEN.glob("*/*/cmd")):
        name = f"{case.parent.name}/{case.name}"
        if not options.folders or case.parent.name in options.folders or name in options.folders:
            work[name] = (check_case, case, binary, schema, options.update)
    if not options.folders or "how-to" in options.folders:
        pages = [*ROOT.glob("docs/how-to/*.md"), *ROOT.glob("docs/formats/*.md")]
        for page in sorted([ROOT / "README.md", *pages]):
            work[f"how-to/{page.name}"] = (check_page, page, binary, options.update)
    if not work:
        print("no such case", file=sys.stderr)
        return 2

    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        running = {name: pool.submit(*task) for name, task in work.items()}
        for name, future in running.items():
            problems = future.result()
            if problems:
                failed += 1
                print(f"FAILED {name}\n" + "\n".join(problems))
    print(f"{len(work) - failed} of {len(work)} golden cases passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())
