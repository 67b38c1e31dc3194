// Resource and NotResource -> resource nodes.
#include "compile/lowering.hpp"
#include "policy/type_rules.hpp"

namespace policysim::compile {

using catalog::Option;
using policy::Piece;
using program::ResourceNode;
using program::ResourcePattern;
using program::StatementRow;

namespace {

struct Shape {
  std::size_t colons = 0;     // in policy text, outside variables
  bool star = false;          // any * in policy text
  bool ends_in_star = false;  // the last character is a policy star
  bool early_variable = false;
  bool variable = false;
  bool type_wildcard = false;  // * or ? before the first / or : of the sixth part, which has one
};

Shape shape_of(std::string_view text, bool version_2012) {
  Shape shape;
  bool in_type = true;
  bool wildcard_in_type = false;
  for (const Piece& piece : policy::split_variables(text, version_2012)) {
    if (piece.kind == Piece::Kind::kVariable || piece.kind == Piece::Kind::kMalformed) {
      shape.variable = true;
      if (shape.colons < 5) shape.early_variable = true;
    }
    shape.ends_in_star = false;
    if (piece.kind != Piece::Kind::kText) continue;
    for (const char c : piece.text) {
      const bool wildcard = c == '*' || c == '?';
      shape.ends_in_star = c == '*';
      if (c == '*') shape.star = true;
      if (shape.colons >= 5 && in_type) {
        if (wildcard) wildcard_in_type = true;
        if (c == '/' || c == ':') {
          in_type = false;
          shape.type_wildcard = wildcard_in_type;
        }
      }
      if (c == ':') ++shape.colons;
    }
  }
  return shape;
}

// S3 names buckets where other services have a resource type.
bool has_resource_type(std::string_view text) {
  return text.find(":s3:") == std::string_view::npos;
}

bool needs_resource(PolicyType type) {
  return type == PolicyType::kIdentity || type == PolicyType::kBoundary ||
         type == PolicyType::kSession || type == PolicyType::kKey;
}

}  // namespace

ResourcePattern Lowering::resource_pattern(std::string_view text, const Scope& scope,
                                           catalog::OptionSet& touched) {
  const Shape shape = shape_of(text, scope.version_2012);
  ResourcePattern out;
  out.is_arn = text.substr(0, 4) == "arn:";
  out.early_variable = shape.early_variable;
  if (shape.early_variable) touched |= catalog::bit(Option::kResourceEarlyVariable);
  PatternMode mode = PatternMode::kResource;
  if (shape.type_wildcard && has_resource_type(text)) {
    touched |= catalog::bit(Option::kResourceTypeWildcard);
    if (is_reading(Option::kResourceTypeWildcard, "literal")) mode = PatternMode::kLiteralType;
  }
  out.pattern = pattern(text, mode, scope);
  if (out.is_arn && shape.colons < 5 &&
      policy::rules_of(scope.type).fills_up(shape.star, shape.ends_in_star)) {
    touched |= catalog::bit(Option::kResourceShortArn);
    if (is_reading(Option::kResourceShortArn, "pad")) {
      out.padded = pattern(text, PatternMode::kPadded, scope);
    }
  }
  return out;
}

void Lowering::resource(const policy::Statement& statement, const Scope& scope, StatementRow& row) {
  if (!statement.resource) {
    if (needs_resource(scope.type)) row.flags |= StatementRow::kNeverMatches;
    return;
  }
  const policy::Element& element = *statement.resource;
  std::string name = element.negated ? "R!" : "R";
  name += scope.version_2012 ? 'v' : '0';
  name += static_cast<char>('a' + static_cast<int>(scope.type));
  for (const policy::Text& text : element.texts.values) {
    name += '\0';
    name += text.value;
  }
  if (const auto found = nodes_.find(name); found != nodes_.end()) {
    row.resource = found->second.id;
    row.touched |= found->second.touched;
    return;
  }
  catalog::OptionSet touched = 0;
  std::vector<ResourcePattern> patterns;
  for (const policy::Text& text : element.texts.values) {
    patterns.push_back(resource_pattern(text.value, scope, touched));
  }
  ResourceNode node;
  node.first = static_cast<std::uint32_t>(program_.resource_patterns.size());
  node.count = static_cast<std::uint32_t>(patterns.size());
  node.negated = element.negated;
  for (const ResourcePattern& entry : patterns) {
    node.early_variable = node.early_variable || entry.early_variable;
    const program::Pattern& pattern = program_.patterns[entry.pattern];
    node.may_not_resolve =
        node.may_not_resolve || pattern.never || pattern.kind == program::Pattern::Kind::kVariables;
    program_.resource_patterns.push_back(entry);
  }
  row.resource = static_cast<std::uint32_t>(program_.resources.size());
  program_.resources.push_back(node);
  row.touched |= touched;
  nodes_.emplace(std::move(name), Node{row.resource, touched});
}

}  // namespace policysim::compile
