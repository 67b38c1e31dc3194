#include "test_golden.hpp"

#include "output.hpp"
#include "text/reader.hpp"
#include "usage.hpp"

namespace policysim::cli {

bool is_whole(const gate::Suite& suite) {
  std::size_t all = 0;
  for (const auto& fixture : suite.fixtures) all += world::CaseList(*fixture).size();
  return suite.tests.size() == all;
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
  if (!is_whole(suite)) {
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
