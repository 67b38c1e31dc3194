#include "validate_files.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "compile/attach_world.hpp"
#include "fixture_files.hpp"
#include "operations/check_names.hpp"
#include "policy/parse.hpp"
#include "text/reader.hpp"
#include "world/case_list.hpp"
#include "world/cases.hpp"
#include "world/data.hpp"
#include "world/fixture.hpp"
#include "world/recent.hpp"
#include "world/scene.hpp"

namespace policysim::cli {
namespace {

using report::FindingRecord;

class Checker {
 public:
  Checker(std::optional<PolicyType> type, bool color) : type_(type), color_(color) {}

  void fixture(const InputFile& file, std::string text) {
    world::FixtureFailure failure;
    const Result<world::Fixture> loaded =
        file.path == "-" ? world::load_fixture_text("<stdin>", std::move(text), &failure)
                         : world::load_fixture(file.path, &failure);
    if (!loaded) return add_failure(failure, file.path);
    add(loaded->warnings, *loaded->sources);
    world(*loaded->base, *loaded->sources);
    world::CaseList list(*loaded);
    FixtureCheck check{
        *loaded, world::Recent<world::Scene>(world::kept_worlds(*loaded->world)), {}};
    for (std::size_t i = 0; i < list.size() && !full(); ++i) {
      const Result<world::Case> one = list.get(i);
      if (one) {
        cases(check, *one);
      } else {
        add(one.error().diagnostics, *loaded->sources);
      }
    }
    unattached(*loaded->base, *loaded->sources);
  }

  // After all fixtures, which know the types of what they attach.
  void policy(const InputFile& file, std::string text) {
    if (!type_ && attached_files_.count(text::relative_path(file.path)) != 0) return;
    if (file.path == "-") {
      add(report::check_policy_text("<stdin>", std::move(text), check_options()));
    } else {
      add(report::check_policy_file(file.path, check_options()));
    }
  }

  void unreadable(const InputFile& file) {
    add(report::check_policy_file(device_path(file.path), check_options()));
  }

  Checked finish() {
    for (FindingRecord& finding : out_.findings) {
      if (finding.line == 0) finding.text.insert(0, text::escape_terminal(finding.file) + ":1:1: ");
    }
    const auto place = [](const FindingRecord& f) {
      return std::tie(f.file, f.line, f.column, f.rule, f.message);
    };
    std::vector<FindingRecord>& all = out_.findings;
    std::stable_sort(all.begin(), all.end(),
                     [&place](const auto& a, const auto& b) { return place(a) < place(b); });
    all.erase(std::unique(all.begin(), all.end(),
                          [&place](const auto& a, const auto& b) { return place(a) == place(b); }),
              all.end());
    return std::move(out_);
  }

 private:
  report::CheckOptions check_options() const {
    report::CheckOptions options;
    options.type = type_;
    options.color = color_;
    return options;
  }

  void add(const std::vector<Diagnostic>& findings, const text::SourceMap& sources,
           const std::optional<std::string>& policy = {}) {
    for (const Diagnostic& finding : findings) {
      out_.findings.push_back(report::make_finding(finding, sources, policy, {}, color_));
    }
  }

  void add(report::CheckedPolicy checked) {
    out_.unreadable = out_.unreadable || !checked.readable;
    for (FindingRecord& finding : checked.findings) out_.findings.push_back(std::move(finding));
  }

  // A failed load: findings of the reader (PS0…) mean that a file could not be read at all.
  void add_failure(const world::FixtureFailure& failure, const std::string& path) {
    out_.unreadable = out_.unreadable || failure.error.code.rfind("PS0", 0) == 0;
    if (failure.sources != nullptr) add(failure.error.diagnostics, *failure.sources);
    if (!failure.error.diagnostics.empty()) return;
    const Diagnostic whole{failure.error.code, failure.error.message, {}, Severity::kError, {}, {}};
    out_.findings.push_back(report::make_finding(whole, text::SourceMap(), {}, {}, color_));
    out_.findings.back().file = path;
  }

  struct FixtureCheck {
    const world::Fixture& fixture;
    world::Recent<world::Scene> scenes;
    std::unordered_set<std::string> seen;  // patches
  };

  // Cells repeat what is wrong with their matrix.
  bool full() const { return out_.findings.size() >= 10'000; }

  // Policies may be attached by what a case patches, or only there; names may be defined there.
  void cases(FixtureCheck& check, const world::Case& one) {
    if (one.expect && one.expect->find("error") != nullptr) return;  // meant to be wrong
    world::Patches patches = one.patches;
    patched(check, patches);
    if (one.expect) expectation(check, patches, *one.expect);
    for (const world::Step& step : one.steps) {
      if (step.patch != nullptr) patches.push_back(step.patch);
      patched(check, patches);
      for (const text::Node& written : step.requests) request(check, patches, written);
    }
  }

  world::Scene& scene(FixtureCheck& check, const world::Patches& patches) {
    return check.scenes.get(world::patch_key(patches),
                            [&] { return world::Scene(check.fixture, patches); });
  }

  void patched(FixtureCheck& check, const world::Patches& patches) {
    if (patches.empty() || !check.seen.insert(world::patch_key(patches)).second) return;
    const Result<std::shared_ptr<const World>> world = scene(check, patches).world();
    if (world) {
      this->world(**world, *check.fixture.sources);
    } else {
      add(world.error().diagnostics, *check.fixture.sources);
    }
  }

  // Null, with findings, where it cannot be interpolated.
  std::optional<text::Node> interpolated(FixtureCheck& check, const world::Patches& patches,
                                         const text::Node& written) {
    if (!world::has_interpolation(written)) return written;
    Result<text::Node> node = scene(check, patches).interpolated(written);
    if (node) return *std::move(node);
    add(node.error().diagnostics, *check.fixture.sources);
    return std::nullopt;
  }

  void expectation(FixtureCheck& check, const world::Patches& patches, const text::Node& written) {
    const auto node = interpolated(check, patches, written);
    world::Findings findings;
    if (node) world::check_expectation(*node, findings);
    add(findings.list(), *check.fixture.sources);
  }

  void request(FixtureCheck& check, const world::Patches& patches, const text::Node& written) {
    const auto node = interpolated(check, patches, written);
    world::Findings findings;
    if (node) operations::check_names(*node, findings);
    add(findings.list(), *check.fixture.sources);
  }

  // Every policy that the world attaches, as what it is attached.
  void world(const World& world, const text::SourceMap& sources) {
    compile::Sources attached;
    if (!compile::attach_world(world, attached, {})) return;
    for (const compile::Attached& one : attached.attached) {
      const world::Policy* policy = one.built_in ? nullptr : world.data().policy(one.where.name);
      if (policy != nullptr) check(*policy, one.where.as, sources);
    }
  }

  void unattached(const World& world, const text::SourceMap& sources) {
    for (const world::Policy& policy : world.data().policies) {
      if (seen_names_.count(policy.name) != 0) continue;
      const PolicyType type =
          policy.document == nullptr ? PolicyType::kIdentity : policy::guess_type(*policy.document);
      check(policy, type, sources);
    }
    seen_names_.clear();
    seen_.clear();
  }

  void check(const world::Policy& policy, PolicyType type, const text::SourceMap& sources) {
    seen_names_.insert(policy.name);
    if (!seen_.insert({policy.document.get(), policy.name, type}).second) return;
    if (policy.failure) {
      out_.unreadable = true;
      add_failure({*policy.failure, nullptr}, policy.name, sources);
      return;
    }
    if (policy.document == nullptr) return;
    attached_files_.insert(text::relative_path(sources[policy.document->span.source].name()));
    ParseOptions options;
    options.name = policy.name;
    const policy::Parsed parsed = policy::parse(*policy.document, type, options);
    for (FindingRecord& finding :
         report::make_findings(parsed.findings, parsed.document, sources, policy.name, color_)) {
      out_.findings.push_back(std::move(finding));
    }
  }

  void add_failure(const world::FixtureFailure& failure, const std::string& policy,
                   const text::SourceMap& sources) {
    add(failure.error.diagnostics, sources, policy);
    if (failure.error.diagnostics.empty()) add_failure(failure, policy);
  }

  std::optional<PolicyType> type_;
  bool color_;
  Checked out_;
  std::set<std::string> attached_files_;
  std::set<std::string> seen_names_;
  std::set<std::tuple<const text::Node*, std::string, PolicyType>> seen_;
};

}  // namespace

Checked check_files(const std::vector<InputFile>& files, std::optional<PolicyType> type,
                    bool color) {
  Checker checker(type, color);
  std::vector<std::pair<const InputFile*, std::string>> policies;
  for (const InputFile& file : files) {
    Result<std::string> text = text::read_file(device_path(file.path));
    if (!text) {
      checker.unreadable(file);
    } else if (says_fixture(*text)) {
      checker.fixture(file, *std::move(text));
    } else {
      policies.emplace_back(&file, *std::move(text));
    }
  }
  for (auto& [file, text] : policies) checker.policy(*file, std::move(text));
  return checker.finish();
}

}  // namespace policysim::cli
