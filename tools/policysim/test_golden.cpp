#include "test_golden.hpp"

#include "output.hpp"
#include "text/reader.hpp"
#include "usage.hpp"

namespace policysim::cli {

std::unordered_set<std::string> left_out(const gate::Suite& suite) {
  std::unordered_set<std::string> out;
  for (const auto& fixture : suite.fixtures) {
    const std::string prefix = suite.fixtures.size() > 1 ? fixture->name + "." : std::string();
    const world::CaseList cases(*fixture);
    for (std::size_t i = 0; i < cases.size(); ++i) out.insert(prefix + cases.id(i));
  }
  for (const gate::Test& test : suite.tests) out.erase(test.id);
  return out;
}

Result<std::vector<gate::GoldenEntry>> read_golden_file(const std::string& path) {
  Result<std::string> text = text::read_file(path);
  if (!text) {
    Error error = std::move(text).error();
    if (error.code == "PS0001") error.message += "\nhelp: `--update-golden` writes it";
    return error;
  }
  text::SourceMap sources;
  const std::uint32_t source = sources.add(path, *std::move(text));
  Result<std::vector<gate::GoldenEntry>> golden = gate::read_golden(sources, source);
  if (golden) return golden;
  Error error{golden.error().code, "`" + path + "` cannot be used\n", {}};
  for (const Diagnostic& finding : golden.error().diagnostics) {
    error.message += text::render(finding, sources);
  }
  return error;
}

std::optional<Error> update_golden(const std::string& path, const gate::Suite& suite,
                                   const gate::TestRun& run) {
  if (!left_out(suite).empty()) {
    return usage_error(
        "`--update-golden` writes the decisions of all tests, and some are left out");
  }
  if (run.count(gate::Status::kErrored) > 0 || run.count(gate::Status::kNotRun) > 0) {
    return Error{"PS4043", "`" + path + "` is not written: some tests have no decision", {}};
  }
  Result<Output> output = Output::file(path);
  if (!output) return std::move(output).error();
  output->buffer() = gate::write_golden(run);
  return output->finish();
}

}  // namespace policysim::cli
