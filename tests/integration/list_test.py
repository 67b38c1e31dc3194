"""--list tells what a run runs, whatever is selected, and weaker policies end the gate with 1."""

import json
import shutil

from support import BINARY, ROOT, FolderTest, main

SELECTIONS = [[], ["-k", "key"], ["--filter", r"=finance"], ["--tag", "scp"], ["--shard", "2/3"],
              ["--shard", "3/7", "--tag", "s3"], ["--ci"]]

NULL_GUARD = """"Null": {
          "s3:BucketTag/security-s3-require-encryption-kms-key-arn": "false"
        },"""

# What is taken away, where, and a test that must fail.
WEAKENINGS = [
    ("the Null guard", "policies/rcp-require-bucket-kms.json", NULL_GUARD, "",
     "put[key=own-key,bucket=plain,put=silent]"),
    ("the RCP", "fixtures/worlds/encrypted-buckets.yaml", "rcps: [rcp-require-bucket-kms]", "rcps: []",
     "put[key=own-key,bucket=enrolled,put=silent]"),
    ("the set operator", "policies/scp-protect-bucket-tag.json", "ForAnyValue", "ForAllValues",
     "both-tags[scp=on,who=tester]"),
    ("the refusal of foreign keys", "policies/iam-department-match.json",
     '"Action": ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"]', '"Action": "kms:NoSuchAction"',
     "broad-grant[action=kms:Decrypt]"),
    ("IfExists", "policies/rcp-kms-org-only.json", "BoolIfExists", "Bool",
     "caller-without-the-service-flag"),
    ("the delegation", "policies/kms-account-only.json", '"kms:*"', '"kms:NoSuchAction"',
     "own-keys[principal=hr,key=hr-key,action=kms:Decrypt]"),
    ("FullAWSAccess", "fixtures/worlds/departments.yaml", "scps: [FullAWSAccess, ", "scps: [",
     "own-keys[principal=hr,key=hr-key,action=kms:Decrypt]"),
]


class ListTest(FolderTest):
    def setUp(self):
        super().setUp()
        for part in ("fixtures", "policies"):
            shutil.copytree(ROOT / part, self.folder / part)

    def failed(self):
        run = self.run_words([str(BINARY), "test", "fixtures", "--format", "json"])
        results = json.loads(run.stdout)["results"]
        return run.returncode, {one["id"] for one in results if one["status"] == "failed"}

    def test_a_run_has_the_tests_that_are_listed(self):
        for selection in SELECTIONS:
            with self.subTest(selection=selection):
                listed = self.policysim("test", "fixtures", "--list", *selection).stdout.splitlines()
                run = self.policysim("test", "fixtures", "--format", "json", *selection)
                self.assertEqual([one["id"] for one in json.loads(run.stdout)["results"]], listed)
                self.assertGreater(len(listed), 0)

    def test_weaker_policies_fail_and_the_tests_are_named(self):
        self.assertEqual(self.failed(), (0, set()))
        for what, file, old, new, wanted in WEAKENINGS:
            with self.subTest(what=what):
                path = self.folder / file
                text = path.read_text()
                self.assertIn(old, text)
                path.write_text(text.replace(old, new))
                code, failed = self.failed()
                path.write_text(text)
                self.assertEqual(code, 1)
                self.assertIn(wanted, {one.split(".", 1)[1] for one in failed})


if __name__ == "__main__":
    main()
