// The YAML reader: spans lie within the text and nest, plain scalars hold the characters of their
// span, and the tree survives being written as JSON and read again.
#include "check.hpp"

namespace {

using policysim::text::Node;

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') out += c;
  }
  return out;
}

void check_scalars(const Node& node, std::string_view text) {
  PSIM_FUZZ_CHECK(node.span.begin <= node.span.end && node.span.end <= text.size());
  const std::string_view token = text.substr(node.span.begin, node.span.end - node.span.begin);
  const bool is_quoted = token.starts_with('"') || token.starts_with('\'');
  const bool is_block = token.starts_with('|') || token.starts_with('>');
  if (node.is_scalar() && !is_quoted && !is_block) {
    PSIM_FUZZ_CHECK(without_blanks(token) == without_blanks(node.text));
  }
  if (node.is_scalar() && is_quoted) PSIM_FUZZ_CHECK(token.back() == token.front());
  for (const Node& item : node.items) check_scalars(item, text);
  for (const auto& member : node.members) check_scalars(member.value, text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace policysim;
  const std::string input(data, data + size);
  text::SourceMap sources;
  const std::uint32_t source = sources.add("input.yaml", input);
  const Result<text::Node> tree = text::read(sources, source, text::Syntax::kYaml);
  if (!tree) {
    fuzz::check_refusal(tree.error(), sources);
    return 0;
  }
  check_scalars(*tree, sources[source].text());
  // What an alias copies in keeps the spans of its anchor.
  if (input.find('*') == std::string::npos) fuzz::check_spans(*tree);
  fuzz::check_duplicates(*tree, sources);
  fuzz::check_round_trip(*tree, text::JsonStyle::kCompact);
  return 0;
}
