#include "test_base.hpp"

#include <algorithm>
#include <memory>

#include "git.hpp"
#include "text/reader.hpp"
#include "usage.hpp"
#include "world/fixture.hpp"

namespace policysim::cli {
namespace {

// Is it a file that says so?
bool looks_like_fixture(const std::string& path, const std::string& text) {
  text::SourceMap sources;
  const Result<text::Node> root = text::read(sources, sources.add(path, text));
  return root && root->find("policysim") != nullptr;
}

void load(const std::string& path, gate::Base& base) {
  const Result<std::string> text = base.files->read(path);
  if (text && !looks_like_fixture(path, *text)) return;
  Result<world::Fixture> fixture = world::load_fixture(path, nullptr, *base.files);
  if (!fixture) {
    base.broken.push_back({path, fixture.error().code + ": " + fixture.error().message});
  } else {
    base.fixtures.push_back(std::make_shared<const world::Fixture>(*std::move(fixture)));
  }
}

}  // namespace

Result<gate::ChangeReport> compare_with_revision(const std::string& ref,
                                                 const std::vector<std::string>& paths,
                                                 const gate::Suite& suite, const gate::TestRun& run,
                                                 const gate::Settings& settings,
                                                 const gate::CompareOptions& options) {
  if (std::find(paths.begin(), paths.end(), "-") != paths.end()) {
    return usage_error("standard input has no other revision; name files with `--base`");
  }
  const Result<std::unique_ptr<GitRevision>> revision = GitRevision::open(ref);
  if (!revision) return revision.error();
  const Result<std::vector<std::string>> files = (*revision)->expand(paths);
  if (!files) return files.error();
  gate::Base base;
  base.name = ref;
  base.files = revision->get();
  for (const std::string& path : *files) load(path, base);
  return gate::compare_with_base(suite, run, base, settings, options);
}

bool fails_on(const gate::ChangeReport& report, const std::string& fail_on) {
  using gate::Direction;
  if (fail_on == "widen") return report.count(Direction::kWidened) > 0;
  if (fail_on == "narrow") return report.count(Direction::kNarrowed) > 0;
  return report.count(Direction::kWidened) + report.count(Direction::kNarrowed) +
             report.count(Direction::kOther) >
         0;
}

}  // namespace policysim::cli
