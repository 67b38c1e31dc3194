#include "results.hpp"

#include <unistd.h>

#include <cstdio>
#include <utility>

#include "base/edit_distance.hpp"
#include "terminal.hpp"
#include "usage.hpp"

namespace policysim::cli {
namespace {

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> out;
  for (const report::DecisionFormat& format : report::decision_formats())
    out.push_back(format.name);
  return out;
}

report::RenderOptions for_standard_output(const Options& options, const Config& config) {
  report::RenderOptions render;
  const std::string mode = options.color.value_or(config.color.value_or("auto"));
  render.color = wants_color(mode, STDOUT_FILENO);
  render.unicode = utf8_locale();
  render.verbosity = options.verbose;
  render.columns = terminal_columns(STDOUT_FILENO);
  return render;
}

}  // namespace

ExitCode exit_code(const explain::DecisionRecord& record) noexcept {
  if (record.error) return ExitCode::kInput;
  switch (record.outcome) {
    case Outcome::kAllow:
      return ExitCode::kYes;
    case Outcome::kExplicitDeny:
    case Outcome::kImplicitDeny:
      return ExitCode::kNo;
    case Outcome::kConditional:
      return ExitCode::kUnknown;
  }
  return ExitCode::kInternal;
}

Result<Results> Results::open(const Options& options, const Config& config,
                              std::string_view usual) {
  const std::string name = options.format.value_or(config.format.value_or(std::string(usual)));
  const report::DecisionFormat* format = report::find_decision_format(name);
  if (format == nullptr) {
    return usage_error("unknown format `" + name + "`", base::nearest(name, format_names()));
  }
  Result<std::vector<ReportTarget>> targets = parse_reports(options.report, format_names());
  if (!targets) return std::move(targets).error();

  Results results(Output::standard(), format->make(for_standard_output(options, config)),
                  format->machine);
  report::RenderOptions plain;
  plain.verbosity = options.verbose;
  for (const ReportTarget& target : *targets) {
    Result<Output> output = Output::file(target.path);
    if (!output) return std::move(output).error();
    const report::DecisionFormat* kind = report::find_decision_format(target.format);
    results.for_people_ = results.for_people_ || !kind->machine;
    results.reports_.push_back({*std::move(output), kind->make(plain)});
  }
  return results;
}

void Results::add(const explain::DecisionRecord& record) {
  ++count_;
  status_.add(exit_code(record));
  for (Report& report : reports_) {
    report.writer->write(record, report.output.buffer());
    report.output.flush_if_large();
  }
  if (record.error && !machine_) {
    std::string text;
    writer_->write(record, text);
    if (text.front() == '\n') text.erase(0, 1);  // it separates from what is elsewhere
    out_.flush();
    std::fwrite(text.data(), 1, text.size(), stderr);
    return;
  }
  writer_->write(record, out_.buffer());
  out_.flush_if_large();
}

void Results::flush() { out_.flush(); }

std::optional<Error> Results::finish() {
  writer_->finish(out_.buffer());
  std::optional<Error> error = out_.finish();
  for (Report& report : reports_) {
    report.writer->finish(report.output.buffer());
    std::optional<Error> other = report.output.finish();
    if (!error) error = std::move(other);
  }
  return error;
}

}  // namespace policysim::cli
