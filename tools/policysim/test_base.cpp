#include "test_base.hpp"

#include <memory>

#include "fixture_files.hpp"
#include "world/fixture.hpp"

namespace policysim::cli {
namespace {

void load(const std::string& path, gate::Base& base) {
  const Result<std::string> text = base.files->read(path);
  if (text && !says_fixture(*text)) return;
  Result<world::Fixture> fixture = world::load_fixture(path, nullptr, *base.files);
  if (!fixture) {
    base.broken.push_back({path, fixture.error().code + ": " + fixture.error().message});
  } else {
    base.fixtures.push_back(std::make_shared<const world::Fixture>(*std::move(fixture)));
  }
}

}  // namespace

Result<gate::Base> base_at(GitRevision& revision, const std::string& ref,
                           const std::vector<std::string>& paths) {
  const Result<std::vector<std::string>> files = revision.expand(paths);
  if (!files) return files.error();
  gate::Base base;
  base.name = ref;
  base.files = &revision;
  for (const std::string& path : *files) load(path, base);
  return base;
}

bool fails_on(const gate::ChangeReport& report, const std::string& fail_on) {
  using gate::Direction;
  const std::size_t widened = report.count(Direction::kWidened);
  const std::size_t narrowed = report.count(Direction::kNarrowed);
  if (fail_on == "widen") return widened > 0;
  if (fail_on == "narrow") return narrowed > 0;
  return widened + narrowed + report.count(Direction::kOther) > 0;
}

}  // namespace policysim::cli
