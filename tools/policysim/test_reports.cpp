#include "test_reports.hpp"

#include <string_view>

#include "usage.hpp"

namespace policysim::cli {
namespace {

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> out;
  for (const report::TestFormat& format : report::test_formats()) out.push_back(format.name);
  return out;
}

std::optional<Error> check(const report::TestFormat& format, const TestSettings& settings) {
  if (!format.needs_coverage || settings.coverage) return std::nullopt;
  return usage_error("format `" + std::string(format.name) + "` needs `--coverage`");
}

}  // namespace

Result<TestReports> TestReports::open(const Options& options, const TestSettings& settings) {
  if (auto error = check(*settings.format, settings)) return *std::move(error);
  const Result<std::vector<ReportTarget>> targets = parse_reports(options.report, format_names());
  if (!targets) return targets.error();
  TestReports out(settings);
  for (const ReportTarget& target : *targets) {
    const report::TestFormat* format = report::find_test_format(target.format);
    if (auto error = check(*format, settings)) return *std::move(error);
    if (options.golden && same_path(*options.golden, target.path)) {
      return usage_error("`" + target.path + "` is the file of `--golden`");
    }
    Result<Output> file = Output::file(target.path);
    if (!file) return std::move(file).error();
    out.files_.emplace_back(format, *std::move(file));
  }
  return out;
}

bool TestReports::for_people() const noexcept {
  if (!settings_.format->machine) return true;
  for (const auto& [format, file] : files_) {
    if (!format->machine) return true;
  }
  return false;
}

std::optional<Error> TestReports::write(const report::TestReport& report) {
  Output out = Output::standard();
  out.buffer() = settings_.format->render(report, settings_.render);
  std::optional<Error> error = out.finish();
  report::TestRenderOptions plain;
  plain.verbosity = settings_.render.verbosity;
  plain.fold_passed = settings_.render.fold_passed;
  for (auto& [format, file] : files_) {
    file.buffer() = format->render(report, plain);
    std::optional<Error> other = file.finish();
    if (!error) error = std::move(other);
  }
  return error;
}

}  // namespace policysim::cli
