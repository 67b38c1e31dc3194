#include "init_files.hpp"

namespace policysim::cli {
namespace {

constexpr std::string_view kConfig =
    R"(# Configuration of policysim. The one found from the working directory up to the repository's root
# counts; paths are relative to it.

# What `policysim test` and `policysim evaluate` take when no path is given.
paths: [fixtures]

# A context key that neither request nor world states is absent. `unknown` makes decisions that
# hang on it conditional instead, which no test takes for an allow or a deny.
missing: absent

# Least coverage in percent, judged by `policysim test --coverage`.
# coverage: {statements: 90, conditions: 80}
)";

constexpr std::string_view kIdentityPolicy = R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ListReports",
      "Effect": "Allow",
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::example-reports"
    },
    {
      "Sid": "ReadReportsOfOwnTeam",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-reports/${aws:PrincipalTag/Team}/*"
    },
    {
      "Sid": "CleanUp",
      "Effect": "Allow",
      "Action": "s3:DeleteObject",
      "Resource": "arn:aws:s3:::example-reports/*"
    }
  ]
}
)";

constexpr std::string_view kScp = R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OnlyArchivistsDelete",
      "Effect": "Deny",
      "Action": "s3:DeleteObject",
      "Resource": "*",
      "Condition": {
        "StringNotEquals": { "aws:PrincipalTag/Duty": "archivist" }
      }
    }
  ]
}
)";

constexpr std::string_view kWorld =
    R"(# The world: everything that exists, under names that tests refer to. Replace it by your own.
# A fixture takes it in with `include`; what a fact is that nobody states is said in the
# configuration (`missing`).
policysim: 1
world:
  # Policies as they ship. Paths are relative to this file.
  policies:
    read-reports: ../../policies/read-reports.json
    keep-reports: ../../policies/keep-reports.json

  # Where SCPs and RCPs hang. A list of `scps` is exactly what is attached there; without one it is
  # FullAWSAccess.
  organization:
    id: o-example1234
    management_account: "111111111111"
    root:
      id: r-ex12
      ous:
        - id: ou-ex12-workload
          name: workloads
          scps: [FullAWSAccess, keep-reports]
          accounts: ["123456789012"]

  # Who calls. `tags: {}` has no tags; without the member nothing is known of them.
  principals:
    blue:      {arn: "arn:aws:iam::123456789012:role/BlueAnalyst", tags: {Team: blue, Duty: analyst}, policies: [read-reports]}
    red:       {arn: "arn:aws:iam::123456789012:role/RedAnalyst", tags: {Team: red}, policies: [read-reports]}
    untagged:  {arn: "arn:aws:iam::123456789012:role/NewAnalyst", tags: {}, policies: [read-reports]}
    archivist: {arn: "arn:aws:iam::123456789012:role/Archivist", tags: {Team: blue, Duty: archivist}, policies: [read-reports]}

  # On what. The ARN of a bucket does not name its owner, so `account` does.
  resources:
    reports: {arn: "arn:aws:s3:::example-reports", account: "123456789012"}
)";

constexpr std::string_view kFixture =
    R"(# Tests of the policies below policies/. Run them with `policysim test`.
policysim: 1
name: reports
include: [worlds/example.yaml]

# One request each, and what must come of it.
cases:
  - id: everybody-lists
    request: {principal: untagged, action: "s3:ListBucket", resource: reports}
    expect: allow

  # `by` names who must decide: a deny by another statement would fail the test.
  - id: analysts-do-not-delete
    request: {principal: blue, action: "s3:DeleteObject", resource: "${{ reports.arn }}/blue/june.csv"}
    expect:
      decision: explicit_deny
      by: {layer: scp, policy: keep-reports, sid: OnlyArchivistsDelete}

  # A negated operator holds where the key is absent, so that nobody slips through without a tag.
  - id: nor-does-who-has-no-tag
    request: {principal: untagged, action: "s3:DeleteObject", resource: "${{ reports.arn }}/blue/june.csv"}
    expect: {decision: explicit_deny, by: {sid: OnlyArchivistsDelete}}

  - id: archivists-delete
    request: {principal: archivist, action: "s3:DeleteObject", resource: "${{ reports.arn }}/blue/june.csv"}
    expect: allow

  # `with` changes the world for one test.
  - id: tag-of-another-team
    with: {principals: {blue: {tags: {Team: red}}}} # merged: Duty stays
    request: {principal: blue, action: "s3:GetObject", resource: "${{ reports.arn }}/red/june.csv"}
    expect: {decision: allow, by: {sid: ReadReportsOfOwnTeam}}

# One request for every combination of values. The first rule of `expect` that fits says what is
# expected; a combination without a rule is an error.
matrices:
  - id: read
    dimensions:
      principal: {blue: {team: blue}, red: {team: red}, untagged: {}}
      folder: [blue, red]
    request: {principal: "${{ principal }}", action: "s3:GetObject", resource: "${{ reports.arn }}/${{ folder }}/june.csv"}
    expect:
      - {when: {principal.team: "${{ folder }}"}, then: allow}
      - {when: {principal.team: null}, then: implicit_deny, because: the policy variable has no value}
      - {then: implicit_deny, because: reports of another team}
)";

constexpr std::string_view kGithub =
    R"(# Tests the policies on every pull request, and shows which decisions it changes.
name: policies
on:
  pull_request:
  push:
    branches: [main]

permissions:
  contents: read
  security-events: write # for upload-sarif

jobs:
  policysim:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0 # `base` is read from the history
      # The repository that holds policysim, at a revision that you trust. It takes the `policysim`
      # that is on PATH, and builds it where there is none.
      - uses: OWNER/policysim@REVISION
        with:
          base: ${{ github.event.pull_request.base.sha }}
          reports: sarif=policysim.sarif # beside the summary of the job and its annotations
      - uses: github/codeql-action/upload-sarif@v3
        if: always()
        with:
          sarif_file: policysim.sarif
          category: policysim
)";

constexpr std::string_view kGitlab =
    R"(# Tests the policies in every pipeline, and shows which decisions a merge request changes. In
# .gitlab-ci.yml: include: {local: .gitlab/policysim.yml}
policysim:
  # An image that has `policysim` on PATH.
  image: $POLICYSIM_IMAGE
  variables:
    GIT_DEPTH: "0" # `--base` is read from the history
  script:
    - >
      policysim test --ci
      ${CI_MERGE_REQUEST_DIFF_BASE_SHA:+--base "$CI_MERGE_REQUEST_DIFF_BASE_SHA"}
      --report junit=policysim.xml --report gitlab=gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      junit: policysim.xml
      codequality: gl-code-quality-report.json
)";

}  // namespace

std::vector<InitFile> init_files(std::string_view ci) {
  std::vector<InitFile> out = {
      {".policysim.yaml", kConfig},         {"policies/read-reports.json", kIdentityPolicy},
      {"policies/keep-reports.json", kScp}, {"fixtures/worlds/example.yaml", kWorld},
      {"fixtures/reports.yaml", kFixture},
  };
  if (ci == "github") out.push_back({".github/workflows/policysim.yml", kGithub});
  if (ci == "gitlab") out.push_back({".gitlab/policysim.yml", kGitlab});
  return out;
}

}  // namespace policysim::cli
