#include "fixture_files.hpp"

#include <string>

#include "log.hpp"
#include "print_findings.hpp"
#include "text/reader.hpp"
#include "world/case_list.hpp"

namespace policysim::cli {
namespace {

// Is it a file that says so? What cannot be read is, so that loading it says why.
bool looks_like_fixture(const std::string& path) {
  Result<std::string> bytes = text::read_file(path);
  if (!bytes) return true;
  text::SourceMap sources;
  const std::uint32_t source = sources.add(path, *std::move(bytes));
  const Result<text::Node> root = text::read(sources, source);
  return !root || root->find("policysim") != nullptr;
}

Result<world::Fixture> load(const InputFile& file, world::FixtureFailure& failure) {
  if (file.path != "-") return world::load_fixture(file.path, &failure);
  Result<std::string> text = text::read_file(device_path(file.path));
  if (text) return world::load_fixture_text("<stdin>", *std::move(text), &failure);
  failure.error = text.error();
  return std::move(text).error();
}

}  // namespace

LoadedFixtures load_fixtures(const std::vector<InputFile>& files, const Settings& settings) {
  LoadedFixtures out;
  for (const InputFile& file : files) {
    if (!file.named && !looks_like_fixture(file.path)) continue;
    world::FixtureFailure failure;
    Result<world::Fixture> fixture = load(file, failure);
    if (!fixture) {
      print_failure(failure, settings);
      out.failed = true;
      ++out.given;
      continue;
    }
    print_findings(fixture->warnings, *fixture->sources, settings);
    const std::size_t cases = world::CaseList(*fixture).size();
    log(LogLevel::kInfo,
        "loaded " + text::escape_terminal(file.path) + ": " + std::to_string(cases) + " cases");
    if (!file.named && cases == 0) continue;
    ++out.given;
    out.fixtures.push_back(std::make_shared<const world::Fixture>(*std::move(fixture)));
  }
  return out;
}

}  // namespace policysim::cli
