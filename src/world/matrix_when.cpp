#include "world/matrix_when.hpp"

#include <algorithm>
#include <utility>

#include "values/glob.hpp"
#include "world/members.hpp"

namespace policysim::world {
namespace {

using text::Node;

std::optional<std::uint32_t> find_dimension(std::string_view name,
                                            const std::vector<Dimension>& dimensions) {
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    if (dimensions[i].name == name) return static_cast<std::uint32_t>(i);
  }
  return std::nullopt;
}

// Could a value of this dimension have the attribute, be it by the world's entry of its name?
void check_attribute(const Condition& condition, const std::vector<Dimension>& dimensions,
                     Findings& findings) {
  const std::string& name = condition.attribute;
  constexpr std::string_view kOfWorld = " arn account id vpc ";
  const bool of_world = kOfWorld.find(" " + name + " ") != std::string_view::npos;
  if (name.empty() || name.rfind("tags.", 0) == 0 || of_world) return;
  const Dimension& dimension = dimensions[condition.dimension];
  std::vector<std::string> known;
  for (const DimensionValue& value : dimension.values) {
    if (descend(value.attributes, name) != nullptr) return;
    for (const text::Member& member : value.attributes.members) {
      if (known.size() < 1000) known.push_back(member.key);
    }
  }
  findings.error("PS2205", condition.span,
                 "no value of " + in_ticks(dimension.name) + " has an attribute " + in_ticks(name),
                 did_you_mean(name, known));
}

bool read_patterns(const text::Member& member, Condition& out, Findings& findings) {
  const Node& value = member.value;
  if (value.is_null()) {
    out.absent = true;
    return true;
  }
  if (value.is_scalar()) {
    out.patterns.push_back(value);
    return true;
  }
  if (!expect_kind(value, text::NodeKind::kList, "a pattern", findings)) return false;
  if (value.items.empty()) findings.error("PS2205", value.span, "the list of patterns is empty");
  for (const Node& item : value.items) {
    if (read_text(item, "a pattern", findings)) out.patterns.push_back(item);
  }
  return true;
}

}  // namespace

When read_when(const Node& node, const std::vector<Dimension>& dimensions, Findings& findings) {
  When out;
  if (!expect_kind(node, text::NodeKind::kMap, "a `when`", findings)) return out;
  for (const text::Member& member : node.members) {
    const std::size_t dot = std::min(member.key.find('.'), member.key.size());
    const std::string name = member.key.substr(0, dot);
    const auto dimension = find_dimension(name, dimensions);
    if (!dimension) {
      std::vector<std::string> known;
      for (const Dimension& each : dimensions) known.push_back(each.name);
      findings.error("PS2205", member.key_span, "there is no dimension " + in_ticks(name),
                     did_you_mean(name, known));
      continue;
    }
    Condition condition;
    condition.dimension = *dimension;
    condition.span = member.key_span;
    if (dot < member.key.size()) condition.attribute = member.key.substr(dot + 1);
    if (!read_patterns(member, condition, findings)) continue;
    if (condition.absent && condition.attribute.empty()) {
      findings.error("PS2205", member.value.span, "a dimension always has a value",
                     "null stands for an attribute that is absent");
    }
    check_attribute(condition, dimensions, findings);
    out.push_back(std::move(condition));
  }
  return out;
}

Patches cell_patches(const Matrix& matrix, CellScope& scope, const Chosen& chosen,
                     Findings& findings) {
  Patches out;
  const auto add = [&](const std::shared_ptr<const Node>& patch) {
    if (patch == nullptr) return;
    if (!has_interpolation(*patch)) {
      out.push_back(patch);
      return;
    }
    auto expanded = std::make_shared<Node>(*patch);
    scope.expand_patch(*expanded, findings);
    out.push_back(std::move(expanded));
  };
  for (const auto& patch : matrix.head.patches) add(patch);
  for (std::size_t i = 0; i < chosen.size(); ++i) add(matrix.dimensions[i].values[chosen[i]].patch);
  return out;
}

WhenEvaluator::WhenEvaluator(const Fixture& fixture, Interpolator& names, const Matrix& matrix)
    : fixture_(fixture),
      names_(names),
      matrix_(matrix),
      patched_(!matrix.head.patches.empty()),
      scenes_(kept_worlds(*fixture.world)) {
  for (const Dimension& dimension : matrix.dimensions) {
    for (const DimensionValue& value : dimension.values) {
      patched_ = patched_ || value.patch != nullptr;
    }
  }
}

Interpolator& WhenEvaluator::world_of(CellScope& scope, const Chosen& chosen, Findings& findings) {
  names_.renew();
  if (!patched_) return names_;
  const Patches patches = cell_patches(matrix_, scope, chosen, findings);
  Interpolator& names =
      scenes_.get(patch_key(patches), [&] { return Scene(fixture_, patches); }).names();
  names.renew();
  return names;
}

// What the condition looks at; nothing: the attribute is absent.
std::optional<Node> WhenEvaluator::subject(const Condition& condition, CellScope& scope,
                                           const Chosen& chosen, bool& constant,
                                           Findings& findings) {
  const DimensionValue& value =
      matrix_.dimensions[condition.dimension].values[chosen[condition.dimension]];
  if (condition.attribute.empty()) return string_node(value.name);
  Node out;
  switch (scope.attribute(condition.dimension, condition.attribute, out, findings)) {
    case CellScope::Found::kNo:
      return std::nullopt;
    case CellScope::Found::kYes:
      if (const Node* own = descend(value.attributes, condition.attribute);
          has_interpolation(*own)) {
        constant = false;
        if (findings.failed()) return std::nullopt;
        if (has_interpolation(out)) world_of(scope, chosen, findings).expand(out, findings);
      }
      return out;
    case CellScope::Found::kInWorld:
      constant = !patched_;
      const std::string name(*sole_name(out.text));
      if (!world_of(scope, chosen, findings).lookup(name, out, findings)) return std::nullopt;
      return out;
  }
  return std::nullopt;
}

bool WhenEvaluator::meets(const Node& pattern, const Node& subject, CellScope& scope,
                          const Chosen& chosen, bool& constant, Findings& findings) {
  if (!has_interpolation(pattern)) return values::glob_match(pattern.text, subject.text);
  constant = false;
  Node expanded = pattern;
  scope.expand(expanded, findings);
  if (findings.failed()) return false;
  if (has_interpolation(expanded)) world_of(scope, chosen, findings).expand(expanded, findings);
  if (expanded.is_scalar()) return values::glob_match(expanded.text, subject.text);
  return std::any_of(expanded.items.begin(), expanded.items.end(), [&](const Node& item) {
    return item.is_scalar() && values::glob_match(item.text, subject.text);
  });
}

bool WhenEvaluator::decide(const Condition& condition, CellScope& scope, const Chosen& chosen,
                           bool& constant, Findings& findings) {
  const std::optional<Node> found = subject(condition, scope, chosen, constant, findings);
  if (condition.absent || !found) return condition.absent && !found;
  if (!found->is_scalar()) {
    findings.error("PS2205", condition.span,
                   std::string(found->is_map() ? "an object" : "a list") + " cannot meet a pattern",
                   "look at one of its members");
    return false;
  }
  return std::any_of(condition.patterns.begin(), condition.patterns.end(), [&](const Node& each) {
    return meets(each, *found, scope, chosen, constant, findings);
  });
}

bool WhenEvaluator::holds(const Condition& condition, const Chosen& chosen, Findings& findings) {
  std::vector<Truth>& known = known_[&condition];
  if (known.empty()) known.resize(matrix_.dimensions[condition.dimension].values.size());
  Truth& truth = known[chosen[condition.dimension]];
  if (truth != Truth::kNotAsked) return truth == Truth::kYes;
  bool constant = true;
  CellScope scope(matrix_, chosen, names_);
  const bool result = decide(condition, scope, chosen, constant, findings);
  if (constant) truth = result ? Truth::kYes : Truth::kNo;
  return result;
}

bool WhenEvaluator::holds(const When& when, const Chosen& chosen, Findings& findings) {
  return std::all_of(when.begin(), when.end(), [&](const Condition& condition) {
    return holds(condition, chosen, findings);
  });
}

}  // namespace policysim::world
