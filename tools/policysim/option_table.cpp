#include "option_table.hpp"

#include <array>

namespace policysim::cli {
namespace {

constexpr std::array kRows = {
    OptionRow{"--principal", "P", &Options::principal, kEvaluate, Group::kRequest,
              "who calls: an ARN, a service principal, `anonymous`, or a name of the world"},
    OptionRow{"--action", "A", &Options::action, kEvaluate, Group::kRequest,
              "what is called, as `s3:GetObject`"},
    OptionRow{"--resource", "ARN", &Options::resource, kEvaluate, Group::kRequest,
              "on what: an ARN, a name of the world, or `*`"},
    OptionRow{"--resource-account", "ID", &Options::resource_account, kEvaluate, Group::kRequest,
              "owner of the resource, where its ARN has no account (S3)"},
    OptionRow{
        "--context", "K=V", &Options::context, kEvaluate, Group::kRequest,
        "a condition key; repeated keys make a list, K=[...] is a JSON list, K=@null is absent, "
        "K=@unknown unknown, K=@@... and K=@[... are text"},
    OptionRow{"--principal-tag", "K=V", &Options::principal_tag, kEvaluate, Group::kRequest,
              "a tag of the principal"},
    OptionRow{"--resource-tag", "K=V", &Options::resource_tag, kEvaluate, Group::kRequest,
              "a tag of the resource"},
    OptionRow{"--vpc-endpoint", "NAME", &Options::vpc_endpoint, kEvaluate, Group::kRequest,
              "VPC endpoint of the world that the call goes through"},

    OptionRow{"--identity", "FILE", &Options::identity, kEvaluate, Group::kPolicies,
              "identity-based policy of the principal"},
    OptionRow{"--resource-policy", "FILE", &Options::resource_policy, kEvaluate, Group::kPolicies,
              "policy of the resource: a key policy for a KMS key, a trust policy for a role"},
    OptionRow{"--boundary", "FILE", &Options::boundary, kEvaluate, Group::kPolicies,
              "permissions boundary of the principal"},
    OptionRow{"--session", "FILE", &Options::session, kEvaluate, Group::kPolicies,
              "session policy"},
    OptionRow{
        "--scp", "[LEVEL=]FILE", &Options::scp, kEvaluate, Group::kPolicies,
        "service control policy on a level above the principal's account; levels stand in order "
        "of first use, root first"},
    OptionRow{"--rcp", "[LEVEL=]FILE", &Options::rcp, kEvaluate, Group::kPolicies,
              "resource control policy on a level above the resource's account"},
    OptionRow{"--vpce", "[TYPE=]FILE", &Options::vpce, kEvaluate, Group::kPolicies,
              "policy of the VPC endpoint; TYPE is interface or gateway"},

    OptionRow{"--world", "FILE", &Options::world, kEvaluate, Group::kInput,
              "fixture file whose world the request or the stream lives in"},
    OptionRow{"--requests", "FILE", &Options::requests, kEvaluate, Group::kInput,
              "requests as NDJSON, one a line; `-` is standard input"},
    OptionRow{"--case", "GLOB", &Options::case_glob, kEvaluate, Group::kInput,
              "only the cases whose id matches"},

    OptionRow{"--missing", "absent|unknown", &Options::missing, kDecides, Group::kDeciding,
              "what a key is that the input does not state (default absent)"},
    OptionRow{"--certain", "", &Options::certain, kDecides, Group::kDeciding,
              "a decision that rests on an assumption becomes conditional"},
    OptionRow{"--require-keys", "", &Options::require_keys, kDecides, Group::kDeciding,
              "a key that a policy reads must be set or nulled by the input"},
    OptionRow{"--option", "NAME=VALUE", &Options::option, kDecides, Group::kDeciding,
              "reading of a semantics option"},
    OptionRow{"--rcp-services", "FILE", &Options::rcp_services, kDecides, Group::kDeciding,
              "list of the services that RCPs cover, in place of the built-in one"},
    OptionRow{"--rcp-date", "DATE", &Options::rcp_date, kDecides, Group::kDeciding,
              "state of that list at a date (default: the newest)"},
    OptionRow{"--lenient", "", &Options::lenient, kDecides, Group::kDeciding,
              "findings of policy type and unknown operators warn only"},
    OptionRow{"--force", "", &Options::force, kDecides, Group::kDeciding,
              "context may contradict the facts of the world"},
    OptionRow{"--time", "T", &Options::time, kDecides, Group::kDeciding,
              "clock of requests that do not state one"},
    OptionRow{"--message-style", "plain|arn|outside", &Options::message_style, kDecides,
              Group::kDeciding,
              "AWS's wording: without policy ARNs, with them, as seen from another organization"},

    OptionRow{
        "--type", "TYPE", &Options::type, kValidate, Group::kChecking,
        "type of the policies: identity resource key trust boundary session scp rcp endpoint"},
    OptionRow{"--fail-on", "error|warning|suggestion", &Options::fail_on, kValidate,
              Group::kChecking, "least severity that makes the exit code 1 (default error)"},
    OptionRow{"--ignore", "RULE", &Options::ignore, kValidate, Group::kChecking,
              "leave out the findings of a rule, by number or name"},

    OptionRow{"-k,--word", "WORD", &Options::word, kTest, Group::kSelecting,
              "only tests whose id or name holds the word"},
    OptionRow{"--filter", "RE2", &Options::filter, kTest, Group::kSelecting,
              "only tests in whose id the regular expression is found"},
    OptionRow{"--tag", "TAG", &Options::tag, kTest, Group::kSelecting,
              "only tests with the tag; of several, any"},
    OptionRow{"--shard", "I/N", &Options::shard, kTest, Group::kSelecting,
              "only the I-th of N equal parts"},
    OptionRow{"--list", "", &Options::list, kTest, Group::kSelecting,
              "print the ids of the selected tests and run none"},
    OptionRow{"--fail-fast", "", &Options::fail_fast, kTest, Group::kSelecting,
              "stop at the first test that fails"},
    OptionRow{"--jobs", "N", &Options::jobs, kTest, Group::kSelecting,
              "threads (default: one for each core)"},
    OptionRow{"--ci", "", &Options::ci, kTest, Group::kSelecting, "as a gate: `only` is an error"},

    OptionRow{"--coverage", "", &Options::coverage, kTest, Group::kJudging,
              "tell which parts of the policies the tests reach"},
    OptionRow{"--min", "WHAT=PERCENT", &Options::min, kTest, Group::kJudging,
              "least coverage; WHAT is statements, conditions (both imply --coverage) or mutation "
              "(implies --mutate)"},
    OptionRow{"--mutate", "", &Options::mutate, kTest, Group::kJudging,
              "change the policies, one edit at a time, and tell which edits no test notices"},
    OptionRow{"--mutants", "N", &Options::mutants, kTest, Group::kJudging,
              "a sample of N edits (default: all)"},
    OptionRow{"--seed", "N", &Options::seed, kTest, Group::kJudging,
              "chooses the sample (default 1)"},
    OptionRow{"--budget", "SECONDS", &Options::budget, kTest, Group::kJudging,
              "time for edits; what is left then is not run"},

    OptionRow{"--golden", "FILE", &Options::golden, kTest, Group::kComparing,
              "compare all decisions with those in FILE; changes fail"},
    OptionRow{"--update-golden", "", &Options::update_golden, kTest, Group::kComparing,
              "write the decisions to the file of --golden instead"},
    OptionRow{"--base", "REF", &Options::base, kTest, Group::kComparing,
              "compare with the fixtures and policies of another git revision"},
    OptionRow{"--fail-on", "widen|narrow|any", &Options::fail_on, kTest, Group::kComparing,
              "changes against --base that fail (default: none)"},

    OptionRow{"--format", "FMT", &Options::format, kReports, Group::kOutput, ""},
    OptionRow{"--report", "FMT=PATH", &Options::report, kReports, Group::kOutput,
              "write the results to a file as well"},
    OptionRow{"--junit-passed", "fold|list", &Options::junit_passed, kTest, Group::kOutput,
              "JUnit reports: passed cells of a matrix as one test case, or each (default list)"},
    OptionRow{"--color", "auto|always|never", &Options::color, kReports, Group::kOutput,
              "colours in text (default auto: on a terminal, unless NO_COLOR is set)"},
    OptionRow{"-q,--quiet", "", &Options::quiet, kEveryVerb, Group::kOutput,
              "no warnings and no progress on standard error"},
    OptionRow{"-v,--verbose", "", &Options::verbose, kReports & ~kTest, Group::kOutput,
              "more: warnings of policies, every context key with its value and origin; -vv logs "
              "what is done"},
    OptionRow{
        "-v,--verbose", "", &Options::verbose, kTest, Group::kOutput,
        "more: tests that passed, each that failed alike, every context key with its value and "
        "origin, gaps of elements, proofs of equivalence, warnings of policies; -vv logs what "
        "is done"},
    OptionRow{"--log-level", "error|warn|info|debug", &Options::log_level, kReports, Group::kOutput,
              "log messages on standard error"},

    OptionRow{"--ci", "github|gitlab|none", &Options::ci_system, kInit, Group::kGeneral,
              "the CI file to write (default github)"},
    OptionRow{"--config", "FILE", &Options::config, kReports, Group::kGeneral,
              "configuration, in place of the `.policysim.yaml` that is found"},
    OptionRow{"--no-config", "", &Options::no_config, kReports, Group::kGeneral,
              "read no configuration"},
    OptionRow{"--exit-zero", "", &Options::exit_zero, kReports, Group::kGeneral,
              "exit codes 1, 4 and 6 become 0"},
    OptionRow{"-h,--help", "", &Options::help, kEveryVerb, Group::kGeneral, "print this help"},
};

}  // namespace

std::string_view title(Group group) noexcept {
  switch (group) {
    case Group::kRequest:
      return "One request by flags";
    case Group::kPolicies:
      return "Its policies";
    case Group::kInput:
      return "Input";
    case Group::kDeciding:
      return "Deciding";
    case Group::kChecking:
      return "Checking";
    case Group::kSelecting:
      return "Which tests";
    case Group::kJudging:
      return "How good the tests are";
    case Group::kComparing:
      return "What changes";
    case Group::kOutput:
      return "Output";
    case Group::kGeneral:
      return "General";
  }
  return "";
}

std::string_view OptionRow::long_name() const noexcept { return names.substr(names.find("--")); }

std::span<const OptionRow> option_rows() noexcept { return kRows; }

std::string environment_name(const OptionRow& row) {
  std::string out = "POLICYSIM_";
  for (const char c : row.long_name().substr(2)) {
    out += c == '-' ? '_' : (c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  }
  return out;
}

}  // namespace policysim::cli
