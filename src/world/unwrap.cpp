#include "world/unwrap.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "text/reader.hpp"

namespace policysim::world {
namespace {

using text::Node;

// Members that identify an output, outermost first; the last one holds the document.
struct Wrapping {
  std::string_view outer;
  std::string_view inner;  // empty: the document is the outer member
  std::string_view command;
};

constexpr std::array kWrappings = {
    Wrapping{"PolicyVersion", "Document", "iam get-policy-version"},
    Wrapping{"PolicyDocument", "", "iam get-role-policy, get-user-policy, get-group-policy"},
    Wrapping{"Policy", "Content", "organizations describe-policy"},
    Wrapping{"Policy", "", "s3api get-bucket-policy, kms get-key-policy"},
};

// A text within a text: offsets[i] is where byte i came from, with one more for the end.
struct Embedded {
  std::string text;
  std::vector<std::uint32_t> offsets;
};

int hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  const char folded = base::lower(c);
  return folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : -1;
}

// How many raw bytes the escape at `raw[at]` takes; a surrogate pair is one escape.
std::size_t escape_length(std::string_view raw, std::size_t at) noexcept {
  if (at + 1 >= raw.size()) return 1;
  if (raw[at + 1] != 'u') return 2;
  const bool high = at + 3 < raw.size() && base::lower(raw[at + 2]) == 'd' &&
                    std::string_view("89abAB").find(raw[at + 3]) != std::string_view::npos;
  return high ? 12 : 6;
}

std::size_t code_point_length(std::string_view text, std::size_t at) noexcept {
  std::size_t length = 1;
  while (at + length < text.size() &&
         (static_cast<unsigned char>(text[at + length]) & 0xC0U) == 0x80U) {
    ++length;
  }
  return length;
}

// Walks the decoded text of a JSON string beside its raw bytes: each escape is one code point.
// Strings written otherwise (YAML) point at the whole value.
Embedded embedded_in(const Node& node, const text::SourceMap& sources) {
  Embedded out{node.text, {}};
  out.offsets.reserve(node.text.size() + 1);
  const std::string_view source = sources[node.span.source].text();
  const std::string_view raw = source.substr(node.span.begin, node.span.end - node.span.begin);
  std::size_t at = 1;  // behind the quote
  const bool quoted = !raw.empty() && raw.front() == '"';
  while (quoted && out.offsets.size() < out.text.size() && at < raw.size()) {
    const auto place = static_cast<std::uint32_t>(node.span.begin + at);
    if (raw[at] == '\\') {
      const std::size_t bytes = code_point_length(out.text, out.offsets.size());
      out.offsets.insert(out.offsets.end(), bytes, place);
      at += escape_length(raw, at);
    } else {
      if (raw[at] != out.text[out.offsets.size()]) break;
      out.offsets.push_back(place);
      ++at;
    }
  }
  if (out.offsets.size() != out.text.size()) {
    out.offsets.assign(out.text.size(), node.span.begin);
    at = raw.size();
  }
  out.offsets.push_back(static_cast<std::uint32_t>(node.span.begin + at));
  return out;
}

bool is_percent_encoded(std::string_view text) noexcept {
  return base::starts_with_ignore_case(text, "%7b") || base::starts_with_ignore_case(text, "%0a") ||
         base::starts_with_ignore_case(text, "%20");
}

Embedded percent_decoded(const Embedded& encoded) {
  Embedded out;
  const std::string& text = encoded.text;
  for (std::size_t at = 0; at < text.size();) {
    out.offsets.push_back(encoded.offsets[at]);
    const int high = text[at] == '%' && at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
    const int low = high >= 0 ? hex_digit(text[at + 2]) : -1;
    out.text += low >= 0 ? static_cast<char>(high * 16 + low) : text[at];
    at += low >= 0 ? 3 : 1;
  }
  out.offsets.push_back(encoded.offsets.back());
  return out;
}

// Spans within an embedded text -> spans of the outer source.
class Mapping {
 public:
  Mapping(const Embedded& embedded, std::uint32_t source) : embedded_(embedded), source_(source) {}

  void apply(SourceSpan& span) const {
    const auto last = static_cast<std::uint32_t>(embedded_.offsets.size() - 1);
    span = {source_, embedded_.offsets[span.begin < last ? span.begin : last],
            embedded_.offsets[span.end < last ? span.end : last]};
  }
  void apply(Node& node) const {  // as deep as the reader lets texts be
    apply(node.span);
    for (Node& item : node.items) apply(item);
    for (text::Member& member : node.members) {
      apply(member.key_span);
      apply(member.value);
    }
  }
  void apply(Error& error) const {
    for (Diagnostic& diagnostic : error.diagnostics) {
      apply(diagnostic.span);
      for (SourceSpan& related : diagnostic.related) apply(related);
    }
  }

 private:
  const Embedded& embedded_;
  std::uint32_t source_;
};

Result<Node> read_embedded(const Node& node, const text::SourceMap& sources) {
  Embedded embedded = embedded_in(node, sources);
  if (is_percent_encoded(embedded.text)) embedded = percent_decoded(embedded);
  const Mapping mapping(embedded, node.span.source);
  text::SourceMap inner;
  const std::uint32_t source = inner.add(sources[node.span.source].name(), embedded.text);
  auto read = text::read(inner, source, text::Syntax::kJson);
  if (!read) {
    mapping.apply(read.error());
    return std::move(read).error();
  }
  mapping.apply(*read);
  return read;
}

bool ends_with(std::string_view text, std::string_view suffix) noexcept {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

}  // namespace

Result<Node> unwrap(Node root, const text::SourceMap& sources) {
  if (root.find("Statement") != nullptr) return root;
  for (const Wrapping& wrapping : kWrappings) {
    const Node* value = root.find(wrapping.outer);
    if (value != nullptr && !wrapping.inner.empty()) value = value->find(wrapping.inner);
    if (value == nullptr) continue;
    if (value->is_map()) return Node(*value);
    if (value->kind == text::NodeKind::kString) return read_embedded(*value, sources);
  }
  return root;
}

Result<Node> read_document(const Node& node, const text::SourceMap& sources) {
  if (node.kind == text::NodeKind::kString) return read_embedded(node, sources);
  return Node(node);
}

Result<Node> read_policy_file(text::SourceMap& sources, const std::string& path,
                              FileSource& files) {
  auto content = files.read(path);
  if (!content) return std::move(content).error();
  const std::uint32_t source = sources.add(path, *std::move(content));
  const auto syntax = ends_with(path, ".json") ? text::Syntax::kJson : text::Syntax::kAuto;
  auto root = text::read(sources, source, syntax);
  if (!root) return std::move(root).error();
  return unwrap(*std::move(root), sources);
}

}  // namespace policysim::world
