#include "gate/mutation.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "gate/equivalence.hpp"
#include "gate/mutant_worlds.hpp"
#include "gate/mutation_diff.hpp"
#include "gate/mutation_list.hpp"
#include "gate/witness.hpp"
#include "program/program.hpp"

namespace policysim::gate {
namespace {

// splitmix64: the same sample on every machine.
std::uint64_t next(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15ULL;
  std::uint64_t z = state;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

std::vector<Mutation> sample(std::vector<Mutation> all, std::size_t size, std::uint64_t seed) {
  if (size == 0 || size >= all.size()) return all;
  for (std::size_t i = 0; i < size; ++i) {
    std::swap(all[i], all[i + next(seed) % (all.size() - i)]);
  }
  all.resize(size);
  std::sort(all.begin(), all.end(),
            [](const Mutation& a, const Mutation& b) { return a.shown.number < b.shown.number; });
  return all;
}

// Mutants of one thread.
class Judge {
 public:
  explicit Judge(const MutationPlan& plan, bool witnesses)
      : plan_(plan), originals_(plan), witnesses_(witnesses) {}

  void judge(Mutation& mutation) {
    MutantWorlds worlds(plan_, mutation, originals_);
    Mutant& shown = mutation.shown;
    for (const std::uint32_t number : tests_to_run(plan_, mutation)) {
      const PlannedTest& test = plan_.tests()[number];
      if (meets(test, worlds)) continue;
      shown.fate = Fate::kKilled;
      shown.killed_by = test.id;
      return;
    }
    shown.fate = Fate::kSurvived;
    const MutationTarget& target = plan_.targets()[mutation.target];
    if (mutation.edit) shown.diff = statement_diff(target.document, *mutation.edit);
    if (const std::optional<std::string> proof = prove(target, mutation)) {
      shown.fate = Fate::kEquivalent;
      shown.why = *proof;
    } else if (witnesses_) {
      shown.witness = find_witness(plan_, mutation, worlds);
    }
  }

 private:
  bool meets(const PlannedTest& test, MutantWorlds& worlds) {
    const FixtureRun& run = plan_.run_of(test);
    const auto decider_of = [&worlds](Place& place) -> Decider& { return worlds.decider(place); };
    const std::optional<PlainDecision> plain = run.decide_plainly(test.plan, decider_of);
    if (plain && meets_plainly(test.expected, *plain)) return true;
    if (plain && plain->decision.outcome != Outcome::kConditional &&
        !is_word(test.expected, *plain)) {
      return false;
    }
    return check_expectation(test.expected, run.decide(test.plan, test.id, decider_of)).empty();
  }

  // Another decision needs no evidence to be another.
  static bool is_word(const world::Expectation& expected, const PlainDecision& plain) {
    const Outcome outcome = plain.decision.outcome;
    if (expected.decision == "deny") {
      return outcome == Outcome::kExplicitDeny || outcome == Outcome::kImplicitDeny;
    }
    return expected.error.empty() && expected.decision == explain::to_string(outcome);
  }

  std::optional<std::string> prove(const MutationTarget& target, const Mutation& mutation) {
    if (!mutation.edit || !mutation.edit->becomes) return std::nullopt;
    const policy::Document& before = target.document.ast();
    for (const PolicyType type : target.types) {
      if (type != PolicyType::kResource) continue;
      const PolicyDocument after = edited_document(target, *mutation.edit, type);
      for (const std::uint32_t world : target.worlds) {
        const catalog::Readings& readings = plan_.worlds()[world].policies().program().readings;
        if (!equally_public(before, after.ast(), readings)) return std::nullopt;
      }
    }
    return prove_equivalent(before, before.statements[mutation.edit->statement],
                            *mutation.edit->becomes);
  }

  const MutationPlan& plan_;
  OriginalWorlds originals_;
  bool witnesses_;
};

// Hands mutants out to threads until all are judged or time is up.
class Pool {
 public:
  Pool(const MutationPlan& plan, const MutationOptions& options, std::vector<Mutation>& mutations)
      : plan_(plan), options_(options), mutations_(mutations) {}

  bool run() {
    const std::size_t threads =
        std::clamp<std::size_t>(options_.jobs, 1, std::max<std::size_t>(mutations_.size(), 1));
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back([this] { work(false); });
    work(true);
    for (std::thread& other : others) other.join();
    return budget_ended_.load();
  }

 private:
  void work(bool tells) {
    Judge judge(plan_, options_.witnesses);
    for (std::size_t i; !ended() && (i = next_.fetch_add(1)) < mutations_.size();) {
      judge.judge(mutations_[i]);
      const std::size_t done = done_.fetch_add(1) + 1;
      if (tells && options_.progress) options_.progress(done, mutations_.size());
    }
  }

  bool ended() {
    if (options_.budget_ended && options_.budget_ended()) budget_ended_.store(true);
    if (options_.stop && options_.stop()) stopped_.store(true);
    return budget_ended_.load() || stopped_.load();
  }

  const MutationPlan& plan_;
  const MutationOptions& options_;
  std::vector<Mutation>& mutations_;
  std::atomic<std::size_t> next_{0}, done_{0};
  std::atomic<bool> budget_ended_{false}, stopped_{false};
};

// What was not run was not killed: time that ends early does not flatter.
Ratio score_of(const std::vector<Mutant>& mutants) {
  Ratio out;
  for (const Mutant& mutant : mutants) {
    if (mutant.fate == Fate::kKilled) ++out.hit;
    if (mutant.fate != Fate::kEquivalent) ++out.total;
  }
  return out;
}

}  // namespace

std::string_view to_string(Fate fate) noexcept {
  constexpr std::array<std::string_view, 4> kNames = {"killed", "survived", "equivalent",
                                                      "not_run"};
  return kNames[static_cast<std::size_t>(fate)];
}

MutationReport mutate(const Suite& suite, const Settings& settings, const TestRun& run,
                      const MutationOptions& options) {
  MutationReport out;
  out.seed = options.seed;
  const MutationPlan plan(suite, settings, run, options.stop);
  std::vector<Mutation> mutations = list_mutations(plan);
  out.generated = mutations.size();
  mutations = sample(std::move(mutations), options.sample, options.seed);
  Pool pool(plan, options, mutations);
  out.budget_ended = pool.run();
  for (Mutation& mutation : mutations) out.mutants.push_back(std::move(mutation.shown));
  out.score = score_of(out.mutants);
  return out;
}

}  // namespace policysim::gate
