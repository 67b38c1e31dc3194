#include "test_changes.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "interrupt.hpp"
#include "test_base.hpp"
#include "test_golden.hpp"
#include "text/source.hpp"
#include "usage.hpp"

namespace policysim::cli {
namespace {

std::optional<Error> misuse(const Options& options, const std::vector<std::string>& paths) {
  if (options.update_golden && !options.golden) {
    return usage_error("`--update-golden` needs `--golden FILE`");
  }
  if (options.fail_on && !options.base) return usage_error("`--fail-on` needs `--base REF`");
  if (options.base && std::find(paths.begin(), paths.end(), "-") != paths.end()) {
    return usage_error("standard input has no other revision; name files with `--base`");
  }
  return std::nullopt;
}

}  // namespace

Result<TestChanges> TestChanges::open(const Options& options, const TestSettings& settings) {
  if (auto error = misuse(options, settings.paths)) return *std::move(error);
  TestChanges out(settings);
  out.golden_path_ = options.golden.value_or("");
  out.update_ = options.update_golden;
  out.ref_ = options.base.value_or("");
  out.fail_on_ = options.fail_on.value_or("");
  if (options.golden && !out.update_) {
    Result<std::vector<gate::GoldenEntry>> entries = read_golden_file(out.golden_path_);
    if (!entries) return std::move(entries).error();
    out.entries_ = *std::move(entries);
  }
  if (options.base) {
    Result<std::unique_ptr<GitRevision>> revision = GitRevision::open(out.ref_);
    if (!revision) return std::move(revision).error();
    out.revision_ = *std::move(revision);
  }
  return out;
}

std::optional<Error> TestChanges::write_golden(const gate::Suite& suite, const gate::TestRun& run) {
  if (std::optional<Error> error = update_golden(golden_path_, suite, run)) return error;
  if (!settings_.deciding.quiet) {
    std::fprintf(stderr, "wrote the decisions of %zu tests to %s\n",
                 run.results.size() - run.count(gate::Status::kSkipped),
                 text::escape_terminal(golden_path_).c_str());
  }
  return std::nullopt;
}

std::optional<Error> TestChanges::finish(const gate::Suite& suite, const gate::TestRun& run,
                                         ExitStatus& status) {
  if (run.interrupted) return std::nullopt;
  if (update_) {
    if (std::optional<Error> error = write_golden(suite, run)) return error;
  } else if (!golden_path_.empty()) {
    std::unordered_set<std::string> others = left_out(suite);
    const gate::Selection& selection = settings_.selection;
    const bool filtered =
        !selection.word.empty() || !selection.filter.empty() || !selection.tags.empty();
    // A shard is a part of the whole; a filter asks for some tests alone.
    for (const gate::GoldenEntry& entry : entries_) {
      if (filtered) others.insert(entry.id);
    }
    golden_ = gate::compare_golden(golden_path_, entries_, run, others);
    if (!golden_->changes.empty()) {
      status.add(ExitCode::kNo);
      failures_.push_back("decisions differ from those in `" + golden_path_ + "`");
    }
  }
  if (revision_ == nullptr) return std::nullopt;
  const Result<gate::Base> base = base_at(*revision_, ref_, settings_.paths);
  if (interrupted()) status.add(ExitCode::kInterrupted);
  if (!base) return base.error();
  gate::CompareOptions options;
  options.selection = settings_.selection;
  options.jobs = settings_.jobs;
  options.stop = interrupted;
  base_ = gate::compare_with_base(suite, run, *base, settings_.deciding, options);
  if (interrupted()) status.add(ExitCode::kInterrupted);
  if (interrupted() || revision_->failure()) {  // then it is not whole
    base_.reset();
    return revision_->failure();
  }
  if (!fail_on_.empty() && fails_on(*base_, fail_on_)) {
    status.add(ExitCode::kNo);
    failures_.push_back("decisions changed against `" + ref_ + "` in a way that `--fail-on " +
                        fail_on_ + "` forbids");
  }
  return std::nullopt;
}

}  // namespace policysim::cli
