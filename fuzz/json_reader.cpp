// The JSON reader: accepts what nlohmann's parser accepts, its spans hold the tokens, the YAML
// reader sees the same tree, and the tree survives being written and read again. A text whose
// syntax is not named is read as one of the two.
#include <nlohmann/json.hpp>

#include "check.hpp"

namespace {

using policysim::text::Node;
using policysim::text::NodeKind;

void check_tokens(const Node& node, std::string_view text) {
  const std::string_view token = text.substr(node.span.begin, node.span.end - node.span.begin);
  if (node.kind == NodeKind::kNumber || node.kind == NodeKind::kBool) {
    PSIM_FUZZ_CHECK(token == node.text);
  } else if (node.kind == NodeKind::kString) {
    PSIM_FUZZ_CHECK(nlohmann::json::parse(token).get<std::string>() == node.text);
  } else if (node.kind == NodeKind::kNull) {
    PSIM_FUZZ_CHECK(token == "null");
  } else {
    PSIM_FUZZ_CHECK(token.front() == (node.is_list() ? '[' : '{'));
    PSIM_FUZZ_CHECK(token.back() == (node.is_list() ? ']' : '}'));
  }
  for (const Node& item : node.items) check_tokens(item, text);
  for (const auto& member : node.members) {
    const auto& span = member.key_span;
    const std::string_view key = text.substr(span.begin, span.end - span.begin);
    PSIM_FUZZ_CHECK(nlohmann::json::parse(key).get<std::string>() == member.key);
    check_tokens(member.value, text);
  }
}

// Without a syntax given, a text is read as the one or the other.
void check_choice(const policysim::text::SourceMap& sources, const policysim::Result<Node>& as_json,
                  const policysim::Result<Node>& as_yaml) {
  using namespace policysim;
  const Result<Node> chosen = text::read(sources, 0);
  const auto same = [&](const Result<Node>& other) {
    if (!chosen) return !other && other.error().message == chosen.error().message;
    return other && fuzz::same_tree(*chosen, *other);
  };
  PSIM_FUZZ_CHECK(same(as_json) || same(as_yaml));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace policysim;
  const std::string input(data, data + size);
  text::SourceMap sources;
  const std::uint32_t source = sources.add("input.json", input);
  const Result<text::Node> tree = text::read(sources, source, text::Syntax::kJson);
  // nlohmann ends at a NUL and knows no limits of depth and size.
  const bool is_comparable =
      input.find('\0') == std::string::npos &&
      (tree || (tree.error().code != "PS0013" && tree.error().code != "PS0014"));
  if (is_comparable) PSIM_FUZZ_CHECK(tree.has_value() == nlohmann::json::accept(input));
  // YAML knows no surrogate pairs, and yaml-cpp limits the length of keys.
  const Result<text::Node> as_yaml = text::read(sources, source, text::Syntax::kYaml);
  if (tree && as_yaml) PSIM_FUZZ_CHECK(fuzz::same_tree(*tree, *as_yaml));
  check_choice(sources, tree, as_yaml);
  if (!tree) {
    fuzz::check_refusal(tree.error(), sources);
    return 0;
  }
  fuzz::check_spans(*tree);
  check_tokens(*tree, sources[source].text());
  fuzz::check_round_trip(*tree, text::JsonStyle::kCompact);
  fuzz::check_round_trip(*tree, text::JsonStyle::kPretty);
  fuzz::check_duplicates(*tree, sources);
  return 0;
}
