"""Runs that are killed leave no half-written report."""

import os
import signal
import subprocess
import time

from support import BINARY, FILES, STRICT, FolderTest, main

# Long enough to be killed in it.
FIXTURE = """policysim: 1
world:
  policies: {read: read.json}
  principals: {ann: {arn: "arn:aws:iam::123456789012:user/ann", policies: [read], session: null}}
  resources: {b: {arn: "arn:aws:s3:::b", account: "123456789012"}}
matrices:
  - id: m
    dimensions:
      a: [%s]
      b: [%s]
    request: {principal: ann, action: "s3:GetObject", resource: "${{ b.arn }}/${{ a }}/${{ b }}"}
    expect: [{then: allow}]
""" % (", ".join(f"a{i}" for i in range(700)), ", ".join(f"c{i}" for i in range(700)))


class Signals(FolderTest):
    def setUp(self):
        super().setUp()
        self.write({"a.yaml": FIXTURE.replace("      b: [", "      c: [").replace("${{ b }}", "${{ c }}"),
                    "read.json": STRICT, "report.json": "old", "golden.ndjson": "old"})

    def start(self):
        process = subprocess.Popen(
            [str(BINARY), "test", "a.yaml", "--report", "text=report.json", "--golden",
             "golden.ndjson", "--update-golden", "-q"],
            cwd=self.folder, env=self.environment(), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        # The report's file is opened before the tests run.
        end = time.monotonic() + 60
        while not any(".tmp" in name for name in os.listdir(self.folder)):
            self.assertIsNone(process.poll())
            self.assertLess(time.monotonic(), end)
            time.sleep(0.01)
        return process

    def test_a_link_to_standard_output_stays_one(self):
        """As /dev/stdout is, where a CI system redirects it to a file."""
        self.write(FILES)
        link, log = self.folder / "link", self.folder / "log"
        link.symlink_to("/proc/self/fd/1")
        with log.open("w") as out:
            words = [str(BINARY), "test", "fixtures", "--report", "tap=link"]
            subprocess.run(words, cwd=self.folder, stdout=out, check=True, timeout=60)
        self.assertTrue(link.is_symlink())
        self.assertTrue(log.read_text().startswith("2 tests: 2 passed\nTAP version 14\n"))

    def test_a_link_to_a_file_stays_one(self):
        self.write({**FILES, "kept/report.tap": "old"})
        link = self.folder / "latest"
        link.symlink_to("kept/report.tap")
        self.policysim("test", "fixtures", "--report", "tap=latest")
        self.assertTrue(link.is_symlink())
        self.assertTrue((self.folder / "kept/report.tap").read_text().startswith("TAP version 14\n"))
        self.assertEqual(os.listdir(self.folder / "kept"), ["report.tap"])

    def test_killed(self):
        process = self.start()
        process.kill()
        self.assertEqual(process.wait(60), -signal.SIGKILL)
        self.assertEqual((self.folder / "report.json").read_text(), "old")
        self.assertEqual((self.folder / "golden.ndjson").read_text(), "old")

    def test_interrupted(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            process = self.start()
            process.send_signal(number)
            self.assertEqual(process.wait(60), 130)
            self.assertEqual((self.folder / "golden.ndjson").read_text(), "old")
            self.assertEqual(sorted(os.listdir(self.folder)),
                             ["a.yaml", "golden.ndjson", "read.json", "report.json"])
            # What ran is told, whole.
            self.assertTrue((self.folder / "report.json").read_text().endswith("(interrupted)\n"))


if __name__ == "__main__":
    main()
