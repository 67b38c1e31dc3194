#include "report/sarif.hpp"

#include <algorithm>
#include <map>

#include "catalog/rules.hpp"
#include "gate/fingerprint.hpp"
#include "policysim/version.hpp"
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

void write_place(JsonWriter& json, const SarifPlace& place) {
  json.begin_object().key("physicalLocation").begin_object();
  json.key("artifactLocation").begin_object();
  json.key("uri").value(uri_of(place.file)).end_object();
  if (place.line != 0) {
    json.key("region").begin_object();
    json.key("startLine").value(place.line).key("startColumn").value(place.column);
    if (place.end_line != 0) {
      json.key("endLine").value(place.end_line).key("endColumn").value(place.end_column);
    }
    json.end_object();
  }
  json.end_object().end_object();
}

void write_places(JsonWriter& json, std::string_view name, const std::vector<SarifPlace>& places) {
  json.key(name).begin_array();
  for (const SarifPlace& place : places) write_place(json, place);
  json.end_array();
}

void write_result(JsonWriter& json, const SarifResult& result, const RuleIndex& rules) {
  json.begin_object();
  json.key("ruleId").value(result.rule);
  json.key("ruleIndex").value(rules.at(result.rule));
  json.key("level").value(level_of(result.severity));
  write_text(json, "message", result.message);
  write_places(json, "locations", {result.place});
  if (!result.related.empty()) write_places(json, "relatedLocations", result.related);
  json.key("partialFingerprints").begin_object();
  json.key("policysim/v1").value(result.fingerprint).end_object();
  json.end_object();
}

// At most as many as are accepted; of too many the gravest are kept.
std::vector<const SarifResult*> choose(const std::vector<SarifResult>& results) {
  std::vector<const SarifResult*> chosen;
  chosen.reserve(results.size());
  for (const SarifResult& result : results) chosen.push_back(&result);
  if (chosen.size() <= kMostResults) return chosen;
  std::stable_sort(chosen.begin(), chosen.end(),
                   [](const auto* a, const auto* b) { return a->severity < b->severity; });
  chosen.resize(kMostResults);
  return chosen;
}

}  // namespace

std::string fingerprint(std::initializer_list<std::string_view> parts) {
  gate::Fingerprint out;
  for (const std::string_view part : parts) out.add(part);
  return gate::hex(out.value());
}

std::string render_sarif(const std::vector<SarifResult>& results, std::string_view category) {
  const std::vector<const SarifResult*> chosen = choose(results);
  RuleIndex rules;
  for (const SarifResult* result : chosen) rules.emplace(result->rule, 0);
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
  json.key("automationDetails").begin_object().key("id").value(category).end_object();
  json.key("columnKind").value("unicodeCodePoints");
  json.key("results").begin_array();
  for (const SarifResult* result : chosen) write_result(json, *result, rules);
  json.end_array();
  if (chosen.size() < results.size()) {
    json.key("properties").begin_object();
    json.key("omittedResults").value(std::uint64_t{results.size() - chosen.size()}).end_object();
  }
  json.end_object().end_array().end_object();
  out += '\n';
  return out;
}

}  // namespace policysim::report
