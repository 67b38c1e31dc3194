#include <algorithm>
#include <string>

#include "policy/elements.hpp"
#include "policy/variables.hpp"

namespace policysim::policy {
namespace {

constexpr std::size_t kLastColon = 5;  // an ARN has five before its resource part

std::size_t count_colons(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), ':'));
}

// Colons of variables do not count: `${aws:username}` is one thing.
struct Shape {
  std::size_t colons = 0;
  bool star = false;
  const Piece* early = nullptr;  // the first variable before the fifth colon
};

Shape shape_of(const std::vector<Piece>& pieces) noexcept {
  Shape shape;
  for (const Piece& piece : pieces) {
    if (piece.kind == Piece::Kind::kText) {
      shape.colons += count_colons(piece.text);
      shape.star = shape.star || piece.text.find('*') != std::string::npos;
    } else if (shape.colons < kLastColon && shape.early == nullptr) {
      shape.early = &piece;
    }
  }
  return shape;
}

void check_resource(const Text& resource, Context& context) {
  const std::string_view value = resource.value;
  if (!value.empty() && value.find_first_not_of('*') == value.npos) return;
  if (!value.starts_with("arn:")) {
    context.findings.add(
        "PS1205", resource.span, "resource " + quoted(value) + " is neither an ARN nor `*`",
        value.find(':') == value.npos ? std::string() : "an ARN starts with `arn:`");
    return;
  }
  check_variables(resource, context);
  const auto pieces = split_variables(value, context.version == Version::k2012);
  const Shape shape = shape_of(pieces);
  if (shape.early != nullptr) {
    context.findings.add("PS1210", subspan(resource, shape.early->offset, shape.early->length),
                         "policy variable before the fifth colon of resource " + quoted(value),
                         "AWS supports variables in the last part of an ARN only");
  }
  const TypeRules& rules = context.rules;
  if (shape.colons < kLastColon && !rules.fills_up(shape.star, value.back() == '*')) {
    const bool refused = rules.type == PolicyType::kScp || rules.type == PolicyType::kRcp;
    context.findings.add("PS1206", resource.span,
                         "resource " + quoted(value) + " has fewer than six parts: " +
                             (refused ? "AWS refuses it in " : "it never matches in ") +
                             std::string(rules.plural),
                         "write all parts: `arn:partition:service:region:account:resource`");
  }
}

}  // namespace

void check_resources(const Statement& statement, Context& context) {
  if (!statement.resource) return;
  for (const Text& resource : statement.resource->texts.values) check_resource(resource, context);
}

}  // namespace policysim::policy
