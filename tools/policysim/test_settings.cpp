#include "test_settings.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <thread>

#include "base/edit_distance.hpp"
#include "terminal.hpp"
#include "usage.hpp"
#include "world/regex.hpp"

namespace policysim::cli {
namespace {

constexpr std::uint32_t kMostJobs = 256;

std::optional<std::uint32_t> number_of(std::string_view text) {
  std::uint32_t out = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

std::optional<Error> read_shard(const std::string& text, gate::Selection& out) {
  const std::size_t slash = text.find('/');
  if (slash != std::string::npos) {
    const auto shard = number_of(std::string_view(text).substr(0, slash));
    const auto shards = number_of(std::string_view(text).substr(slash + 1));
    if (shard && shards && *shard >= 1 && *shard <= *shards) {
      out.shard = *shard;
      out.shards = *shards;
      return std::nullopt;
    }
  }
  return usage_error("`--shard` takes I/N with I from 1 to N, not `" + text + "`");
}

Result<unsigned> jobs_of(const std::optional<std::string>& text) {
  if (!text) return std::max(std::thread::hardware_concurrency(), 1U);
  const auto jobs = number_of(*text);
  if (jobs && *jobs >= 1 && *jobs <= kMostJobs) return *jobs;
  return usage_error("`--jobs` is a number from 1 to " + std::to_string(kMostJobs) + ", not `" +
                     *text + "`");
}

Result<gate::Selection> selection_of(const Options& options) {
  gate::Selection out;
  out.word = options.word.value_or("");
  out.filter = options.filter.value_or("");
  out.tags = options.tag;
  if (options.filter) {
    const std::string problem = world::regex_error(*options.filter);
    if (!problem.empty()) {
      return usage_error("the pattern of `--filter` cannot be used: " + problem);
    }
  }
  if (options.shard) {
    if (auto error = read_shard(*options.shard, out)) return *std::move(error);
  }
  return out;
}

Result<const report::TestFormat*> format_of(const std::string& name) {
  if (const report::TestFormat* format = report::find_test_format(name)) return format;
  std::vector<std::string_view> names;
  for (const report::TestFormat& format : report::test_formats()) names.push_back(format.name);
  return usage_error("unknown format `" + name + "`", base::nearest(name, names));
}

// What `--min` asks for is measured.
std::optional<Error> read_judging(const Options& options, TestSettings& out) {
  for (const std::string& minimum : options.min) {
    const std::string problem = gate::read_minimum(minimum, out.flags);
    if (!problem.empty()) return usage_error("`--min`: " + problem);
  }
  out.coverage = options.coverage || out.flags[gate::Measure::kStatements] ||
                 out.flags[gate::Measure::kConditions];
  out.mutate = options.mutate || out.flags[gate::Measure::kMutation];
  for (const auto& [name, value] : {std::pair("--mutants", options.mutants),
                                    {"--seed", options.seed},
                                    {"--budget", options.budget}}) {
    if (!value) continue;
    if (!out.mutate) return usage_error("`" + std::string(name) + "` goes with `--mutate`");
    if (!number_of(*value)) {
      return usage_error("`" + std::string(name) + "` is a whole number, not `" + *value + "`");
    }
  }
  if (options.mutants) out.mutants = *number_of(*options.mutants);
  if (options.mutants && out.mutants == 0) return usage_error("`--mutants` is at least 1");
  if (options.seed) out.seed = *number_of(*options.seed);
  if (options.budget) out.budget = *number_of(*options.budget);
  return std::nullopt;
}

}  // namespace

Result<TestSettings> make_test_settings(const Options& options, const Config& config) {
  TestSettings out;
  Result<Settings> deciding = make_settings(options, config);
  if (!deciding) return std::move(deciding).error();
  out.deciding = *std::move(deciding);
  Result<gate::Selection> selection = selection_of(options);
  if (!selection) return std::move(selection).error();
  out.selection = *std::move(selection);
  out.paths = options.paths.empty() ? config.paths : options.paths;
  if (out.paths.empty())
    return usage_error(
        "nothing to test: name fixtures or folders\n"
        "help: `paths` in `.policysim.yaml` are taken where none are named; `policysim "
        "init` writes a set to start from");
  const auto format = format_of(options.format.value_or(config.format.value_or("text")));
  if (!format) return format.error();
  out.format = *format;
  const Result<unsigned> jobs = jobs_of(options.jobs ? options.jobs : config.jobs);
  if (!jobs) return jobs.error();
  out.jobs = *jobs;
  out.config = config.coverage;
  if (auto error = read_judging(options, out)) return *std::move(error);
  out.render.color =
      wants_color(options.color.value_or(config.color.value_or("auto")), STDOUT_FILENO);
  out.render.unicode = utf8_locale();
  out.render.verbosity = options.verbose;
  out.render.columns = terminal_columns(STDOUT_FILENO);
  out.render.fold_passed = options.junit_passed.value_or("list") == "fold";
  return out;
}

}  // namespace policysim::cli
