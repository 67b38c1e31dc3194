"""`policysim test --golden`."""

import json
import os

from support import FIXTURE, FILES, LOOSE, FolderTest, main


class Golden(FolderTest):
    def setUp(self):
        super().setUp()
        self.write(FILES)

    def run_tests(self, *words, code=0):
        return self.policysim("test", "fixtures", *words, code=code)

    def golden(self):
        return (self.folder / "golden.ndjson").read_text()

    def update(self, *words, code=0):
        return self.run_tests("--golden", "golden.ndjson", "--update-golden", *words, code=code)

    def compare(self, code=0):
        return self.run_tests("--golden", "golden.ndjson", code=code)

    def test_written_once_and_met_ever_after(self):
        done = self.update()
        self.assertIn("wrote the decisions of 2 tests to golden.ndjson", done.stderr)
        lines = [json.loads(line) for line in self.golden().splitlines()]
        self.assertEqual([line["id"] for line in lines], ["plain", "secret"])
        self.assertEqual(lines[1]["decision"], "explicit_deny")
        self.assertEqual(lines[1]["sid"], "NoSecrets")
        self.assertIn("no decision changed", self.compare().stdout)
        first = self.golden()
        self.update("--jobs", "1")
        self.assertEqual(self.golden(), first)

    def test_a_change_fails_though_every_test_passes(self):
        self.update()
        self.write({"policies/read.json": LOOSE, "fixtures/a.yaml": FIXTURE % "allow"})
        done = self.compare(code=1)
        self.assertIn("2 tests: 2 passed", done.stdout)
        self.assertIn("widened    secret", done.stdout)
        self.policysim("test", "fixtures", "--golden", "golden.ndjson", "--exit-zero")
        self.update()
        self.compare()

    def test_a_changed_request_is_told(self):
        self.update()
        fixture = self.folder / "fixtures/a.yaml"
        fixture.write_text(fixture.read_text().replace("/a\"", "/other\""))
        self.assertIn("the request changed", self.compare(code=1).stdout)

    def test_tests_that_come_and_go(self):
        self.update()
        fixture = self.folder / "fixtures/a.yaml"
        fixture.write_text(fixture.read_text().replace("id: plain", "id: simple"))
        out = self.compare(code=1).stdout
        self.assertIn("added      simple", out)
        self.assertIn("removed    plain", out)
        # Nor does a shard hide what is gone.
        done = self.run_tests("--golden", "golden.ndjson", "--shard", "2/2", code=1)
        self.assertIn("removed    plain", done.stdout)
        # What a filter selects says nothing of the others.
        self.run_tests("--golden", "golden.ndjson", "--filter", "secret")

    def test_a_part_is_never_written(self):
        self.update()
        before = self.golden()
        done = self.update("--filter", "secret", code=2)
        self.assertIn("some are left out", done.stderr)
        done = self.update("--shard", "1/2", code=2)
        self.assertEqual(self.golden(), before)

    def test_errors_are_never_written(self):
        self.write({"policies/read.json": "{"})
        done = self.update(code=3)
        self.assertIn("PS4043", done.stderr)
        self.assertFalse((self.folder / "golden.ndjson").exists())

    def test_failures_are_written_and_still_fail(self):
        self.write({"policies/read.json": LOOSE})
        self.update(code=1)
        self.assertIn('"allow"', self.golden())

    def test_files_that_cannot_be_used(self):
        error = self.compare(code=3).stderr
        self.assertIn("PS0001", error)
        self.assertIn("help: `--update-golden` writes it", error)
        self.update()
        self.write({"golden.ndjson": self.golden() + "<<<<<<< HEAD\n"})
        self.assertIn("golden.ndjson:3:1: error[PS0101]", self.compare(code=3).stderr)
        self.write({"golden.ndjson": b"\xff\xfe\x00"})
        self.compare(code=3)
        self.update()
        self.compare()

    def test_misuse(self):
        self.assertIn("needs `--golden FILE`", self.run_tests("--update-golden", code=2).stderr)
        done = self.run_tests("--golden", "none/golden.ndjson", "--update-golden", code=5)
        self.assertIn("PS0020", done.stderr)

    def test_nothing_half_written(self):
        self.update()
        self.assertEqual([name for name in os.listdir(self.folder) if "golden" in name],
                         ["golden.ndjson"])


if __name__ == "__main__":
    main()
