#include "authorizations.hpp"

#include <algorithm>
#include <fstream>
#include <map>

#include "base/ascii.hpp"
#include "operations/request_builder.hpp"
#include "text/reader.hpp"
#include "world/fixture.hpp"

namespace policysim::operations {
namespace {

using request::ContextEntry;
using request::ValueState;

bool fits(const std::string& pattern, const std::string& key) {
  if (pattern.back() != '*') return base::equals_ignore_case(pattern, key);
  return base::starts_with_ignore_case(key, pattern.substr(0, pattern.size() - 1));
}

std::string shown(const ContextEntry& entry) {
  if (entry.state == ValueState::kUnknown) return R"({"unknown":true})";
  if (entry.state == ValueState::kList) return Json(entry.values).dump();
  return Json(entry.values.front()).dump();
}

std::string list(const std::vector<Diagnostic>& findings, Severity severity) {
  std::string out;
  for (const Diagnostic& finding : findings) {
    if (finding.severity == severity) out += finding.rule + " " + finding.message + "\n";
  }
  return out;
}

}  // namespace

Json read_test_json(const std::string& path) {
  std::ifstream file(PSIM_SOURCE_DIR "/tests/data/" + path);
  return Json::parse(file);
}

Answer authorizations(const Json& world, const Json& request) {
  Answer out;
  const Json fixture = {{"policysim", 1}, {"world", world}};
  world::FixtureFailure failure;
  const auto loaded = world::load_fixture_text("test.json", fixture.dump(), &failure);
  if (!loaded) {
    out.error = "world: " + list(loaded.error().diagnostics, Severity::kError);
    return out;
  }
  text::SourceMap sources;
  const auto node =
      text::read(sources, sources.add("request.json", request.dump()), text::Syntax::kJson);
  auto built = build_requests(*node, loaded->base.get());
  if (!built) {
    out.error = list(built.error().diagnostics, Severity::kError);
    return out;
  }
  out.requests = std::move(built->requests);
  for (const Diagnostic& warning : built->warnings) {
    out.warnings.push_back(warning.rule + " " + warning.message);
  }
  return out;
}

std::string differences(const request::Data& data, const Json& expected,
                        const std::vector<std::string>& patterns) {
  std::map<std::string, std::string> wanted;
  for (const auto& [key, value] : expected.items()) wanted[base::lower(key)] = value.dump();
  std::string out;
  for (const ContextEntry& entry : data.context) {
    const auto at = wanted.find(base::lower(entry.key));
    const bool compared = std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) {
      return fits(pattern, entry.key);
    });
    if (entry.state == ValueState::kAbsent || (at == wanted.end() && !compared)) continue;
    if (at == wanted.end()) {
      out += "  too much: " + entry.key + " = " + shown(entry) + "\n";
      continue;
    }
    if (at->second != shown(entry)) {
      out += "  " + entry.key + " = " + shown(entry) + ", expected " + at->second + "\n";
    }
    wanted.erase(at);
  }
  for (const auto& [key, value] : wanted) out += "  missing: " + key + " = " + value + "\n";
  return out;
}

}  // namespace policysim::operations
