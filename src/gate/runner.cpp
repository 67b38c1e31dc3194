#include "gate/runner.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include "gate/failure_record.hpp"
#include "gate/fixture_run.hpp"
#include "gate/request_hash.hpp"
#include "gate/statement_trace.hpp"

namespace policysim::gate {
namespace {

using explain::DecisionRecord;
using world::Expectation;

constexpr std::size_t kChunk = 256;  // neighbours share worlds

std::string words(const Expectation& expected) {
  return expected.error.empty() ? expected.decision : "error " + expected.error;
}

Decided decided(const DecisionRecord& record) {
  return {record.outcome, record.layer, record.policy.value_or(""), record.sid.value_or("")};
}

Decided decided(const PlainDecision& plain) {
  Decided out{plain.decision.outcome, plain.decision.layer, {}, {}};
  const bool named = plain.policies != nullptr && plain.decision.statement.valid() &&
                     out.outcome != Outcome::kImplicitDeny && out.outcome != Outcome::kConditional;
  if (named) {
    StatementInfo info = plain.policies->statement(plain.decision.statement);
    out.policy = std::move(info.policy);
    out.sid = std::move(info.sid).value_or("");
  }
  return out;
}

// Tests of one thread. Neighbours share the fixture's worlds.
class Worker {
 public:
  Worker(const Suite& suite, const Settings& settings, const RunOptions& options,
         std::once_flag* told)
      : suite_(suite), settings_(settings), options_(options), told_(told) {
    if (options.observer) observer_ = &options.observer();
  }

  TestResult run(const Test& test) {
    enter(test.fixture);
    TestResult out = describe(test);
    if (out.status == Status::kSkipped && !options_.decide_only) {
      if (observer_ != nullptr) pass_over(test);
      return out;
    }
    const Result<world::Case> one = cases_->get(test.index);
    if (!one) {
      fail(out, failure_record(test.id, one.error(), fixture().sources.get()));
      return out;
    }
    out.name = one->name;
    if (options_.decide_only) {
      decide_only(run_->plan(*one), out);
      return out;
    }
    out.why = one->todo;
    const Result<std::optional<Expectation>> expected = run_->expectation(*one);
    if (!expected) {
      fail(out, failure_record(test.id, expected.error(), fixture().sources.get()));
      return out;
    }
    decide(*one, **expected, out);
    return out;
  }

 private:
  const world::Fixture& fixture() const { return *suite_.fixtures[entered_]; }
  const world::Fixture& place() const {
    return options_.worlds.empty() ? fixture() : *options_.worlds[entered_];
  }

  void enter(std::uint32_t number) {
    if (run_ && entered_ == number) return;
    entered_ = number;
    cases_.emplace(fixture());
    run_.emplace(place(), settings_, [this, number](const PolicySet& policies) {
      if (!options_.on_base) return;
      std::call_once(told_[number], [&] { options_.on_base(policies); });
    });
  }

  TestResult describe(const Test& test) const {
    const world::Case& head = cases_->head(test.index);
    const world::Matrix* matrix = cases_->matrix(test.index);
    TestResult out;
    out.id = test.id;
    out.fixture = fixture().name;
    if (matrix != nullptr) out.group = head.id;
    out.own_id = cases_->id(test.index);
    out.name = head.name;
    out.tags = head.tags;
    out.values = cases_->values(test.index);
    out.location = fixture().sources->locate(cases_->span(test.index));
    out.why = head.skip;
    if (cases_->skipped(test.index)) out.status = Status::kSkipped;
    return out;
  }

  void decide(const world::Case& one, const Expectation& expected, TestResult& out) {
    out.because = expected.because;
    out.expected = words(expected);
    const Plan plan = run_->plan(one);
    if (options_.hash_requests) out.request = request_hash(plan);
    if (observer_ != nullptr) observe(plan);
    if (!options_.keep_records) {
      const std::optional<PlainDecision> plain = run_->decide_plainly(plan);
      if (plain && meets_plainly(expected, *plain)) {
        out.decided = decided(*plain);
        out.status = one.todo.empty() ? Status::kPassed : Status::kTodo;
        return;
      }
    }
    DecisionRecord record = run_->decide(plan, out.id);
    out.mismatches = check_expectation(expected, record);
    if (record.error) {
      out.error = record.error->code;
    } else {
      out.decided = decided(record);
    }
    const bool erred = record.error && !out.met();
    out.status = out.met() ? Status::kPassed : erred ? Status::kErrored : Status::kFailed;
    if (!one.todo.empty()) out.status = Status::kTodo;
    if (!out.met()) trace(plan, expected, out);
    if (!out.met() || options_.keep_records) {
      out.record = std::make_shared<const DecisionRecord>(std::move(record));
    }
  }

  void decide_only(const Plan& plan, TestResult& out) {
    const std::optional<PlainDecision> plain =
        options_.keep_records ? std::nullopt : run_->decide_plainly(plan);
    out.status = Status::kPassed;
    if (plain) {
      out.decided = decided(*plain);
      return;
    }
    DecisionRecord record = run_->decide(plan, out.id);
    if (record.error) {
      out.status = Status::kErrored;
      out.error = record.error->code;
    } else {
      out.decided = decided(record);
    }
    out.record = std::make_shared<const DecisionRecord>(std::move(record));
  }

  // Errors of the test itself, which `todo` does not excuse.
  static void fail(TestResult& out, DecisionRecord record) {
    out.status = Status::kErrored;
    out.error = record.error->code;
    out.mismatches = {
        {"decision", "a decision", "error " + record.error->code + ": " + record.error->message}};
    out.record = std::make_shared<const DecisionRecord>(std::move(record));
  }

  // How the statements turned out that were expected to decide.
  void trace(const Plan& plan, const Expectation& expected, TestResult& out) {
    if (!tracer_.start(expected.by)) return;
    run_->visit(plan, [this](const PolicySet& policies, const request::Data& request) {
      tracer_.add(policies, request);
    });
    out.wanted = tracer_.take();
  }

  void pass_over(const Test& test) {
    const Result<world::Case> one = cases_->get(test.index);
    if (!one) return;
    for (const std::vector<PlannedCall>& step : run_->plan(*one).steps) {
      for (const PlannedCall& call : step) observer_->passed_over(call.place->decider->policies());
    }
  }

  void observe(const Plan& plan) {
    run_->visit(plan, [this](const PolicySet& policies, const request::Data& request) {
      observer_->decided(policies, request);
    });
  }

  const Suite& suite_;
  const Settings& settings_;
  const RunOptions& options_;
  std::once_flag* told_;  // by fixture
  RunObserver* observer_ = nullptr;
  std::uint32_t entered_ = 0;
  std::optional<world::CaseList> cases_;
  std::optional<FixtureRun> run_;
  StatementTracer tracer_;
};

// Hands out chunks of tests to threads until all are run, one fails (fail-fast), or it is stopped.
class Pool {
 public:
  Pool(const Suite& suite, const Settings& settings, const RunOptions& options)
      : suite_(suite),
        settings_(settings),
        options_(options),
        told_(suite.fixtures.size()),
        results_(suite.tests.size()),
        first_failure_(suite.tests.size()) {}

  TestRun run() {
    const std::size_t chunks = (suite_.tests.size() + chunk() - 1) / chunk();
    const std::size_t threads =
        std::clamp<std::size_t>(options_.jobs, 1, std::max<std::size_t>(chunks, 1));
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back([this] { work(false); });
    work(true);
    for (std::thread& other : others) other.join();
    return finish();
  }

 private:
  // Small suites are spread over the threads, too.
  std::size_t chunk() const noexcept {
    const std::size_t fair = suite_.tests.size() / (std::size_t{4} * std::max(options_.jobs, 1U));
    return std::clamp<std::size_t>(fair, 1, kChunk);
  }

  void work(bool tells) {
    Worker worker(suite_, settings_, options_, told_.data());
    for (std::size_t begin; (begin = next_.fetch_add(chunk())) < suite_.tests.size();) {
      const std::size_t end = std::min(begin + chunk(), suite_.tests.size());
      for (std::size_t i = begin; i < end && !stopped(i); ++i) {
        results_[i] = worker.run(suite_.tests[i]);
        note(i);
      }
      done_.fetch_add(end - begin);
      if (tells && options_.progress) options_.progress(done_.load());
    }
  }

  bool stopped(std::size_t i) {
    if (options_.fail_fast && i > first_failure_.load()) return true;
    if (options_.stop && options_.stop()) interrupted_.store(true);
    return interrupted_.load();
  }

  void note(std::size_t i) {
    const Status status = results_[i].status;
    if (status != Status::kFailed && status != Status::kErrored) return;
    std::size_t first = first_failure_.load();
    while (i < first && !first_failure_.compare_exchange_weak(first, i)) {
    }
  }

  TestRun finish() {
    TestRun out;
    out.interrupted = interrupted_.load();
    for (std::size_t i = 0; i < results_.size(); ++i) {
      TestResult& result = results_[i];
      // What ran behind the first failure depends on chance, and is not told.
      if (result.id.empty() || (options_.fail_fast && i > first_failure_.load())) {
        result = TestResult();
        result.id = suite_.tests[i].id;
        result.fixture = suite_.fixtures[suite_.tests[i].fixture]->name;
      }
      ++out.counts[static_cast<std::size_t>(result.status)];
    }
    out.results = std::move(results_);
    for (const auto& fixture : suite_.fixtures) {
      for (const auto& matrix : fixture->matrices) {
        MatrixInfo info{fixture->name, matrix->head.id, {}};
        for (const world::Dimension& one : matrix->dimensions) info.dimensions.push_back(one.name);
        out.matrices.push_back(std::move(info));
      }
    }
    return out;
  }

  const Suite& suite_;
  const Settings& settings_;
  const RunOptions& options_;
  std::vector<std::once_flag> told_;
  std::vector<TestResult> results_;
  std::atomic<std::size_t> next_{0}, done_{0};
  std::atomic<std::size_t> first_failure_;
  std::atomic<bool> interrupted_{false};
};

}  // namespace

std::string_view to_string(Status status) noexcept {
  constexpr std::array<std::string_view, 6> kNames = {"passed",  "failed", "errored",
                                                      "skipped", "todo",   "not_run"};
  return kNames[static_cast<std::size_t>(status)];
}

TestRun run_tests(const Suite& suite, const Settings& settings, const RunOptions& options) {
  return Pool(suite, settings, options).run();
}

}  // namespace policysim::gate
