#include "world/fixture.hpp"

#include <filesystem>
#include <utility>

#include "world/assemble.hpp"
#include "world/build.hpp"
#include "world/cases.hpp"
#include "world/findings.hpp"
#include "world/interpolate.hpp"
#include "world/members.hpp"
#include "world/merge_patch.hpp"

namespace policysim {
namespace world {

struct PolicyFileCache {
  PolicyFiles files;
};

namespace {

using text::Node;

void check_coverage(const Node& node, Findings& findings) {
  Members members(node, "coverage section", findings);
  for (const char* name : {"statements", "conditions", "mutation"}) members.count(name);
  if (const Node* list = members.list("exclude")) {
    for (const Node& item : list->items) {
      Members entry(item, "exclusion", findings);
      for (const char* name : {"policy", "sid", "because"}) {
        entry.require(name);
        entry.text(name);
      }
      entry.finish();
    }
  }
  members.finish();
}

// Policies that patches bring in are read with the fixture, so that worlds can be patched later
// without touching files.
void read_patched_policies(const std::shared_ptr<const Node>& patch, Interpolator& names,
                           text::SourceMap& sources, PolicyFiles& files) {
  if (patch == nullptr) return;
  Node expanded = *patch;
  Findings ignored;  // they are found again in the patched world
  names.expand_world(expanded, ignored);
  read_policy_files(expanded, sources, files);
}

std::string name_of(const std::string& path) {
  return std::filesystem::path(path).stem().generic_string();
}

// The parts of a fixture beside its world.
void read_rest(const Node& root, Fixture& out, Interpolator& names, Findings& findings) {
  out.name = name_of(out.path);
  if (const Node* name = root.find("name")) {
    if (auto text = read_text(*name, "`name`", findings)) out.name = *std::move(text);
  }
  if (const Node* cases = root.find("cases")) out.cases = read_cases(*cases, names, findings);
  if (const text::Member* matrices = root.find_member("matrices")) {
    if (!matrices->value.is_list() || !matrices->value.items.empty()) {
      findings.error("PS2013", matrices->key_span, "matrices are not supported by this version",
                     "spell the cells out as `cases`");
    }
  }
  if (const Node* coverage = root.find("coverage")) check_coverage(*coverage, findings);
}

Node world_with(const Fixture& fixture, const Patches& patches) {
  Node world = *fixture.world;
  for (const auto& patch : patches) {
    if (patch != nullptr) merge_patch(world, *patch);
  }
  return world;
}

std::shared_ptr<const World> build(Node world, const Node& vars, const PolicyFiles& files,
                                   const std::shared_ptr<const text::SourceMap>& sources,
                                   Findings& findings) {
  const Node raw = world;  // names are looked up in the text as it was written
  Interpolator(vars, raw).expand_world(world, findings);
  auto data = std::make_shared<Data>(build_world(world, files, sources, findings));
  data->warnings = findings.list();
  return std::make_shared<const World>(std::shared_ptr<const Data>(std::move(data)));
}

Result<Fixture> load(const std::string& path, std::string* content, bool world_only,
                     FixtureFailure* failure) {
  auto sources = std::make_shared<text::SourceMap>();
  auto cache = std::make_shared<PolicyFileCache>();
  Findings findings;
  Assembled tree = assemble(path, content, *sources, findings);
  Fixture out;
  out.path = path;
  out.sources = sources;
  out.vars = std::make_shared<const Node>(std::move(tree.vars));
  out.world = std::make_shared<const Node>(std::move(tree.world));
  if (!findings.failed()) {
    Interpolator names(*out.vars, *out.world);
    if (!world_only) read_rest(tree.root, out, names, findings);
    read_patched_policies(out.world, names, *sources, cache->files);
    for (const Case& item : out.cases) {
      read_patched_policies(item.patch, names, *sources, cache->files);
      for (const Step& step : item.steps) {
        read_patched_policies(step.patch, names, *sources, cache->files);
      }
    }
    out.base = build(*out.world, *out.vars, cache->files, sources, findings);
  }
  if (findings.failed()) {
    Error error = findings.to_error();
    if (failure != nullptr) *failure = {error, sources};
    return error;
  }
  out.files = std::move(cache);
  out.warnings = findings.take();
  return out;
}

}  // namespace

Result<Fixture> load_fixture(const std::string& path, FixtureFailure* failure) {
  return load(path, nullptr, false, failure);
}

Result<Fixture> load_fixture_text(const std::string& name, std::string text,
                                  FixtureFailure* failure) {
  return load(name, &text, false, failure);
}

Result<std::shared_ptr<const World>> patched_world(const Fixture& fixture, const Patches& patches) {
  bool changed = false;
  for (const auto& patch : patches) changed = changed || patch != nullptr;
  if (!changed) return fixture.base;
  Findings findings;
  auto world = build(world_with(fixture, patches), *fixture.vars, fixture.files->files,
                     fixture.sources, findings);
  if (findings.failed()) return findings.to_error();
  return world;
}

Result<Node> interpolated_request(const Fixture& fixture, const Patches& patches,
                                  const Node& request) {
  Node out = request;
  if (!has_interpolation(request)) return out;
  Findings findings;
  const Node world = world_with(fixture, patches);
  Interpolator(*fixture.vars, world).expand(out, findings);
  if (findings.failed()) return findings.to_error();
  return out;
}

}  // namespace world

Result<std::shared_ptr<const World>> World::load(const std::string& path) {
  auto fixture = world::load(path, nullptr, true, nullptr);
  if (!fixture) return std::move(fixture).error();
  return fixture->base;
}

}  // namespace policysim
