// SARIF 2.1.0 as code scanning services take it.
#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "catalog/rules.hpp"
#include "policysim/version.hpp"
#include "report/findings.hpp"
#include "text/json_writer.hpp"

namespace policysim::report {
namespace {

using text::JsonWriter;

constexpr std::size_t kMostResults = 25'000;  // GitHub refuses files with more

std::string_view level_of(Severity severity) noexcept {
  switch (severity) {
    case Severity::kError:
    case Severity::kSecurityWarning:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kSuggestion:
      return "note";
  }
  return "error";
}

// GitHub's scale: over 7.0 is high, over 4.0 medium.
std::string_view security_severity(Severity severity) noexcept {
  switch (severity) {
    case Severity::kError:
      return "8.0";
    case Severity::kSecurityWarning:
      return "7.0";
    case Severity::kWarning:
      return "4.0";
    case Severity::kSuggestion:
      return "1.0";
  }
  return "8.0";
}

// "wildcard-in-exact-operator" as a title: "Wildcard in exact operator".
std::string title_of(std::string_view name) {
  std::string title(name);
  std::replace(title.begin(), title.end(), '-', ' ');
  if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') {
    title[0] = static_cast<char>(title[0] - 'a' + 'A');
  }
  return title;
}

std::string uri_of(std::string_view path) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "/-._~";
  std::string uri;
  for (const char c : path) {
    const bool alphanumeric =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (alphanumeric || kPlain.find(c) != kPlain.npos) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += kDigits[byte >> 4U];
    uri += kDigits[byte & 15U];
  }
  return uri;
}

// Policy, Sid and rule, never the line: code that moves stays one alert. FNV-1a.
std::string fingerprint(const FindingRecord& finding) {
  std::uint64_t hash = 14695981039346656037U;
  const auto mix = [&hash](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    hash *= 1099511628211U;  // a zero byte between the parts
  };
  mix(finding.policy.value_or(std::string()));
  mix(finding.sid.value_or(std::string()));
  mix(finding.rule);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) {
    text += kDigits[hash >> static_cast<unsigned>(shift) & 15U];
  }
  return text;
}

using RuleIndex = std::map<std::string_view, std::uint32_t>;

void write_text(JsonWriter& json, std::string_view name, std::string_view text) {
  json.key(name).begin_object().key("text").value(text).end_object();
}

void write_rule(JsonWriter& json, std::string_view id) {
  const catalog::Rule* rule = catalog::find_rule(id);
  const Severity severity = rule == nullptr ? Severity::kError : rule->severity;
  const std::string_view name = rule == nullptr ? id : rule->name;
  const std::string_view summary = rule == nullptr ? id : rule->summary;
  json.begin_object();
  json.key("id").value(id);
  json.key("name").value(name);
  write_text(json, "shortDescription", title_of(name));
  write_text(json, "fullDescription", summary);
  write_text(json, "help", summary);
  json.key("defaultConfiguration").begin_object();
  json.key("level").value(level_of(severity)).end_object();
  json.key("properties").begin_object();
  json.key("tags").begin_array().value("security").value("iam").end_array();
  json.key("security-severity").value(security_severity(severity)).end_object();
  json.end_object();
}

void write_result(JsonWriter& json, const FindingRecord& finding, const RuleIndex& rules) {
  json.begin_object();
  json.key("ruleId").value(finding.rule);
  json.key("ruleIndex").value(rules.at(finding.rule));
  json.key("level").value(level_of(finding.severity));
  write_text(json, "message",
             finding.help.empty() ? finding.message : finding.message + "; " + finding.help);
  json.key("locations").begin_array().begin_object().key("physicalLocation").begin_object();
  json.key("artifactLocation").begin_object();
  json.key("uri").value(uri_of(finding.file)).end_object();
  if (finding.line != 0) {
    json.key("region").begin_object();
    json.key("startLine").value(finding.line).key("startColumn").value(finding.column);
    json.key("endLine").value(finding.end_line).key("endColumn").value(finding.end_column);
    json.end_object();
  }
  json.end_object().end_object().end_array();
  json.key("partialFingerprints").begin_object();
  json.key("policysim/v1").value(fingerprint(finding)).end_object();
  json.end_object();
}

// At most as many as are accepted; of too many the gravest are kept.
std::vector<const FindingRecord*> choose(const std::vector<FindingRecord>& findings) {
  std::vector<const FindingRecord*> chosen;
  chosen.reserve(findings.size());
  for (const FindingRecord& finding : findings) chosen.push_back(&finding);
  if (chosen.size() <= kMostResults) return chosen;
  std::stable_sort(chosen.begin(), chosen.end(),
                   [](const auto* a, const auto* b) { return a->severity < b->severity; });
  chosen.resize(kMostResults);
  return chosen;
}

}  // namespace

std::string render_findings_sarif(const std::vector<FindingRecord>& findings) {
  const std::vector<const FindingRecord*> chosen = choose(findings);
  RuleIndex rules;
  for (const FindingRecord* finding : chosen) rules.emplace(finding->rule, 0);
  std::uint32_t next = 0;
  for (auto& row : rules) row.second = next++;

  std::string out;
  JsonWriter json(out, text::JsonStyle::kPretty);
  json.begin_object();
  json.key("$schema").value("https://json.schemastore.org/sarif-2.1.0.json");
  json.key("version").value("2.1.0");
  json.key("runs").begin_array().begin_object();
  json.key("tool").begin_object().key("driver").begin_object();
  json.key("name").value("policysim");
  json.key("semanticVersion").value(version());
  json.key("rules").begin_array();
  for (const auto& row : rules) write_rule(json, row.first);
  json.end_array().end_object().end_object();
  json.key("columnKind").value("unicodeCodePoints");
  json.key("results").begin_array();
  for (const FindingRecord* finding : chosen) write_result(json, *finding, rules);
  json.end_array();
  if (chosen.size() < findings.size()) {
    json.key("properties").begin_object();
    json.key("omittedResults").value(std::uint64_t{findings.size() - chosen.size()}).end_object();
  }
  json.end_object().end_array().end_object();
  out += '\n';
  return out;
}

}  // namespace policysim::report
