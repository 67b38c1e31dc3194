#include "gate/base_compare.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "gate/golden.hpp"
#include "text/reader.hpp"

namespace policysim::gate {
namespace {

using world::Fixture;
using FixturePtr = std::shared_ptr<const Fixture>;

// One file from another side.
class Overlay final : public world::FileSource {
 public:
  Overlay(std::string path, world::FileSource& its, world::FileSource& others)
      : path_(std::move(path)), its_(its), others_(others) {}

  Result<std::string> read(const std::string& path) override {
    return path == path_ ? its_.read(path) : others_.read(path);
  }
  std::string identity(const std::string& path) override { return others_.identity(path); }

 private:
  std::string path_;
  world::FileSource& its_;
  world::FileSource& others_;
};

bool same_path(const std::string& a, const std::string& b) {
  return text::relative_path(a) == text::relative_path(b);
}

// The decision with its place, of a run that kept records.
DecisionSide side_of(const TestResult& result) {
  DecisionSide out = decision_of(result);
  if (result.record == nullptr) return out;
  if (result.record->error) {
    out.error = result.record->error->code + ": " + result.record->error->message;
    out.location = result.record->error->location;
  } else {
    out.location = result.record->location;
  }
  return out;
}

std::vector<DecisionSide> decisions_of(const TestRun& run) {
  std::vector<DecisionSide> out;
  out.reserve(run.results.size());
  for (const TestResult& result : run.results) out.push_back(decision_of(result));
  return out;
}

// Tests in the fixtures that hold them, and the world of the other side for each fixture; null: it
// has none, and why.
struct Tests {
  Suite suite;
  std::vector<FixturePtr> worlds;
  std::vector<std::string> why;
};

class Comparison {
 public:
  Comparison(const Base& base, const Settings& settings, const CompareOptions& options)
      : base_(base), settings_(settings), options_(options) {
    out_.before = base.name;
  }

  ChangeReport run(const Suite& suite, const TestRun& run) {
    const std::vector<FixturePtr> partners = pair(suite.fixtures);
    here(suite, run, partners);
    there(suite, partners);
    note_broken(suite.fixtures);
    return std::move(out_);
  }

 private:
  // The fixture of the base for each of this tree, or null.
  std::vector<FixturePtr> pair(const std::vector<FixturePtr>& fixtures) const {
    std::vector<FixturePtr> out(fixtures.size());
    std::unordered_set<const Fixture*> taken;
    for (const bool by_path : {true, false}) {
      for (std::size_t i = 0; i < fixtures.size(); ++i) {
        if (out[i] != nullptr) continue;
        for (const FixturePtr& other : base_.fixtures) {
          const bool same = by_path ? same_path(other->path, fixtures[i]->path)
                                    : other->name == fixtures[i]->name;
          if (!same || taken.count(other.get()) != 0) continue;
          taken.insert(other.get());
          out[i] = other;
          break;
        }
      }
    }
    return out;
  }

  std::string missing(const std::string& path) const {
    for (const BrokenFixture& broken : base_.broken) {
      if (same_path(broken.path, path)) return "does not load (" + broken.why + ") in";
    }
    return "is not in";
  }

  // Of those that this tree has too, here() speaks.
  void note_broken(const std::vector<FixturePtr>& fixtures) {
    for (const BrokenFixture& broken : base_.broken) {
      const bool known = std::any_of(
          fixtures.begin(), fixtures.end(),
          [&broken](const FixturePtr& fixture) { return same_path(broken.path, fixture->path); });
      if (known) continue;
      out_.notes.push_back("`" + broken.path + "` does not load (" + broken.why + ") in " +
                           base_.name + ": its tests are not compared");
    }
  }

  // What `cases` can be decided in: the world of `path`, or, if that side has no such fixture, its
  // own with the other files of that side.
  static FixturePtr world_for(const Fixture& cases, const Fixture* partner, world::FileSource& its,
                              world::FileSource& others, std::string& why) {
    Overlay overlay(cases.path, its, others);
    world::FileSource& files = partner != nullptr ? others : overlay;
    world::FixtureFailure failure;
    Result<Fixture> loaded = world::load_world_for(
        cases, partner != nullptr ? partner->path : cases.path, files, &failure);
    if (loaded) return std::make_shared<const Fixture>(*std::move(loaded));
    why = loaded.error().code + ": " + loaded.error().message;
    return nullptr;
  }

  void here(const Suite& suite, const TestRun& run, const std::vector<FixturePtr>& partners) {
    Tests tests{suite, {}, std::vector<std::string>(suite.fixtures.size())};
    for (std::size_t i = 0; i < suite.fixtures.size(); ++i) {
      const Fixture& fixture = *suite.fixtures[i];
      if (partners[i] == nullptr) {
        out_.notes.push_back("`" + fixture.path + "` " + missing(fixture.path) + " " + base_.name +
                             ": its tests are decided with the policies there");
      }
      tests.worlds.push_back(
          world_for(fixture, partners[i].get(), *options_.files, *base_.files, tests.why[i]));
    }
    compare(tests, decided_here(suite, run), true);
  }

  // Tests as the base has them: a test that goes away or asks something else hides no change.
  void there(const Suite& suite, const std::vector<FixturePtr>& partners) {
    Tests tests = base_tests(suite, partners);
    if (tests.suite.tests.empty()) return;
    std::vector<bool> holds(tests.suite.fixtures.size());  // a world alone holds no test
    for (const Test& test : tests.suite.tests) holds[test.fixture] = true;
    for (std::size_t f = 0; f < tests.suite.fixtures.size(); ++f) {
      const FixturePtr& fixture = tests.suite.fixtures[f];
      tests.why.emplace_back();
      tests.worlds.emplace_back();
      if (!holds[f]) continue;
      const Fixture* partner = nullptr;
      for (std::size_t i = 0; i < partners.size(); ++i) {
        if (partners[i] == fixture) partner = suite.fixtures[i].get();
      }
      if (partner == nullptr) {
        out_.notes.push_back("`" + fixture->path + "` is only in " + base_.name +
                             ": its tests are decided with the policies here");
      }
      tests.worlds.back() =
          world_for(*fixture, partner, *base_.files, *options_.files, tests.why.back());
    }
    compare(tests, decisions_of(decide(tests.suite, {}, false)), false);
  }

  // Those that this tree has too stand first: they are shared out as this tree's are.
  Tests base_tests(const Suite& suite, const std::vector<FixturePtr>& partners) {
    Selection selection = options_.selection;
    selection.shard = selection.shards = 1;
    std::vector<SuiteFinding> ignored;
    Tests out{select_tests(base_.fixtures, selection, false, ignored), {}, {}};
    const std::unordered_set<std::string> chosen =
        ids_of(select_tests(suite.fixtures, selection, false, ignored));
    const std::unordered_set<std::string> present = ids_of(suite);
    std::unordered_map<const Fixture*, std::string> names;  // what the base's are called here
    for (std::size_t i = 0; i < partners.size(); ++i) {
      if (partners[i] == nullptr) continue;
      names[partners[i].get()] = suite.fixtures[i]->name;
      const world::CaseList cases(*suite.fixtures[i]);
      for (std::size_t k = 0; k < cases.size(); ++k) {
        here_.insert(id_here(suite, suite.fixtures[i]->name, cases.id(k)));
      }
    }
    std::vector<Test> left, both;
    for (Test& test : out.suite.tests) {
      const Fixture& fixture = *out.suite.fixtures[test.fixture];
      const std::string own = world::CaseList(fixture).id(test.index);
      const auto found = names.find(&fixture);
      test.id =
          found == names.end() ? fixture.name + "." + own : id_here(suite, found->second, own);
      const bool shared = found != names.end() && chosen.count(test.id) != 0;
      if (shared && present.count(test.id) == 0) continue;  // of another shard
      (shared ? both : left).push_back(std::move(test));
    }
    const std::size_t begin =
        left.size() * (options_.selection.shard - 1) / options_.selection.shards;
    const std::size_t end = left.size() * options_.selection.shard / options_.selection.shards;
    both.insert(both.end(),
                std::make_move_iterator(left.begin() + static_cast<std::ptrdiff_t>(begin)),
                std::make_move_iterator(left.begin() + static_cast<std::ptrdiff_t>(end)));
    out.suite.tests = std::move(both);
    return out;
  }

  // As this run names tests.
  static std::string id_here(const Suite& suite, const std::string& fixture, std::string own) {
    return suite.fixtures.size() > 1 ? fixture + "." + own : own;
  }

  static std::unordered_set<std::string> ids_of(const Suite& suite) {
    std::unordered_set<std::string> out;
    for (const Test& test : suite.tests) out.insert(test.id);
    return out;
  }

  TestRun decide(const Suite& suite, const std::vector<FixturePtr>& worlds, bool records) const {
    RunOptions options;
    options.jobs = options_.jobs;
    options.stop = options_.stop;
    options.decide_only = true;
    options.keep_records = records;
    options.worlds = worlds;
    return run_tests(suite, settings_, options);
  }

  // What the run did not decide is decided now.
  std::vector<DecisionSide> decided_here(const Suite& suite, const TestRun& run) const {
    std::vector<DecisionSide> out = decisions_of(run);
    Suite rest{suite.fixtures, {}};
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (run.results[i].decided || !run.results[i].error.empty()) continue;
      rest.tests.push_back(suite.tests[i]);
      places.push_back(i);
    }
    if (rest.tests.empty()) return out;
    std::vector<DecisionSide> more = decisions_of(decide(rest, {}, false));
    for (std::size_t i = 0; i < places.size(); ++i) out[places[i]] = std::move(more[i]);
    return out;
  }

  // `own` holds the decisions of the tests on their own side, which is this tree or the base.
  void compare(const Tests& tests, const std::vector<DecisionSide>& own, bool own_is_after) {
    Suite shared{tests.suite.fixtures, {}};
    std::vector<std::size_t> places;
    std::vector<std::size_t> changed;  // tests that are not decided equally
    for (std::size_t i = 0; i < tests.suite.tests.size(); ++i) {
      if (tests.worlds[tests.suite.tests[i].fixture] == nullptr) {
        changed.push_back(i);
        continue;
      }
      shared.tests.push_back(tests.suite.tests[i]);
      places.push_back(i);
    }
    const std::vector<DecisionSide> other = decisions_of(decide(shared, tests.worlds, false));
    for (std::size_t i = 0; i < places.size(); ++i) {
      const DecisionSide& mine = own[places[i]];
      if (same_decision(mine, other[i])) continue;
      if (!own_is_after && is_told(tests.suite.tests[places[i]].id, mine, other[i])) continue;
      changed.push_back(places[i]);
    }
    for (const Test& test : tests.suite.tests) out_.compared += compared_.insert(test.id).second;
    std::sort(changed.begin(), changed.end());
    show(tests, changed, own_is_after);
  }

  // Decides the changed tests once more, with their evidence: some at a time, since it is large.
  void show(const Tests& tests, const std::vector<std::size_t>& changed, bool own_is_after) {
    constexpr std::size_t kAtOnce = 1000;
    for (std::size_t begin = 0; begin < changed.size(); begin += kAtOnce) {
      const std::size_t end = std::min(begin + kAtOnce, changed.size());
      Suite suite{tests.suite.fixtures, {}}, shared{tests.suite.fixtures, {}};
      for (std::size_t i = begin; i < end; ++i) {
        suite.tests.push_back(tests.suite.tests[changed[i]]);
        if (tests.worlds[suite.tests.back().fixture] != nullptr) {
          shared.tests.push_back(suite.tests.back());
        }
      }
      add_changes(tests, decide(suite, {}, true), decide(shared, tests.worlds, true), suite,
                  own_is_after);
    }
  }

  // `others` has no results of tests without a world.
  void add_changes(const Tests& tests, const TestRun& own, const TestRun& others,
                   const Suite& suite, bool own_is_after) {
    std::size_t next = 0;
    for (std::size_t i = 0; i < suite.tests.size(); ++i) {
      const Test& test = suite.tests[i];
      DecisionSide mine = side_of(own.results[i]), other;
      if (tests.worlds[test.fixture] != nullptr) {
        other = side_of(others.results[next++]);
      } else {
        other.decision = "error";
        other.error = tests.why[test.fixture];
      }
      DecisionChange change{test.id, Direction::kOther, std::move(other), std::move(mine), {}};
      if (!own_is_after) {
        std::swap(change.before, change.after);
        change.note = here_.count(test.id) != 0 ? "the test as it is in " + base_.name
                                                : "the test is only in " + base_.name;
      }
      const std::optional<Direction> direction = direction_of(change.before, change.after);
      if (!direction || is_told(change.id, *change.before, *change.after)) continue;
      change.direction = *direction;
      told_.emplace(change.id, out_.changes.size());
      out_.changes.push_back(std::move(change));
    }
  }

  // Did the test of this tree change in the same way?
  bool is_told(const std::string& id, const DecisionSide& before, const DecisionSide& after) const {
    const auto found = told_.find(id);
    if (found == told_.end()) return false;
    const DecisionChange& change = out_.changes[found->second];
    return same_decision(*change.before, before) && same_decision(*change.after, after);
  }

  const Base& base_;
  const Settings& settings_;
  const CompareOptions& options_;
  std::unordered_set<std::string> compared_;           // ids
  std::unordered_set<std::string> here_;               // ids of fixtures that both sides have
  std::unordered_map<std::string, std::size_t> told_;  // where in `out_.changes`
  ChangeReport out_;
};

}  // namespace

ChangeReport compare_with_base(const Suite& suite, const TestRun& run, const Base& base,
                               const Settings& settings, const CompareOptions& options) {
  return Comparison(base, settings, options).run(suite, run);
}

}  // namespace policysim::gate
