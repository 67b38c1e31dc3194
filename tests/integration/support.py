"""Folders, repositories and the program, for tests. Their first argument is the program's path."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

BINARY = Path(sys.argv.pop(1)).resolve() if len(sys.argv) > 1 else Path("policysim")
ROOT = Path(__file__).resolve().parents[2]

POLICY = """{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}%s
  ]
}
"""
DENY = """,
    {"Sid": "NoSecrets", "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/secret"}"""
STRICT, LOOSE = POLICY % DENY, POLICY % ""
FIXTURE = """policysim: 1
world:
  policies: {read: ../policies/read.json}
  principals: {ann: {arn: "arn:aws:iam::123456789012:user/ann", policies: [read], session: null}}
  resources: {b: {arn: "arn:aws:s3:::b", account: "123456789012"}}
cases:
  - {id: plain, request: {principal: ann, action: "s3:GetObject", resource: "${{ b.arn }}/a"}, expect: allow}
  - {id: secret, request: {principal: ann, action: "s3:GetObject", resource: "${{ b.arn }}/secret"}, expect: %s}
"""
FILES = {"policies/read.json": STRICT, "fixtures/a.yaml": FIXTURE % "deny"}


class FolderTest(unittest.TestCase):
    """A folder of its own for each test; `self.path` may be set to hide programs."""

    def setUp(self):
        scratch = Path(tempfile.mkdtemp(prefix="policysim-"))
        self.addCleanup(shutil.rmtree, scratch, ignore_errors=True)
        self.home = scratch / "home"
        self.folder = scratch / "tree"
        self.home.mkdir()
        self.folder.mkdir()
        self.path = f"{BINARY.parent}{os.pathsep}/usr/bin{os.pathsep}/bin"
        self.variables = {}

    def environment(self):
        return {
            "PATH": self.path,
            "HOME": str(self.home),
            "LC_ALL": "C.UTF-8",
            "CI": "true",
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_{who}_{what}": "x@example.com" for who in ("AUTHOR", "COMMITTER")
               for what in ("NAME", "EMAIL")},
            **self.variables,
        }

    def run_words(self, words, folder=None):
        return subprocess.run(
            words, cwd=folder or self.folder, env=self.environment(), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, errors="surrogateescape", timeout=120, check=False,
        )

    def policysim(self, *words, folder=None, code=0):
        done = self.run_words([str(BINARY), *words], folder)
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout}\n{done.stderr}")
        return done

    def write(self, files):
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())


class RepositoryTest(FolderTest):
    """A repository whose `main` holds FILES; the program's working tree is a branch of it."""

    def setUp(self):
        super().setUp()
        self.git("init", "-q", "-b", "main")
        self.write(FILES)
        self.commit()
        self.git("checkout", "-q", "-b", "work")

    def git(self, *words, folder=None):
        done = self.run_words(["git", *words], folder)
        self.assertEqual(done.returncode, 0, f"git {words}\n{done.stderr}")
        return done.stdout.strip()

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "a change")


def main():
    sys.stdout.reconfigure(errors="backslashreplace")
    unittest.main()
