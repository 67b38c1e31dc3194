// The shape of a matrix.
#include <algorithm>
#include <unordered_set>

#include "world/cases.hpp"
#include "world/matrix.hpp"
#include "world/members.hpp"

namespace policysim::world {
namespace {

using text::Node;
using text::NodeKind;

// A letter or `_`, then also digits and `-`: no dot, which leads to an attribute.
bool is_dimension_name(std::string_view text) noexcept {
  return is_entry_name(text) && (text.front() < '0' || text.front() > '9') &&
         text.find_first_of("./@+=,") == std::string_view::npos;
}

DimensionValue value_with_attributes(const text::Member& member, Findings& findings) {
  DimensionValue out{member.key, {}, nullptr, member.key_span};
  out.attributes.kind = NodeKind::kMap;
  out.attributes.span = member.value.span;
  if (!expect_kind(member.value, NodeKind::kMap, "a value of a dimension", findings)) return out;
  for (const text::Member& attribute : member.value.members) {
    if (attribute.value.is_null()) {
      expect_kind(attribute.value, NodeKind::kMap, in_ticks(attribute.key), findings);
    } else if (attribute.key != "with") {
      out.attributes.members.push_back(attribute);
    } else if (expect_kind(attribute.value, NodeKind::kMap, "`with`", findings)) {
      out.patch = read_patch(attribute.value, findings);
    }
  }
  return out;
}

std::vector<DimensionValue> read_values(const text::Member& member, Interpolator& names,
                                        Findings& findings) {
  std::vector<DimensionValue> out;
  if (member.value.is_map()) {
    for (const text::Member& written : member.value.members) {
      Node key = string_node(written.key);
      key.span = written.key_span;
      names.expand(key, findings);
      out.push_back(value_with_attributes({key.text, written.key_span, written.value}, findings));
    }
    return out;
  }
  Node list = member.value;
  names.expand(list, findings);
  if (!expect_kind(list, NodeKind::kList, "a dimension", findings)) return out;
  for (const Node& item : list.items) {
    const auto text = read_text(item, "a value of a dimension", findings);
    if (!text) continue;
    out.push_back({*text, {}, nullptr, item.span});
    out.back().attributes.kind = NodeKind::kMap;
  }
  return out;
}

void read_dimensions(const Node& section, Interpolator& names, Matrix& out, Findings& findings) {
  if (section.members.empty()) {
    findings.error("PS2206", section.span, "the matrix has no dimension");
  }
  if (section.members.size() > kMostDimensions) {
    findings.error("PS2206", section.span,
                   "a matrix has at most " + std::to_string(kMostDimensions) + " dimensions");
    return;
  }
  for (const text::Member& member : section.members) {
    if (!is_dimension_name(member.key)) {
      findings.error("PS2006", member.key_span, in_ticks(member.key) + " is no name of a dimension",
                     "names begin with a letter or `_` and go on with these, digits and `-`");
    }
    Dimension dimension{member.key, read_values(member, names, findings), member.key_span};
    if (dimension.values.empty()) {
      findings.error("PS2206", member.key_span,
                     "the dimension " + in_ticks(member.key) + " has no values");
    }
    std::unordered_set<std::string_view> seen;
    for (const DimensionValue& value : dimension.values) {
      if (seen.insert(value.name).second) continue;
      findings.error("PS2206", value.span,
                     in_ticks(value.name) + " stands twice in " + in_ticks(member.key));
    }
    out.dimensions.push_back(std::move(dimension));
  }
}

void read_exclusions(const Node& list, Matrix& out, Findings& findings) {
  for (const Node& item : list.items) {
    When when = read_when(item, out.dimensions, findings);
    if (when.empty() && item.is_map() && item.members.empty()) {
      findings.error("PS2205", item.span, "the exclusion excludes every cell");
    }
    if (!when.empty()) out.exclude.push_back(std::move(when));
  }
}

void read_expectations(Members& members, const text::SourceMap& sources, Matrix& out,
                       Findings& findings) {
  if (members.has("expect") && members.has("table")) {
    findings.error("PS2205", members.span_of("table"), "a matrix has `expect` or a `table`",
                   "a rule can ask for the values of both dimensions");
  }
  if (const Node* rules = members.list("expect")) read_rules(*rules, out, findings);
  if (const Node* table = members.map("table")) read_table(*table, sources, out, findings);
}

}  // namespace

void read_rules(const Node& list, Matrix& out, Findings& findings) {
  if (list.items.empty()) findings.error("PS2205", list.span, "the list of rules is empty");
  for (const Node& item : list.items) {
    Members members(item, "rule", findings);
    if (!members.ok()) continue;
    Rule rule;
    rule.span = item.span;
    rule.outcome = static_cast<std::uint32_t>(out.outcomes.size());
    if (const Node* when = members.map("when")) {
      rule.when = read_when(*when, out.dimensions, findings);
    }
    Outcome outcome;
    outcome.span = item.span;
    members.require("then");
    if (const Node* then = members.any("then")) {
      if (!has_interpolation(*then)) check_expectation(*then, findings);
      outcome.expect = *then;
    }
    outcome.because = members.text("because").value_or("");
    members.finish();
    out.outcomes.push_back(std::move(outcome));
    out.rules.push_back(std::move(rule));
  }
}

std::optional<Matrix> read_matrix(const Node& node, Interpolator& names,
                                  const text::SourceMap& sources, Findings& findings) {
  Members members(node, "matrix", findings);
  if (!members.ok()) return std::nullopt;
  Matrix out;
  out.head.span = members.span_of("id");
  read_case_head(members, "matrix", out.head, findings);
  members.require("dimensions");
  if (const Node* dimensions = members.map("dimensions")) {
    read_dimensions(*dimensions, names, out, findings);
  }
  if (const Node* exclude = members.list("exclude")) read_exclusions(*exclude, out, findings);
  read_expectations(members, sources, out, findings);
  members.finish();
  // What is wrong with its shape would only repeat itself in every cell.
  if (findings.failed()) return std::nullopt;
  return out;
}

std::optional<std::size_t> combinations(const Matrix& matrix) noexcept {
  std::size_t product = 1;
  for (const Dimension& dimension : matrix.dimensions) {
    product *= dimension.values.size();
    if (product > kMostCells) return std::nullopt;
  }
  return product;
}

Chosen chosen_values(const Matrix& matrix, std::uint32_t number) {
  Chosen out(matrix.dimensions.size());
  for (std::size_t i = out.size(); i-- > 0;) {
    const auto size = static_cast<std::uint32_t>(matrix.dimensions[i].values.size());
    out[i] = number % size;
    number /= size;
  }
  return out;
}

std::string cell_id(const Matrix& matrix, const Cell& cell) {
  const Chosen chosen = chosen_values(matrix, cell.number);
  std::string out = matrix.head.id;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    out += i == 0 ? '[' : ',';
    out += matrix.dimensions[i].name + "=";
    for (const char c : matrix.dimensions[i].values[chosen[i]].name) {
      constexpr std::string_view kEncoded = "%,=]";
      constexpr const char* kHex = "0123456789ABCDEF";
      if (kEncoded.find(c) == std::string_view::npos) {
        out += c;
      } else {
        out += {'%', kHex[static_cast<unsigned char>(c) >> 4U], kHex[c & 0xF]};
      }
    }
  }
  return out + "]";
}

}  // namespace policysim::world
