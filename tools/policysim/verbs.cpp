#include "verbs.hpp"

#include <array>

#include "cmd_evaluate.hpp"
#include "cmd_test.hpp"
#include "cmd_validate.hpp"
#include "report/decision_format.hpp"
#include "report/findings.hpp"
#include "report/test_format.hpp"

namespace policysim::cli {
namespace {

std::vector<std::string_view> decision_format_names() {
  std::vector<std::string_view> out;
  for (const auto& format : report::decision_formats()) out.push_back(format.name);
  return out;
}

std::vector<std::string_view> findings_format_names() {
  std::vector<std::string_view> out;
  for (const auto& format : report::finding_formats()) out.push_back(format.name);
  return out;
}

constexpr std::string_view kEvaluateUsage =
    R"(  policysim evaluate FIXTURE... [--case GLOB] [options]
  policysim evaluate --principal P --action A --resource ARN [--identity FILE]... [options]
  policysim evaluate --world FILE --requests FILE|- [options]
)";

constexpr std::string_view kEvaluateExamples =
    R"(  May this role read the object, with this policy?
    policysim evaluate --principal arn:aws:iam::123456789012:role/Analyst --action s3:GetObject \
      --resource arn:aws:s3:::reports/2026.csv --resource-account 123456789012 \
      --identity policies/analyst.json --context aws:SourceIp=10.0.0.7

  Decide every case of the fixtures below a folder, as JSON:
    policysim evaluate fixtures/ --format json

  Why is this one case denied, and where does each context key come from?
    policysim evaluate fixtures/kms.yaml --case hr-reads-finance -v

  Decide requests as they come, one JSON object a line:
    policysim evaluate --world fixtures/kms.yaml --requests - < requests.ndjson
)";

std::vector<std::string_view> test_format_names() {
  std::vector<std::string_view> out;
  for (const auto& format : report::test_formats()) out.push_back(format.name);
  return out;
}

constexpr std::string_view kTestUsage = "  policysim test [PATH...] [options]\n";

constexpr std::string_view kTestExamples =
    R"(  Run every test of the fixtures below a folder:
    policysim test fixtures/

  Only what has to do with tagging, and stop at the first failure:
    policysim test fixtures/ -k tag --fail-fast

  As a gate, with reports for the pull request:
    policysim test fixtures/ --ci --report sarif=policysim.sarif \
      --report markdown=$GITHUB_STEP_SUMMARY --coverage --min statements=90

  Which decisions does this branch change?
    policysim test fixtures/ --base origin/main --fail-on widen

  Would the tests notice an edit of the policies?
    policysim test fixtures/ --mutate
)";

constexpr std::string_view kValidateUsage = "  policysim validate PATH... [options]\n";

constexpr std::string_view kValidateExamples =
    R"(  Check every policy and fixture below two folders:
    policysim validate policies/ fixtures/

  Check one file as a service control policy:
    policysim validate --type scp guardrail.json

  Annotate a pull request, failing on warnings too:
    policysim validate policies/ --format github --fail-on warning

  Keep a SARIF file beside the text:
    policysim validate policies/ --report sarif=findings.sarif
)";

const std::array kVerbs = {
    Verb{"evaluate", kEvaluate, "decide requests: cases of fixtures, one by flags, or a stream",
         kEvaluateUsage, kEvaluateExamples, decision_format_names, cmd_evaluate},
    Verb{"test", kTest, "run the tests of fixtures: the gate for changes of policies", kTestUsage,
         kTestExamples, test_format_names, cmd_test},
    Verb{"validate", kValidate, "check policies and fixtures", kValidateUsage, kValidateExamples,
         findings_format_names, cmd_validate},
};

}  // namespace

std::span<const Verb> verbs() noexcept { return kVerbs; }

const Verb* find_verb(std::string_view name) noexcept {
  for (const Verb& verb : kVerbs) {
    if (verb.name == name) return &verb;
  }
  return nullptr;
}

}  // namespace policysim::cli
