"""`policysim test --base` in real repositories."""

import gzip
import json
import os
import shutil
import unittest

from support import FIXTURE, FILES, LOOSE, STRICT, FolderTest, RepositoryTest, main

WIDENED = "widened    secret\n"


class Revisions(RepositoryTest):
    def weaken(self):
        """The tests of the branch expect what its policy allows."""
        self.write({"policies/read.json": LOOSE, "fixtures/a.yaml": FIXTURE % "allow"})

    def test_every_way_to_name_a_revision(self):
        self.git("tag", "-a", "-m", "one", "v1")
        commit = self.git("rev-parse", "HEAD")
        self.weaken()
        self.commit()
        self.git("update-ref", "refs/remotes/origin/main", commit)
        for ref in ("main", "v1", commit, commit[:8], "HEAD~1", "origin/main", "refs/heads/main"):
            with self.subTest(ref):
                done = self.policysim("test", "fixtures", "--base", ref)
                self.assertIn(WIDENED, done.stdout)
                self.assertIn(f"(policies/read.json:5:5 in {ref})", done.stdout)
                self.assertIn("allow by identity `read` `Read` (policies/read.json:4:5)", done.stdout)

    def test_what_is_not_committed_counts_and_nothing_is_touched(self):
        self.weaken()
        before = self.git("status", "--porcelain")
        index = os.stat(self.folder / ".git/index").st_mtime_ns
        self.assertIn(WIDENED, self.policysim("test", "fixtures", "--base", "HEAD").stdout)
        self.assertEqual(os.stat(self.folder / ".git/index").st_mtime_ns, index)
        self.assertEqual(self.git("status", "--porcelain"), before)
        self.assertEqual(sorted(os.listdir(self.folder / ".git/refs/heads")), ["main", "work"])

    def test_fail_on(self):
        self.policysim("test", "fixtures", "--base", "main", "--fail-on", "any")
        self.weaken()
        self.policysim("test", "fixtures", "--base", "main")
        self.policysim("test", "fixtures", "--base", "main", "--fail-on", "narrow")
        self.policysim("test", "fixtures", "--base", "main", "--fail-on", "widen", code=1)
        self.policysim("test", "fixtures", "--base", "main", "--fail-on", "any", code=1)
        self.policysim("test", "fixtures", "--base", "main", "--fail-on", "any", "--exit-zero")
        self.commit()
        self.git("checkout", "-q", "main")
        self.policysim("test", "fixtures", "--base", "work", "--fail-on", "widen")
        self.policysim("test", "fixtures", "--base", "work", "--fail-on", "narrow", code=1)
        # New tests alone fail nothing.
        self.write({"fixtures/b.yaml": FIXTURE % "deny"})
        self.policysim("test", "fixtures", "--base", "main", "--fail-on", "any")

    def test_a_failing_test_stays_a_failure(self):
        self.write({"policies/read.json": LOOSE})
        done = self.policysim("test", "fixtures", "--base", "main", code=1)
        self.assertIn("1 failed", done.stdout)
        self.assertIn(WIDENED, done.stdout)

    def test_from_anywhere(self):
        self.weaken()
        link = self.home / "link"
        link.symlink_to(self.folder)
        (self.folder / "deep/down").mkdir(parents=True)
        for folder, path in (
            (self.folder, "fixtures"), (self.folder, "fixtures/a.yaml"), (self.folder, "."),
            (self.folder, "./fixtures/"), (self.folder, "fix*"), (self.folder, "f*/*.yaml"),
            (self.folder, str(self.folder / "fixtures")), (self.folder / "fixtures", "a.yaml"),
            (self.folder / "deep/down", "../../fixtures"), (link, "fixtures"),
            (link / "fixtures", "."), (self.folder, str(link / "fixtures")),
        ):
            with self.subTest(f"{folder}: {path}"):
                done = self.policysim("test", path, "--base", "main", folder=folder)
                self.assertIn(WIDENED, done.stdout)
                self.assertNotIn("is not in main", done.stdout)

    def test_configured_paths(self):
        self.write({".policysim.yaml": "paths: [fixtures]\n"})
        self.weaken()
        done = self.policysim("test", "--base", "main", folder=self.folder / "policies")
        self.assertIn(WIDENED, done.stdout)

    def test_new_renamed_and_deleted_fixtures(self):
        self.git("mv", "fixtures/a.yaml", "fixtures/renamed.yaml")
        done = self.policysim("test", "fixtures", "--base", "main", "--fail-on", "any")
        self.assertIn("no decision changed", done.stdout)
        self.write({"policies/read.json": LOOSE})
        done = self.policysim("test", "fixtures", "--base", "main", "--fail-on", "widen", code=1)
        self.assertIn(WIDENED, done.stdout)
        self.assertIn("widened    a.secret\n", done.stdout)
        self.assertIn("`fixtures/renamed.yaml` is not in main", done.stdout)
        self.assertIn("`fixtures/a.yaml` is only in main", done.stdout)

    def test_fixtures_that_are_broken_there(self):
        self.write({"fixtures/a.yaml": "policysim: 1\nworlds: {}\n"})
        self.commit()
        self.write({"fixtures/a.yaml": FIXTURE % "deny"})
        done = self.policysim("test", "fixtures", "--base", "HEAD", "--fail-on", "any")
        self.assertIn("`fixtures/a.yaml` does not load (PS2002", done.stdout)

    def test_policies_that_are_broken_there_are_no_deny(self):
        self.write({"policies/read.json": "{"})
        self.commit()
        self.write({"policies/read.json": STRICT})
        done = self.policysim("test", "fixtures", "--base", "HEAD", "--fail-on", "any")
        self.assertIn("2 added", done.stdout)
        self.assertIn("error PS0104", done.stdout)

    def test_json(self):
        self.weaken()
        done = self.policysim("test", "fixtures", "--base", "main", "--format", "json")
        changes = json.loads(done.stdout)["base"]
        self.assertEqual(changes["counts"]["widened"], 1)
        self.assertEqual(changes["changes"][0]["before"]["location"],
                         {"file": "policies/read.json", "line": 5, "column": 5})


class Trees(RepositoryTest):
    """What a tree can hold."""

    def compare(self, code=0):
        return self.policysim("test", "fixtures", "--base", "HEAD", code=code).stdout

    def use(self, name, text=STRICT):
        """The policy moves to another path, in both revisions."""
        (self.folder / "policies/read.json").unlink(missing_ok=True)
        self.write({f"policies/{name}": text,
                    "fixtures/a.yaml": (FIXTURE % "deny").replace(
                        "../policies/read.json", json.dumps(f"../policies/{name}"))})

    def test_odd_names(self):
        for name in ("with blank.json", "x missing", "ü.json", "it's.json", "a:b.json", "@{u}.json",
                     "-dash.json", '"quoted".json', "back\\slash.json", "*.json", "HEAD", "a blob 5"):
            with self.subTest(name):
                self.use(name)
                self.commit()
                self.assertIn("no decision changed", self.compare())
                (self.folder / "policies" / name).unlink()

    def test_a_name_of_two_lines_cannot_be_asked_for(self):
        self.use("a\nb.json")
        self.commit()
        self.assertIn("2 added", self.compare())

    def test_packed_files(self):
        self.use("read.json.gz", gzip.compress(STRICT.encode()))
        self.commit()
        self.assertIn("no decision changed", self.compare())
        self.use("read.json.gz", gzip.compress(LOOSE.encode()))
        self.assertIn(WIDENED, self.compare(code=1))
        self.use("read.json.gz", b"\x1f\x8bdamaged")
        self.commit()
        self.use("read.json.gz", gzip.compress(STRICT.encode()))
        self.assertIn("error PS0008", self.compare())

    def test_links(self):
        self.use("real.json")
        (self.folder / "policies/read.json").symlink_to("real.json")
        self.write({"fixtures/a.yaml": FIXTURE % "deny"})
        self.commit()
        self.assertIn("no decision changed", self.compare())
        # The link of the revision counts, not that of the working tree.
        self.write({"policies/loose.json": LOOSE})
        (self.folder / "policies/read.json").unlink()
        (self.folder / "policies/read.json").symlink_to("loose.json")
        self.assertIn(WIDENED, self.compare(code=1))

    def test_links_that_lead_nowhere(self):
        secret = self.home / "secret.json"
        secret.write_text(LOOSE)
        link = self.folder / "policies/read.json"
        for target, words in ((str(secret), "out of the repository"), ("none.json", "to nothing"),
                              ("read.json", "leads to itself"), ("../..", "out of the repository"),
                              ("../policies", "is a directory")):
            with self.subTest(target):
                link.unlink(missing_ok=True)
                link.symlink_to(target)
                self.commit()
                link.unlink()
                self.write({"policies/read.json": STRICT})
                out = self.compare()
                self.assertIn("2 added", out)
                self.assertIn(words, out)

    def test_what_lies_outside(self):
        """Includes from elsewhere cannot be read in another revision."""
        (self.home / "outside.yaml").write_text("policysim: 1\nvars: {x: y}\n")
        self.write({"fixtures/a.yaml": FIXTURE % "deny" + f"include: [{self.home}/outside.yaml]\n"})
        self.commit()
        out = self.compare()
        self.assertIn("PS4041", out)
        self.assertIn("lies outside of the repository", out)

    def test_submodules_are_no_files(self):
        inner = self.home / "inner"
        inner.mkdir()
        self.git("init", "-q", "-b", "main", folder=inner)
        self.git("commit", "-q", "--allow-empty", "-m", "x", folder=inner)
        commit = self.git("rev-parse", "HEAD", folder=inner)
        self.git("update-index", "--add", "--cacheinfo", f"160000,{commit},fixtures/inner.yaml")
        self.git("commit", "-q", "-m", "x")
        self.assertIn("no decision changed", self.compare())

    def test_too_large(self):
        self.write({"policies/read.json": STRICT + " " * (65 << 20)})
        self.commit()
        self.write({"policies/read.json": STRICT})
        out = self.compare()
        self.assertIn("error PS0005", out)
        self.assertIn("2 added", out)

    def test_hidden_and_other_files_are_no_fixtures(self):
        self.write({"fixtures/.hidden.yaml": "policysim: 1\nbroken", "fixtures/.h/x.yaml": "policysim",
                    "fixtures/notes.txt": "policysim: 1", "fixtures/other.json": "{}"})
        self.commit()
        out = self.compare()
        self.assertIn("no decision changed", out)
        self.assertNotIn("only in", out)


class Hostile(RepositoryTest):
    def test_a_repository_runs_nothing(self):
        marker = self.home / "marker"
        evil = self.folder / "evil"
        evil.write_text(f"#!/bin/sh\ntouch {marker}\n")
        evil.chmod(0o755)
        for name in ("core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "diff.external",
                     "diff.x.textconv", "filter.x.smudge", "filter.x.process", "filter.x.clean",
                     "core.gitProxy", "credential.helper", "uploadpack.packObjectsHook",
                     "core.askPass", "gpg.program", "core.alternateRefsCommand"):
            self.git("config", name, str(evil))
        self.git("config", "core.hooksPath", str(self.folder / "hooks"))
        shutil.copytree(self.folder / ".git/hooks", self.folder / "hooks", dirs_exist_ok=True)
        for hook in ("post-index-change", "post-checkout", "reference-transaction", "pre-auto-gc"):
            shutil.copy(evil, self.folder / "hooks" / hook)
        self.write({".gitattributes": "* filter=x diff=x\n", "policies/read.json": LOOSE})
        done = self.policysim("test", "fixtures", "--base", "main", code=1)
        self.assertIn(WIDENED, done.stdout)
        self.assertFalse(marker.exists())

    def test_missing_objects_are_not_fetched(self):
        """A partial clone would fetch them, with the transport that its configuration names."""
        clone = self.home / "clone"
        self.git("config", "uploadpack.allowFilter", "true")
        self.git("clone", "-q", "--no-local", "--filter=blob:none", "--no-checkout",
                 f"file://{self.folder}", str(clone))
        self.git("read-tree", "HEAD", folder=clone)
        for name, text in FILES.items():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            (clone / name).write_text(text)
        done = self.policysim("test", "fixtures", "--base", "HEAD", folder=clone, code=3)
        self.assertIn("PS4042", done.stderr)

    def test_replaced_objects_are_not_taken(self):
        old = self.git("rev-parse", "main:policies/read.json")
        self.write({"policies/read.json": LOOSE})
        new = self.git("hash-object", "-w", "policies/read.json")
        self.git("replace", old, new)
        self.assertIn(WIDENED, self.policysim("test", "fixtures", "--base", "main", code=1).stdout)

    def test_git_that_ends_early(self):
        """A git that dies while it is asked is an error, not a change."""
        folder = self.home / "bin"
        folder.mkdir()
        fake = folder / "git"
        fake.write_text('#!/bin/sh\ncase "$*" in *cat-file*) echo boom >&2; exit 1;; esac\n'
                        'exec /usr/bin/git "$@"\n')
        fake.chmod(0o755)
        self.path = f"{folder}{os.pathsep}{self.path}"
        done = self.policysim("test", "fixtures", "--base", "main", code=3)
        self.assertIn("error[PS4042]: git does not answer: boom", done.stderr)


class Misuse(RepositoryTest):
    def fails(self, *words, folder=None, code=2):
        return self.policysim("test", *words, folder=folder, code=code).stderr

    def test_no_such_revision(self):
        for ref in ("none", "main:policies", "none^{tree}", "HEAD~7", "main..work"):
            error = self.fails("fixtures", "--base", ref)
            self.assertIn(f"this repository has no revision `{ref}`", error)
            self.assertIn("help: fetch it first", error)

    def test_a_shallow_clone_says_so(self):
        clone = self.home / "clone"
        self.commit()
        self.git("clone", "-q", "--depth", "1", f"file://{self.folder}", str(clone))
        self.assertIn("fetch-depth: 0", self.fails("fixtures", "--base", "HEAD~1", folder=clone))

    def test_no_option_is_smuggled(self):
        for ref in ("--output=x", "-h", "a\nb"):
            self.assertIn("`--base` takes a revision", self.fails("fixtures", f"--base={ref}"))

    def test_no_repository(self):
        shutil.rmtree(self.folder / ".git")
        self.assertIn("needs a git repository", self.fails("fixtures", "--base", "main"))

    def test_no_commit(self):
        shutil.rmtree(self.folder / ".git")
        self.git("init", "-q")
        self.assertIn("no revision `HEAD`", self.fails("fixtures", "--base", "HEAD"))

    def test_no_git(self):
        self.path = str(self.home)
        error = self.fails("fixtures", "--base", "main")
        self.assertIn("`git` cannot be run: it is not installed", error)

    def test_standard_input(self):
        self.assertIn("standard input has no other revision", self.fails("-", "--base", "main"))

    def test_fail_on_without_base(self):
        self.assertIn("`--fail-on` needs `--base REF`", self.fails("fixtures", "--fail-on", "widen"))

    def test_the_owner_of_the_repository(self):
        """Git's own words are shown where it refuses."""
        self.variables = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
        self.assertIn("dubious ownership", self.fails("fixtures", "--base", "main"))


if __name__ == "__main__":
    main()
