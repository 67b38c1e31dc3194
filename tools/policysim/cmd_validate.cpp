#include "cmd_validate.hpp"

#include <algorithm>
#include <cstdio>

#include "interrupt.hpp"
#include "output.hpp"
#include "usage.hpp"
#include "validate_files.hpp"
#include "validate_settings.hpp"

namespace policysim::cli {
namespace {

using report::FindingRecord;

std::string without_color(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\x1b') {
      out += text[i];
      continue;
    }
    while (i < text.size() && text[i] != 'm') ++i;
  }
  return out;
}

std::optional<Error> write_reports(const std::vector<ReportTarget>& targets,
                                   std::vector<FindingRecord> findings) {
  for (FindingRecord& finding : findings) finding.text = without_color(finding.text);
  for (const ReportTarget& target : targets) {
    Result<Output> output = Output::file(target.path);
    if (!output) return std::move(output).error();
    output->buffer() = report::find_finding_format(target.format)->render(findings);
    if (std::optional<Error> error = output->finish()) return error;
  }
  return std::nullopt;
}

void summarize(const std::vector<FindingRecord>& findings, std::size_t files) {
  std::size_t counts[4] = {};
  for (const FindingRecord& finding : findings)
    ++counts[static_cast<std::size_t>(finding.severity)];
  const auto plural = [](std::size_t n) { return n == 1 ? "" : "s"; };
  std::fprintf(stderr, "%zu file%s checked: %zu error%s, %zu warning%s, %zu suggestion%s\n", files,
               plural(files), counts[0], plural(counts[0]), counts[1] + counts[2],
               plural(counts[1] + counts[2]), counts[3], plural(counts[3]));
}

}  // namespace

ExitCode cmd_validate(const Options& options) {
  const Result<Config> config = load_config(options);
  if (!config) return stop(config.error(), ExitCode::kUsage);
  const Result<ValidateSettings> settings = validate_settings(options, *config);
  if (!settings) return stop(settings.error(), ExitCode::kUsage);
  const Result<std::vector<InputFile>> files = expand_paths(settings->paths);
  if (!files) return stop(files.error(), ExitCode::kInput);

  Checked checked = check_files(*files, settings->type, settings->color);
  std::vector<FindingRecord>& findings = checked.findings;
  findings.erase(std::remove_if(findings.begin(), findings.end(),
                                [&settings](const FindingRecord& finding) {
                                  return is_ignored(finding, settings->ignored);
                                }),
                 findings.end());
  ExitStatus status;
  if (checked.unreadable) status.add(ExitCode::kInput);
  for (const FindingRecord& finding : findings) {
    if (finding.severity <= settings->least) status.add(ExitCode::kNo);
  }
  Output out = Output::standard();
  out.buffer() = settings->format->render(findings);
  std::optional<Error> error = out.finish();
  if (!error) error = write_reports(settings->reports, findings);
  if (error) status.add(stop(*error, ExitCode::kInternal));
  if (!settings->format->machine && !options.quiet) summarize(findings, files->size());
  if (interrupted()) status.add(ExitCode::kInterrupted);
  return status.code(options.exit_zero);
}

}  // namespace policysim::cli
