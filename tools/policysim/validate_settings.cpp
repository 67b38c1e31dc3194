#include "validate_settings.hpp"

#include <unistd.h>

#include <algorithm>

#include "base/edit_distance.hpp"
#include "catalog/rules.hpp"
#include "policy/parse.hpp"
#include "terminal.hpp"
#include "usage.hpp"
#include "values/glob.hpp"

namespace policysim::cli {
namespace {

constexpr PolicyType kTypes[] = {
    PolicyType::kIdentity, PolicyType::kResource, PolicyType::kKey,
    PolicyType::kTrust,    PolicyType::kBoundary, PolicyType::kSession,
    PolicyType::kScp,      PolicyType::kRcp,      PolicyType::kEndpoint};

Result<std::optional<PolicyType>> find_type(const std::optional<std::string>& name) {
  if (!name) return std::optional<PolicyType>();
  std::vector<std::string_view> names;
  for (const PolicyType type : kTypes) {
    if (policy::type_name(type) == *name) return std::optional<PolicyType>(type);
    names.push_back(policy::type_name(type));
  }
  return usage_error("unknown policy type `" + *name + "`", base::nearest(*name, names));
}

Result<std::vector<IgnoredRule>> find_ignored(const Options& options, const Config& config) {
  std::vector<IgnoredRule> out = config.ignore;
  for (const std::string& name : options.ignore) {
    const catalog::Rule* rule = catalog::find_rule(name);
    if (rule == nullptr) {
      std::vector<std::string_view> names;
      for (const catalog::Rule& other : catalog::rules()) names.push_back(other.name);
      return usage_error("unknown rule `" + name + "`", base::nearest(name, names));
    }
    out.push_back({std::string(rule->id), ""});
  }
  return out;
}

// Severities stand in order, the worst first.
Severity threshold(const std::string& name) {
  if (name == "suggestion") return Severity::kSuggestion;
  return name == "warning" ? Severity::kWarning : Severity::kError;
}

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> out;
  for (const report::FindingFormat& format : report::finding_formats()) out.push_back(format.name);
  return out;
}

}  // namespace

bool is_ignored(const report::FindingRecord& finding, const std::vector<IgnoredRule>& ignored) {
  return std::any_of(ignored.begin(), ignored.end(), [&finding](const IgnoredRule& rule) {
    return rule.rule == finding.rule &&
           (rule.path.empty() || values::glob_match(rule.path, finding.file));
  });
}

Result<ValidateSettings> validate_settings(const Options& options, const Config& config) {
  ValidateSettings settings;
  settings.paths = options.paths.empty() ? config.paths : options.paths;
  if (settings.paths.empty()) return usage_error("nothing to validate: name files or folders");
  const Result<std::optional<PolicyType>> type = find_type(options.type);
  if (!type) return type.error();
  settings.type = *type;
  Result<std::vector<IgnoredRule>> ignored = find_ignored(options, config);
  if (!ignored) return std::move(ignored).error();
  settings.ignored = *std::move(ignored);
  settings.least = threshold(options.fail_on.value_or(config.fail_on.value_or("error")));
  const std::string format = options.format.value_or(config.format.value_or("text"));
  settings.format = report::find_finding_format(format);
  if (settings.format == nullptr) {
    return usage_error("unknown format `" + format + "`", base::nearest(format, format_names()));
  }
  Result<std::vector<ReportTarget>> reports = parse_reports(options.report, format_names());
  if (!reports) return std::move(reports).error();
  settings.reports = *std::move(reports);
  const std::string color = options.color.value_or(config.color.value_or("auto"));
  settings.color = !settings.format->machine && wants_color(color, STDOUT_FILENO);
  return settings;
}

}  // namespace policysim::cli
