// Requests as NDJSON: decided as they come, one line at a time.
#include <string>

#include "evaluate.hpp"
#include "gate/decider.hpp"
#include "gate/failure_record.hpp"
#include "interrupt.hpp"
#include "line_reader.hpp"
#include "print_findings.hpp"
#include "progress.hpp"
#include "text/reader.hpp"
#include "usage.hpp"
#include "world/fixture.hpp"

namespace policysim::cli {
namespace {

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

// The id of a line that cannot be decided, if as much of it can be read.
std::string id_of(std::string_view line, const std::string& otherwise) {
  text::SourceMap sources;
  const std::uint32_t source = sources.add("line", std::string(line));
  const Result<text::Node> root = text::read(sources, source, text::Syntax::kJson);
  const text::Node* id = root ? root->find("id") : nullptr;
  return id != nullptr && id->is_scalar() && !id->text.empty() ? id->text : otherwise;
}

// A stream has no source that spans could point into: the line is looked up here.
class Line {
 public:
  Line(const std::string& file, std::uint64_t number, std::string_view text)
      : file_(file), number_(number), text_(text) {}

  explain::DecisionRecord failure(const std::string& id, const Error& error) const {
    explain::DecisionRecord record = explain::make_error(id, error, place(error));
    for (const Diagnostic& finding : error.diagnostics) {
      if (finding.severity != Severity::kError) continue;
      record.error->code = finding.rule;
      record.error->message = finding.message;
      break;
    }
    return record;
  }

  std::string default_id() const { return "line-" + std::to_string(number_); }
  std::string_view text() const noexcept { return text_; }

 private:
  Location place(const Error& error) const {
    Location location{file_, static_cast<std::uint32_t>(number_), 1};
    if (!error.diagnostics.empty()) {
      const text::Source source(file_, std::string(text_));
      location.column = source.locate(error.diagnostics.front().span.begin).column;
    }
    return location;
  }

  const std::string& file_;
  std::uint64_t number_;
  std::string_view text_;
};

explain::DecisionRecord decide_line(const Line& line, gate::Decider& decider, const World& world,
                                    const operations::BuildOptions& build) {
  Result<operations::Built> built = operations::build_requests(line.text(), &world, build);
  if (!built) return line.failure(id_of(line.text(), line.default_id()), built.error());
  std::string id = line.default_id();
  if (!built->requests.empty() && !built->requests.front().id.empty()) {
    id = built->requests.front().id;
  }
  return decider.decide(id, *built, nullptr);
}

}  // namespace

std::optional<Error> evaluate_stream(const Options& options, const Settings& settings,
                                     Results& results, ExitStatus& status) {
  world::FixtureFailure failure;
  const Result<world::Fixture> fixture = world::load_fixture(*options.world, &failure);
  if (!fixture) {
    print_failure(failure, settings);
    status.add(ExitCode::kInput);
    return std::nullopt;
  }
  print_findings(fixture->warnings, *fixture->sources, settings);
  Result<gate::Decider> decider = gate::Decider::make(fixture->base, settings);
  if (!decider) return std::move(decider).error();
  print_policy_warnings(decider->policies(), settings);
  Result<LineReader> reader = LineReader::open(*options.requests, [&results] { results.flush(); });
  if (!reader) return std::move(reader).error();

  const std::string file = *options.requests == "-" ? "<stdin>" : *options.requests;
  operations::BuildOptions build = settings.build;
  build.single = true;
  Progress progress(settings.quiet);
  std::uint64_t number = 0;
  while (!interrupted() && !results.broken()) {
    const std::optional<std::string_view> text = reader->next();
    if (!text) break;
    ++number;
    const Line line(file, number, *text);
    if (reader->too_long()) {
      results.add(line.failure(line.default_id(), {"PS0005", "the line is too long", {}}));
    } else if (!is_blank(*text)) {
      results.add(decide_line(line, *decider, *fixture->base, build));
    }
    progress.tick(results.count());
  }
  return reader->error();
}

}  // namespace policysim::cli
