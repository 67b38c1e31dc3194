#!/usr/bin/python3
"""The pages of reports name their script by its hash; says so when the hash is not the script's.

usage: html_script.py SOURCE [--fix]      (src/report/html_page.cpp)
"""

import base64
import hashlib
import re
import sys


def main():
    path = sys.argv[1]
    with open(path, encoding="utf-8") as file:
        source = file.read()
    script = re.search(r'R"js\((.*?)\)js"', source, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    named = re.search(r'kScriptHash = "sha256-(.*?)"', source)[1]
    if named == digest:
        return 0
    if "--fix" in sys.argv:
        with open(path, "w", encoding="utf-8") as file:
            file.write(source.replace(f"sha256-{named}", f"sha256-{digest}"))
        return 0
    print(f"{path}: the script's hash is sha256-{digest}; run this test with --fix")
    return 1


if __name__ == "__main__":
    sys.exit(main())
