"""What CI systems run: the action, the workflow and pipeline files, hooks, and the commands of the
page docs/how-to/ci-gate.md, in repositories that `policysim init` set up."""

import json
import os
import re
import shlex
import subprocess
import unittest

import yaml  # Debian: python3-yaml

from support import BINARY, ROOT, RepositoryTest, main

PAGE = (ROOT / "docs/how-to/ci-gate.md").read_text(encoding="utf-8")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
WIDE = '"arn:aws:s3:::example-reports/*"'


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


class Repository(RepositoryTest):
    def setUp(self):
        super().setUp()
        self.git("checkout", "-q", "main")
        self.git("rm", "-rq", ".")
        self.policysim("init", "-q")
        self.commit()
        self.git("checkout", "-q", "-B", "work")
        self.summary = self.home / "summary.md"
        self.variables = {
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_PATH": str(self.home / "path"),
            "RUNNER_TEMP": str(self.home),
        }

    def weaken(self):
        """Everybody reads everything: the folder of the own team becomes any."""
        policy = self.folder / "policies/read-reports.json"
        text = policy.read_text()
        self.assertIn("${aws:PrincipalTag/Team}/*", text)
        policy.write_text(text.replace("${aws:PrincipalTag/Team}/*", "*"))

    def step(self, script, variables, shell, code=0):
        kept = self.variables
        self.variables = {**kept, **variables}
        done = self.run_words([*shell, script])
        self.variables = kept
        self.assertEqual(done.returncode, code, f"{script}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def evaluated(self, text, inputs):
        """`${{ … }}` as GitHub replaces it; nothing else is known."""
        known = {f"inputs.{name}": value for name, value in inputs.items()}
        known["github.action_path"] = str(ROOT)
        known["github.event.pull_request.base.sha"] = self.git("rev-parse", "main")
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda match: known[match.group(1)], str(text))

    def action(self, given, code=0):
        inputs = {name: row.get("default", "") for name, row in ACTION["inputs"].items()}
        self.assertLessEqual(set(given), set(inputs))
        inputs.update({name: self.evaluated(value, {}) for name, value in given.items()})
        out = ""
        *before, last = ACTION["runs"]["steps"]
        for step in (*before, last):
            variables = {name: self.evaluated(value, inputs) for name, value in step["env"].items()}
            out += self.step(step["run"], variables,
                             ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"],
                             code if step is last else 0)
        return out


class Action(Repository):
    def test_scripts_hold_no_expressions(self):
        """What a pull request names is never the text of a script."""
        for step in ACTION["runs"]["steps"]:
            self.assertNotIn("${{", step["run"])
        used = json.dumps(ACTION["runs"])
        for name in ACTION["inputs"]:
            self.assertIn(f"inputs.{name} ", used)

    def test_passes(self):
        out = self.action({"base": "main"})
        self.assertIn("11 passed", out)
        self.assertIn("no decision changed", out)
        self.assertTrue(self.summary.read_text())

    def test_fails_and_says_so_where_it_is_looked_for(self):
        self.weaken()
        out = self.action({"base": "main", "fail-on": "widen"}, code=1)
        self.assertIn("::error ", out)
        self.assertIn("widened", self.summary.read_text())

    def test_annotates_where_standard_output_is_a_file(self):
        """The log of a job may be one: it is written on, and the device stays what it is."""
        self.weaken()
        for device in ("/dev/fd/1", "/proc/self/fd/1", "/dev/stdout"):
            log = self.home / "log"
            with log.open("wb") as file:
                done = subprocess.run(
                    [str(BINARY), "test", "--report", f"github={device}"], cwd=self.folder,
                    env=self.environment(), stdin=subprocess.DEVNULL, stdout=file, check=False)
            self.assertEqual(done.returncode, 1, device)
            text = log.read_text()
            self.assertIn("11 tests: ", text, device)
            self.assertIn("\n::error ", text, device)
            self.assertLess(text.index("11 tests: "), text.index("\n::error "), device)
        self.assertTrue(os.path.islink("/dev/stdout"))

    def test_fails_on_widened_decisions_alone(self):
        self.weaken()
        fixture = self.folder / "fixtures/reports.yaml"
        text = fixture.read_text()
        fixture.write_text(text[:text.rindex("    expect:\n")] + "    expect: [{then: allow}]\n")
        self.assertIn("11 passed", self.action({"base": "main"}))
        self.action({"base": "main", "fail-on": "widen"}, code=1)

    def test_lists(self):
        self.action({"paths": "fixtures/reports.yaml\n\nfixtures\n",
                     "reports": "json=a.json\njunit=b c.xml\n",
                     "options": "--tag\nnone\n"}, code=2)
        self.action({"paths": "fixtures/reports.yaml\n", "reports": "json=a.json\njunit=b c.xml\n",
                     "options": "--filter\nlists$"})
        self.assertEqual(len(json.loads((self.folder / "a.json").read_text())["results"]), 1)
        self.assertTrue((self.folder / "b c.xml").exists())

    def test_hostile_inputs(self):
        for text in ("$(touch marker)", "`touch marker`", "; touch marker", '"; touch marker; "'):
            for name in ("paths", "base", "fail-on", "reports", "options"):
                with self.subTest(f"{name}: {text}"):
                    try:
                        self.action({name: text}, code=2)
                    except AssertionError:
                        self.action({name: text}, code=3)
                    self.assertFalse((self.folder / "marker").exists())

    def test_builds_where_there_is_no_program(self):
        """The commands of the first step, up to the compiler."""
        fakes = self.home / "fakes"
        fakes.mkdir()
        for name in ("cmake", "dpkg-query"):
            fake = fakes / name
            fake.write_text(f'#!/bin/sh\necho "{name} $*" >>"$RUNNER_TEMP/calls"\n'
                            '[ "$0" = "${0%dpkg-query}" ] || printf installed\n')
            fake.chmod(0o755)
        self.path = f"{fakes}{os.pathsep}/usr/bin{os.pathsep}/bin"
        step = ACTION["runs"]["steps"][0]
        self.step(step["run"], {"SOURCE": str(ROOT)},
                  ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"])
        calls = (self.home / "calls").read_text()
        self.assertIn("libre2-dev", calls)
        self.assertIn(f"cmake -S {ROOT} -B {self.home}/policysim", calls)
        self.assertIn("--target policysim_cli", calls)
        self.assertEqual((self.home / "path").read_text(),
                         f"{self.home}/policysim/tools/policysim\n")
        # Where a build puts the program.
        self.assertEqual(BINARY.parts[-3:], ("tools", "policysim", "policysim"))


class Files(Repository):
    def workflow(self, code=0):
        text = (self.folder / ".github/workflows/policysim.yml").read_text()
        workflow = yaml.safe_load(text)
        ran = 0
        for step in workflow["jobs"]["policysim"]["steps"]:
            if step["uses"].startswith("OWNER/policysim@"):
                self.action(step["with"], code)
                ran += 1
            elif step["uses"].startswith("github/codeql-action/upload-sarif@"):
                sarif = json.loads((self.folder / step["with"]["sarif_file"]).read_text())
                self.assertEqual(sarif["version"], "2.1.0")
            else:
                self.assertEqual(step["uses"].split("@")[0], "actions/checkout")
                self.assertEqual(step["with"]["fetch-depth"], 0)
        self.assertEqual(ran, 1)

    def test_workflow(self):
        self.workflow()
        self.weaken()
        self.workflow(code=1)
        self.assertIn("widened", self.summary.read_text())

    def pipeline(self, code=0, variables=None):
        job = yaml.safe_load((self.folder / ".gitlab/policysim.yml").read_text())["policysim"]
        for line in job["script"]:
            self.step(line, variables or {}, ["sh", "-ec"], code)
        for path in job["artifacts"]["reports"].values():
            self.assertTrue((self.folder / path).read_text(), path)
        return job

    def test_pipeline(self):
        self.git("rm", "-rqf", ".")
        self.policysim("init", "-q", "--ci", "gitlab")
        self.pipeline()
        request = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": self.git("rev-parse", "main")}
        self.pipeline(variables=request)
        self.weaken()
        job = self.pipeline(code=1, variables=request)
        quality = json.loads((self.folder / job["artifacts"]["reports"]["codequality"]).read_text())
        self.assertGreater(len(quality), 0)

    def test_hooks(self):
        for hook in HOOKS:
            files = []
            if hook.get("pass_filenames", True):
                listed = self.git("ls-files").splitlines()
                files = [name for name in listed if re.search(hook["files"], name)]
                self.assertGreater(len(files), 3)
            self.step(" ".join(map(shlex.quote, shlex.split(hook["entry"]) + files)), {},
                      ["sh", "-ec"])
        self.weaken()
        hook = next(hook for hook in HOOKS if hook["id"] == "policysim-test")
        self.assertIs(hook["pass_filenames"], False)
        self.step(hook["entry"], {}, ["sh", "-ec"], code=1)
        for path in ("policies/a.json", "x/fixtures/worlds/a.yml"):
            self.assertRegex(path, hook["files"])

    def test_page_shows_what_init_writes(self):
        shown = blocks("yaml")
        self.assertIn((self.folder / ".github/workflows/policysim.yml").read_text(), shown)
        self.policysim("init", "-q", "gitlab", "--ci", "gitlab")
        pipeline = (self.folder / "gitlab/.gitlab/policysim.yml").read_text()
        self.assertIn(pipeline, shown)
        self.assertEqual(pipeline, (ROOT / "docs/how-to/ci/gitlab-ci.yml").read_text())
        hooks = next(yaml.safe_load(block) for block in shown if block.startswith("repos:"))
        known = {hook["id"] for hook in HOOKS}
        self.assertEqual({hook["id"] for hook in hooks["repos"][0]["hooks"]}, known)

    def test_commands_of_the_page(self):
        """Each passes in a sound repository; those that look at decisions fail in a weak one."""
        self.git("update-ref", "refs/remotes/origin/main", "main")
        scripts = blocks("sh")
        self.assertGreater(len(scripts), 3)
        for script in scripts:
            with self.subTest(script):
                self.step(script, {}, ["sh", "-ec"])
        self.weaken()
        for script in scripts:
            if "policysim test" in script and "--list" not in script and "--update" not in script:
                with self.subTest(f"weak: {script}"):
                    self.step(script, {}, ["sh", "-ec"], code=1)


class Init(Repository):
    def test_passes_at_once(self):
        for ci in ("github", "gitlab", "none"):
            with self.subTest(ci):
                out = self.policysim("init", ci, "--ci", ci).stdout
                written = re.findall(r"^wrote (.*)$", out, re.MULTILINE)
                found = [str(path.relative_to(self.folder)) for path in (self.folder / ci).rglob("*")
                         if path.is_file()]
                self.assertEqual(sorted(written), sorted(found))
                folder = self.folder / ci
                done = self.policysim("test", "--ci", folder=folder)
                listed = self.policysim("test", "--list", folder=folder).stdout.splitlines()
                self.assertEqual(done.stdout, f"{len(listed)} tests: {len(listed)} passed\n")
                self.policysim("validate", "policies", "fixtures", "--fail-on", "suggestion",
                               folder=folder)
                self.policysim("test", "--coverage", "--min", "statements=100",
                               "--min", "conditions=100", folder=folder)

    def test_every_policy_statement_matters(self):
        """Without any one statement a test fails."""
        for name in ("read-reports", "keep-reports"):
            path = self.folder / f"policies/{name}.json"
            whole = json.loads(path.read_text())
            for i, statement in enumerate(whole["Statement"]):
                less = dict(whole, Statement=[*whole["Statement"]])
                less["Statement"][i] = {**statement, "Action": "sqs:SendMessage"}
                path.write_text(json.dumps(less))
                with self.subTest(statement["Sid"]):
                    self.policysim("test", code=1)
            path.write_text(json.dumps(whole))

    def test_overwrites_nothing(self):
        for name in (".policysim.yaml", "fixtures/reports.yaml", "policies/keep-reports.json"):
            with self.subTest(name):
                folder = self.folder / ("for-" + name.replace("/", "-"))
                (folder / name).parent.mkdir(parents=True)
                (folder / name).symlink_to("none")
                done = self.policysim("init", folder=folder, code=3)
                self.assertIn(name, done.stderr)
                self.assertEqual([path for path in folder.rglob("*") if path.is_file()], [])

    def test_folders_that_cannot_be(self):
        self.write({"file": "x"})
        self.assertIn("PS0020", self.policysim("init", "file", code=5).stderr)
        self.policysim("init", "a", "b", code=2)
        self.policysim("init", "--ci", "jenkins", code=2)


if __name__ == "__main__":
    main()
