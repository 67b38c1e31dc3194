// Help texts: examples first, then options, then exit codes.
#include <string>

#include "policysim/version.hpp"
#include "verbs.hpp"

namespace policysim::cli {
namespace {

constexpr std::size_t kIndent = 32;
constexpr std::size_t kColumns = 100;

constexpr std::string_view kEvaluateCodes =
    R"(  0  everything is allowed
  1  something is denied
  2  usage: the command line, environment or configuration is wrong
  3  a policy, fixture, world or request is invalid
  4  a decision is conditional: something is unknown
  5  internal error, or output that cannot be written
  130  interrupted
  Of several that apply: 130, 5, 2, 3, 4, 1, 0. An invalid input is never reported as a deny.
)";

constexpr std::string_view kValidateCodes =
    R"(  0  no finding at or over the threshold
  1  findings at or over the threshold of --fail-on
  2  usage: the command line, environment or configuration is wrong
  3  a file cannot be read as JSON or YAML
  5  internal error, or output that cannot be written
  130  interrupted
  Of several that apply: 130, 5, 2, 3, 1, 0.
)";

constexpr std::string_view kTestCodes =
    R"(  0  every test passed
  1  a test failed, or decisions changed in a way that --golden or --fail-on forbids
  2  usage: the command line, environment or configuration is wrong; nothing is selected
  3  a fixture, policy or request is invalid
  5  internal error, or output that cannot be written
  6  every test passed, but a threshold of coverage or mutation is missed
  130  interrupted
  Of several that apply: 130, 5, 2, 3, 1, 6, 0. `skip` and `todo` change nothing.
)";

std::string_view exit_codes(const Verb& verb) {
  switch (verb.bit) {
    case kValidate:
      return kValidateCodes;
    case kTest:
      return kTestCodes;
    default:
      return kEvaluateCodes;
  }
}

std::string join(const std::vector<std::string_view>& words, std::string_view separator) {
  std::string out;
  for (const std::string_view word : words) {
    if (!out.empty()) out += separator;
    out += word;
  }
  return out;
}

// "  --name VALUE   what it does", the second column wrapped.
std::string entry(std::string left, std::string_view right) {
  left.insert(0, "  ");
  if (left.size() + 2 > kIndent) {
    left += "\n" + std::string(kIndent, ' ');
  } else {
    left.resize(kIndent, ' ');
  }
  std::size_t used = kIndent;
  bool first = true;
  while (!right.empty()) {
    const std::size_t end = std::min(right.find(' '), right.size());
    const std::string_view word = right.substr(0, end);
    right.remove_prefix(std::min(end + 1, right.size()));
    if (!first && used + 1 + word.size() > kColumns) {
      left += "\n" + std::string(kIndent, ' ');
      used = kIndent;
      first = true;
    }
    if (!first) left += ' ';
    left += word;
    used += word.size() + (first ? 0 : 1);
    first = false;
  }
  return left + "\n";
}

std::string option_entry(const OptionRow& row, const Verb& verb) {
  std::string left(row.names);
  if (const std::size_t comma = left.find(','); comma != std::string::npos) {
    left.insert(comma + 1, " ");
  }
  if (row.takes_value()) left += " " + std::string(row.value);
  if (row.repeatable()) left += "...";
  if (row.long_name() == "--format") {
    return entry(left, "what standard output holds: " + join(verb.formats(), ", "));
  }
  return entry(left, row.help);
}

}  // namespace

std::string help_text() {
  std::string out = "policysim: decides what AWS policies allow, offline\n\nExamples\n";
  out +=
      "  policysim evaluate fixtures/\n"
      "  policysim evaluate --principal arn:aws:iam::123456789012:role/Analyst \\\n"
      "    --action s3:GetObject --resource arn:aws:s3:::reports/2026.csv \\\n"
      "    --resource-account 123456789012 --identity policies/analyst.json\n"
      "  policysim test fixtures/\n"
      "  policysim validate policies/ fixtures/\n\nVerbs\n";
  for (const Verb& verb : verbs()) out += entry(std::string(verb.name), verb.summary);
  out += "\nOptions\n";
  out += entry("-h, --help", "print this help; `policysim VERB --help` tells more");
  out += entry("--version", "print the version and the dates of the data");
  out += "\nExit codes\n";
  out += kEvaluateCodes;
  return out;
}

std::string help_text(const Verb& verb) {
  std::string out = "policysim " + std::string(verb.name) + ": " + std::string(verb.summary);
  out += "\n\nUsage\n" + std::string(verb.usage);
  out += "\nExamples\n" + std::string(verb.examples);
  bool any = false;
  Group group = Group::kRequest;
  for (const OptionRow& row : option_rows()) {
    if ((row.verbs & verb.bit) == 0) continue;
    if (!any || row.group != group) out += "\n" + std::string(title(row.group)) + "\n";
    any = true;
    group = row.group;
    out += option_entry(row, verb);
  }
  out +=
      "\nAn option with one value can also be given as POLICYSIM_<OPTION>, as POLICYSIM_RCP_DATE.\n"
      "\nExit codes\n";
  out += exit_codes(verb);
  return out;
}

std::string version_text() {
  return "policysim " + std::string(version()) + "\ncatalogue " + std::string(catalog_date()) +
         "\nRCP services " + std::string(rcp_services_date()) + "\n";
}

}  // namespace policysim::cli
