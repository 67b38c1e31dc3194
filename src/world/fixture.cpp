#include "world/fixture.hpp"

#include <filesystem>
#include <utility>

#include "world/assemble.hpp"
#include "world/build.hpp"
#include "world/cases.hpp"
#include "world/findings.hpp"
#include "world/interpolate.hpp"
#include "world/matrix.hpp"
#include "world/members.hpp"
#include "world/scene.hpp"
#include "world/world_text.hpp"

namespace policysim {
namespace world {
namespace {

using text::Node;

void check_percent(Members& members, std::string_view name) {
  const auto value = members.count(name);
  const bool leading_zero = value && value->size() > 1 && value->front() == '0';
  if (!value || (value->size() < 3 && !leading_zero) || *value == "100") return;
  members.findings().error("PS2006", members.span_of(name),
                           in_ticks(name) + " is a percentage, at most 100");
}

void check_coverage(const Node& node, Findings& findings) {
  Members members(node, "coverage section", findings);
  for (const char* name : {"statements", "conditions", "mutation"}) check_percent(members, name);
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
  if (const Node* coverage = root.find("coverage")) {
    check_coverage(*coverage, findings);
    out.coverage = *coverage;
  }
}

void read_matrices(const Node& root, Interpolator& names, Fixture& out, Findings& findings) {
  const Node* section = root.find("matrices");
  if (section == nullptr) return;
  if (!expect_kind(*section, text::NodeKind::kList, "`matrices`", findings)) return;
  CaseIds ids;
  for (const Case& item : out.cases) ids.insert(item.id);
  std::size_t room = kMostCells;
  for (const Node& item : section->items) {
    std::optional<Matrix> matrix = read_matrix(item, names, *out.sources, findings);
    if (!matrix) continue;
    claim_id(matrix->head, matrix->head.span, ids, findings);
    const auto size = combinations(*matrix);
    if (!size || *size > room) {
      findings.error("PS2211", item.span, "the matrices of the fixture have too many cells",
                     "a fixture may have " + std::to_string(kMostCells));
      return;
    }
    const std::size_t rules = matrix->rules.size() + matrix->exclude.size();
    if (*size * rules > kMostTrials) {
      findings.error("PS2211", item.span, "the matrix has too many rules for so many cells",
                     "a rule can list values, and a table needs none");
      return;
    }
    room -= *size;
    list_cells(out, names, *matrix, findings);
    out.matrices.push_back(std::make_shared<const Matrix>(*std::move(matrix)));
  }
}

// Policies that patches bring in are read with the fixture, so that worlds can be patched later
// without touching files.
class PatchedPolicies {
 public:
  PatchedPolicies(Interpolator& names, FileSource& from, text::SourceMap& sources,
                  PolicyFiles& files)
      : names_(names), from_(from), sources_(sources), files_(files) {}

  void read(const Node* world) {
    const text::Member* policies = world != nullptr ? world->find_member("policies") : nullptr;
    if (policies == nullptr) return;
    Node expanded;
    expanded.kind = text::NodeKind::kMap;
    expanded.members.push_back(*policies);
    Findings ignored;  // they are found again in the patched world
    names_.expand_world(expanded, ignored);
    read_policy_files(expanded, from_, sources_, files_);
  }
  void read(const Case& item) {
    for (const auto& patch : item.patches) read(patch.get());
    for (const Step& step : item.steps) read(step.patch.get());
  }
  void read(const Matrix& matrix) {
    bool varies = false;  // from cell to cell
    const auto visit = [&](const std::shared_ptr<const Node>& patch) {
      const Node* policies = patch != nullptr ? patch->find("policies") : nullptr;
      if (policies == nullptr) return;
      read(patch.get());
      varies = varies || has_interpolation(*policies);
    };
    for (const auto& patch : matrix.head.patches) visit(patch);
    for (const Step& step : matrix.head.steps) visit(step.patch);
    for (const Dimension& dimension : matrix.dimensions) {
      for (const DimensionValue& value : dimension.values) visit(value.patch);
    }
    for (std::size_t i = 0; varies && i < matrix.cells.size(); ++i) {
      const auto one = cell_case(names_, matrix, matrix.cells[i]);
      if (one) read(*one);
    }
  }

 private:
  Interpolator& names_;
  FileSource& from_;
  text::SourceMap& sources_;
  PolicyFiles& files_;
};

struct Load {
  std::string* content = nullptr;  // text in place of the file's
  FileSource& files = file_system();
  bool world_only = false;
  const Fixture* cases = nullptr;  // others that will be decided in this world
  FixtureFailure* failure = nullptr;
};

Result<Fixture> load(const std::string& path, const Load& how) {
  auto sources = how.cases != nullptr ? std::make_shared<text::SourceMap>(*how.cases->sources)
                                      : std::make_shared<text::SourceMap>();
  auto cache = std::make_shared<PolicyFileCache>();
  Findings findings;
  Assembled tree = assemble(path, how.content, how.files, *sources, findings);
  Fixture out;
  out.path = path;
  out.sources = sources;
  out.vars = std::make_shared<const Node>(std::move(tree.vars));
  out.world = std::make_shared<const Node>(std::move(tree.world));
  if (!findings.failed()) {
    Interpolator names(*out.vars, *out.world);
    if (!how.world_only) read_rest(tree.root, out, names, findings);
    if (!how.world_only) read_matrices(tree.root, names, out, findings);
    PatchedPolicies policies(names, how.files, *sources, cache->files);
    policies.read(out.world.get());
    const Fixture& decided = how.cases != nullptr ? *how.cases : out;
    for (const Case& item : decided.cases) policies.read(item);
    for (const auto& matrix : decided.matrices) policies.read(*matrix);
    out.base = build_world_text(*out.world, *out.vars, cache->files, sources, findings);
  }
  if (findings.failed()) {
    Error error = findings.to_error();
    if (how.failure != nullptr) *how.failure = {error, sources};
    return error;
  }
  out.files = std::move(cache);
  out.warnings = findings.take();
  return out;
}

}  // namespace

Result<Fixture> load_fixture(const std::string& path, FixtureFailure* failure, FileSource& files) {
  return load(path, Load{nullptr, files, false, nullptr, failure});
}

Result<Fixture> load_fixture_text(const std::string& name, std::string text,
                                  FixtureFailure* failure) {
  return load(name, Load{&text, file_system(), false, nullptr, failure});
}

Result<Fixture> load_world_for(const Fixture& cases, const std::string& path, FileSource& files,
                               FixtureFailure* failure) {
  return load(path, Load{nullptr, files, true, &cases, failure});
}

Result<std::shared_ptr<const World>> patched_world(const Fixture& fixture, const Patches& patches) {
  return Scene(fixture, patches).world();
}

Result<Node> interpolated_request(const Fixture& fixture, const Patches& patches,
                                  const Node& request) {
  return Scene(fixture, patches).interpolated(request);
}

}  // namespace world

Result<std::shared_ptr<const World>> World::load(const std::string& path) {
  auto fixture = world::load(path, {nullptr, world::file_system(), true, nullptr, nullptr});
  if (!fixture) return std::move(fixture).error();
  return fixture->base;
}

}  // namespace policysim
