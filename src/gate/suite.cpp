#include "gate/suite.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/ascii.hpp"
#include "world/regex.hpp"

namespace policysim::gate {
namespace {

using world::CaseList;
using world::Fixture;

bool has_tag(const world::Case& head, const std::vector<std::string>& tags) {
  return std::any_of(tags.begin(), tags.end(), [&head](const std::string& tag) {
    return std::find(head.tags.begin(), head.tags.end(), tag) != head.tags.end();
  });
}

// The name of a cell is made only where its id does not say enough.
bool has_word(CaseList& cases, std::size_t index, const std::string& id, const std::string& word) {
  const std::string wanted = base::lower(word);
  if (base::lower(id).find(wanted) != std::string::npos) return true;
  if (cases.head(index).name.empty()) return false;
  const Result<world::Case> one = cases.get(index);
  return one && base::lower(one->name).find(wanted) != std::string::npos;
}

class Selector {
 public:
  Selector(const Selection& selection, bool ci, std::vector<SuiteFinding>& findings)
      : selection_(selection), ci_(ci), findings_(findings) {}

  Suite run(std::vector<std::shared_ptr<const Fixture>> fixtures) {
    suite_.fixtures = std::move(fixtures);
    only_ = std::any_of(suite_.fixtures.begin(), suite_.fixtures.end(),
                        [](const auto& fixture) { return world::has_only(*fixture); });
    for (std::uint32_t i = 0; i < suite_.fixtures.size(); ++i) add(i);
    keep_shard();
    return std::move(suite_);
  }

 private:
  void add(std::uint32_t number) {
    const Fixture& fixture = *suite_.fixtures[number];
    CaseList cases(fixture);
    const std::string prefix = suite_.fixtures.size() > 1 ? fixture.name + "." : std::string();
    for (std::size_t i = 0; i < cases.size(); ++i) {
      Test test{number, i, prefix + cases.id(i)};
      check(fixture, cases, test);
      if (!selected(cases, test)) continue;
      if (!cases.expects(i) && !cases.skipped(i)) {
        report(fixture, {"PS4001",
                         "`" + test.id + "` does not say what it expects",
                         "add `expect`",
                         Severity::kError,
                         cases.span(i),
                         {}});
      }
      suite_.tests.push_back(std::move(test));
    }
  }

  void check(const Fixture& fixture, const CaseList& cases, const Test& test) {
    if (!ids_.emplace(test.id, test.fixture).second) {
      report(fixture, {"PS4002",
                       "there is another test `" + test.id + "`",
                       "give the fixtures different names with `name`",
                       Severity::kError,
                       cases.span(test.index),
                       {}});
    }
    if (cases.only(test.index) && last_only_ != &cases.head(test.index)) {
      last_only_ = &cases.head(test.index);
      report(fixture, {"PS4003",
                       "`" + last_only_->id + "` is marked `only`, which hides all other tests",
                       "`only` is for work on a case; take it out",
                       ci_ ? Severity::kError : Severity::kWarning,
                       last_only_->span,
                       {}});
    }
  }

  bool selected(CaseList& cases, const Test& test) const {
    if (only_ && !cases.only(test.index)) return false;
    if (!selection_.tags.empty() && !has_tag(cases.head(test.index), selection_.tags)) return false;
    if (!selection_.filter.empty() && !world::regex_found(selection_.filter, test.id)) return false;
    return selection_.word.empty() || has_word(cases, test.index, test.id, selection_.word);
  }

  // Neighbours share worlds, so that a shard is one run of them.
  void keep_shard() {
    std::vector<Test>& tests = suite_.tests;
    const std::size_t begin = tests.size() * (selection_.shard - 1) / selection_.shards;
    const std::size_t end = tests.size() * selection_.shard / selection_.shards;
    tests.erase(tests.begin() + static_cast<std::ptrdiff_t>(end), tests.end());
    tests.erase(tests.begin(), tests.begin() + static_cast<std::ptrdiff_t>(begin));
  }

  void report(const Fixture& fixture, Diagnostic finding) {
    findings_.push_back({std::move(finding), fixture.sources});
  }

  const Selection& selection_;
  bool ci_;
  std::vector<SuiteFinding>& findings_;
  Suite suite_;
  bool only_ = false;
  const world::Case* last_only_ = nullptr;
  std::unordered_map<std::string, std::uint32_t> ids_;
};

}  // namespace

Suite select_tests(std::vector<std::shared_ptr<const Fixture>> fixtures, const Selection& selection,
                   bool ci, std::vector<SuiteFinding>& findings) {
  return Selector(selection, ci, findings).run(std::move(fixtures));
}

}  // namespace policysim::gate
