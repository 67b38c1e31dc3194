#include "unit/report/sample_run.hpp"

#include <utility>

namespace policysim::report {
namespace {

using gate::Direction;
using gate::Fate;
using gate::Status;
using gate::TestResult;

TestResult cell(const std::string& who, const std::string& action, Status status, Outcome outcome,
                Layer layer) {
  TestResult out;
  out.fixture = "kms";
  out.group = "departments";
  out.own_id = "departments[who=" + who + ",action=" + action + "]";
  out.id = "kms." + out.own_id;
  out.name = who + " calls " + action;
  out.values = {who, action};
  out.tags = {"kms"};
  out.status = status;
  out.expected = "allow";
  out.location = {"fixtures/kms.yaml", 12, 7};
  out.decided = gate::Decided{outcome, layer, "dept-iam", "UseOwnKeys"};
  if (status == Status::kFailed) out.mismatches = {{"decision", "allow", "implicit_deny"}};
  return out;
}

TestResult own_case(const std::string& id, Status status) {
  TestResult out;
  out.fixture = "kms";
  out.own_id = id;
  out.id = "kms." + id;
  out.status = status;
  out.expected = "explicit_deny";
  out.location = {"fixtures/kms.yaml", 30, 5};
  return out;
}

std::shared_ptr<explain::DecisionRecord> record(const std::string& id, const std::string& words) {
  auto out = std::make_shared<explain::DecisionRecord>();
  out->id = id;
  out->outcome = Outcome::kExplicitDeny;
  out->principal = "arn:aws:sts::111122223333:assumed-role/HRRole/policysim";
  out->action = "kms:Decrypt";
  out->resource = "arn:aws:kms:us-east-1:111122223333:key/1f2e3d4c-5b6a-4789-8abc-def012345678";
  out->layer = Layer::kIdentity;
  out->policy = words;
  out->sid = words;
  out->statement = 1;
  out->location = Location{"policies/dept-iam.json", 22, 5};
  Reason reason;
  reason.layer = Layer::kIdentity;
  reason.policy = words;
  reason.sid = words;
  reason.index = 1;
  reason.deny = true;
  reason.location = out->location;
  out->reasons = {reason};
  out->message = "User: … is not authorized to perform: kms:Decrypt because of " + words;
  out->excerpt = explain::Excerpt{{"policies/dept-iam.json", 22, 5},
                                  {"    {", "      \"Sid\": \"" + words + "\",", "    }"},
                                  4};
  return out;
}

gate::StatementTrace trace(const std::string& words) {
  using gate::PartKind;
  using gate::PartOutcome;
  gate::StatementTrace out;
  out.policy = "dept-iam";
  out.sid = words;
  out.index = 1;
  out.deny = true;
  out.location = {"policies/dept-iam.json", 22, 5};
  const Location at{"policies/dept-iam.json", 26, 9};
  const std::string key = "StringNotEquals aws:ResourceTag/Department";
  out.parts = {
      {PartKind::kAction, "Action", PartOutcome::kTrue, true, "kms:*", "kms:Decrypt", at},
      {PartKind::kResource, "NotResource", PartOutcome::kFalse, false, "*", words, at},
      {PartKind::kCondition, key, PartOutcome::kAbsent, true, "${aws:PrincipalTag/Dept}", "", at},
      {PartKind::kCondition, "Bool aws:SecureTransport", PartOutcome::kUnknown, false, "false", "",
       at}};
  return out;
}

gate::TestRun make_run(const std::string& words) {
  gate::TestRun run;
  run.matrices = {{"kms", "departments", {"who", "action"}}};
  const std::string hr = words, decrypt = "kms:Decrypt", encrypt = "kms:Encrypt";
  run.results = {
      cell("finance", decrypt, Status::kPassed, Outcome::kAllow, Layer::kIdentity),
      cell("finance", encrypt, Status::kPassed, Outcome::kConditional, Layer::kNone),
      cell(hr, decrypt, Status::kFailed, Outcome::kImplicitDeny, Layer::kScp),
      cell(hr, encrypt, Status::kFailed, Outcome::kImplicitDeny, Layer::kScp),
      own_case("denied", Status::kFailed),
      own_case("broken", Status::kErrored),
      own_case("later", Status::kSkipped),
      own_case("passing-todo", Status::kTodo),
      own_case("failing-todo", Status::kTodo),
      own_case("stopped", Status::kNotRun),
  };
  TestResult& denied = run.results[4];
  denied.name = words;
  denied.because = words;
  denied.decided = gate::Decided{Outcome::kExplicitDeny, Layer::kIdentity, words, words};
  denied.mismatches = {{"by", "{layer rcp, sid " + words + "}", "{layer identity}"},
                       {"message contains", words, "nothing"}};
  denied.record = record(denied.id, words);
  denied.wanted = {trace(words)};
  TestResult& broken = run.results[5];
  broken.mismatches = {{"decision", "explicit_deny", "error PS1111: unknown operator"}};
  auto error = std::make_shared<explain::DecisionRecord>();
  error->id = broken.id;
  error->error = explain::RecordError{"PS1111", "unknown operator " + words,
                                      Location{"policies/dept-iam.json", 3, 9}, ""};
  broken.record = std::move(error);
  run.results[6].why = words;
  run.results[6].expected.clear();
  run.results[7].why = run.results[8].why = "needs the key's tags " + words;
  run.results[7].decided = gate::Decided{Outcome::kExplicitDeny, Layer::kRcp, "org", "Guard"};
  run.results[8].decided = gate::Decided{Outcome::kAllow, Layer::kResource, "org", "Guard"};
  run.results[8].mismatches = {{"decision", "explicit_deny", "allow"}};
  for (const TestResult& result : run.results) {
    ++run.counts[static_cast<std::size_t>(result.status)];
  }
  return run;
}

gate::CoverageReport make_coverage(const std::string& words) {
  gate::CoverageReport out;
  gate::PolicyCoverage policy;
  policy.name = "dept-iam";
  policy.file = "policies/dept-iam.json";
  policy.source = "{\n  \"Sid\": \"" + words + "\"\n}\n";
  gate::StatementCoverage never;
  never.sid = words;
  never.range = {1, 1, 3, 2};
  never.evaluated = 7;
  never.items = {{gate::ItemKind::kCondition,
                  "Bool " + words,
                  {2, 3, 2, 8},
                  {{"true", 7}, {"false", 0}, {"absent", 0}}}};
  gate::StatementCoverage left_out = never;
  left_out.index = 1;
  left_out.excluded = words;
  policy.statements = {never, left_out};
  out.policies = {policy};
  out.statements = {0, 1};
  out.conditions = {1, 3};
  out.elements = {4, 4};
  out.effects = {1, 2};
  return out;
}

gate::MutationReport make_mutation(const std::string& words) {
  gate::MutationReport out;
  out.seed = 1;
  out.generated = 12;
  out.score = {10, 11};
  gate::Mutant mutant;
  mutant.op = "add-if-exists";
  mutant.policy = "dept-iam";
  mutant.sid = words;
  mutant.statement = 1;
  mutant.file = "policies/dept-iam.json";
  mutant.range = {24, 9, 24, 23};
  mutant.what = "`StringEquals` becomes `StringEqualsIfExists`";
  mutant.diff = "--- a/policies/dept-iam.json\n+++ b/policies/dept-iam.json\n@@ -24 +24 @@\n-  \"" +
                words + "\"\n+  \"StringEqualsIfExists\"\n";
  mutant.fate = Fate::kSurvived;
  mutant.witness = "id: told-apart\nname: " + words + "\n";
  gate::Mutant killed = mutant;
  killed.number = 1;
  killed.fate = Fate::kKilled;
  killed.killed_by = "kms.denied";
  killed.what = "killed " + words;
  out.mutants = {mutant, killed};
  return out;
}

gate::ChangeReport make_changes(const std::string& before, const std::string& words) {
  gate::DecisionSide deny{"explicit_deny", "rcp", "org", words, "", Location{"p.json", 3, 5}};
  gate::DecisionSide allow{"allow", "identity", "dept-iam", words, "", Location{"p.json", 9, 5}};
  gate::DecisionSide error{"error", "", "", "", "PS1111 " + words, std::nullopt};
  gate::ChangeReport out;
  out.before = before;
  out.compared = 250;
  out.changes = {{"kms.narrowed", Direction::kNarrowed, allow, deny, ""},
                 {"kms.denied", Direction::kWidened, deny, allow, "the request changed"},
                 {"kms.moved", Direction::kOther, error, deny, ""},
                 {"kms.new", Direction::kAdded, std::nullopt, allow, ""},
                 {"kms.gone", Direction::kRemoved, allow, std::nullopt, ""}};
  out.notes = {words};
  return out;
}

}  // namespace

std::string hostile_text() {
  return "::error::x%0A<script>alert(1)</script>]]>|`a`*_[l](http://x)\x1b[31m\n# 1\r\xFF\xE2\x80"
         "\xAE\xEF\xBF\xBE\"'&-->@all \\ \x07";
}

SampleRun make_sample_run(bool hostile) {
  const std::string words = hostile ? hostile_text() : "RefuseForeignKeys";
  return {make_run(words), make_coverage(words), make_mutation(words),
          make_changes("decisions.ndjson", words), make_changes("origin/main", words)};
}

gate::TestRun make_matrix_run(std::size_t count, std::size_t every) {
  gate::TestRun run;
  run.matrices = {{"kms", "departments", {"who", "action"}}};
  run.results.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const bool failed = every != 0 && i % every == 0;
    run.results.push_back(
        cell("principal-" + std::to_string(i / 20), "kms:Action" + std::to_string(i % 20),
             failed ? Status::kFailed : Status::kPassed,
             failed ? Outcome::kImplicitDeny : Outcome::kAllow, Layer::kIdentity));
    ++run.counts[failed ? 1 : 0];
  }
  return run;
}

gate::TestRun make_case_run(std::size_t count) {
  gate::TestRun run;
  run.results.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    run.results.push_back(own_case("case-" + std::to_string(i), Status::kFailed));
    run.results.back().decided = gate::Decided{Outcome::kAllow, Layer::kIdentity, "dept", "Use"};
    run.results.back().mismatches = {{"decision", "explicit_deny", "allow"}};
  }
  run.counts[static_cast<std::size_t>(Status::kFailed)] = count;
  return run;
}

}  // namespace policysim::report
