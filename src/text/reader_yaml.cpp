// YAML through yaml-cpp's events, the only interface of it that shows duplicate keys and aliases.
// Its marks are starts; the ends are found by scanning on from there.
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <limits>
#include <streambuf>
#include <utility>

#include "text/tree_builder.hpp"
#include "text/utf8.hpp"
#include "text/yaml_errors.hpp"
#include "text/yaml_scan.hpp"

namespace policysim::text {
namespace {

// Ends the parse from inside the library; caught by read_yaml.
struct Stop {
  Diagnostic diagnostic;
};

class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // NOLINT: a get area is never written
    setg(begin, begin, begin + text.size());
  }
};

struct Extent {
  std::size_t nodes = 0;
  std::size_t bytes = 0;
  std::size_t height = 0;
};

void measure(const Node& node, std::size_t level, std::size_t most_nodes, Extent& extent) {
  if (++extent.nodes > most_nodes) return;
  extent.bytes += node.text.size();
  if (!node.is_list() && !node.is_map()) return;
  extent.height = std::max(extent.height, level + 1);
  for (const Node& item : node.items) measure(item, level + 1, most_nodes, extent);
  for (const Member& member : node.members) {
    extent.bytes += member.key.size();
    measure(member.value, level + 1, most_nodes, extent);
    if (extent.nodes > most_nodes) return;
  }
}

// yaml-cpp decodes the escapes `\N` and `\_` to the bytes 85 and A0, which are no UTF-8.
std::string repaired(std::string_view value) {
  std::string out;
  while (true) {
    const std::size_t valid = find_invalid_utf8(value);
    out += value.substr(0, valid);
    if (valid == std::string_view::npos) return out;
    out += '\xC2';
    out += value[valid];
    value.remove_prefix(valid + 1);
  }
}

class Handler final : public YAML::EventHandler {
 public:
  Handler(std::string_view text, const ReadLimits& limits, TreeBuilder& tree)
      : text_(text),
        limits_(limits),
        tree_(tree),
        bom_(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0) {}

  // Marks count from after the byte order mark.
  std::size_t at(const YAML::Mark& mark) const {
    if (mark.pos < 0) return text_.size();
    return std::min(static_cast<std::size_t>(mark.pos) + bom_, text_.size());
  }

  const std::optional<Diagnostic>& deferred() const { return deferred_; }
  bool has_document() const { return has_document_; }
  std::size_t cursor() const { return cursor_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (deferred_) return;
    const std::size_t begin = at(mark);
    if (!has_document_) {
      has_document_ = true;
      cursor_ = begin;
      return;
    }
    if (text_.substr(begin).starts_with("---")) {
      stop("PS0203", "a second document in one text", "split the file", begin, begin + 3);
    }
    stop("PS0201", "unexpected text after the document", "check quotes and indentation", begin,
         std::min(begin + 1, text_.size()));
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (deferred_) return;
    const std::size_t start = at(mark);
    if (tree_.expects_key()) {
      check_key(start, anchor);
      const std::size_t length = yaml_null_length(text_, start, in_brackets());
      if (length == 0) stop("PS0204", "a key is empty", {}, start, start);
      add_key(text_.substr(start, length), start, start + length);
      return;
    }
    std::size_t begin = skip_anchor(start, anchor);
    std::size_t end = begin + yaml_null_length(text_, begin, in_brackets());
    if (end == begin || is_yaml_key_end(text_, end, in_brackets())) {
      begin = end = anchor == 0 ? empty_place() : skip_yaml_name(text_, start);
    }
    add({NodeKind::kNull, tree_.span(begin, end), {}, {}, {}}, anchor);
    cursor_ = end;
  }

  void OnScalar(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                const std::string& value) override {
    if (deferred_) return;
    const bool is_key = tree_.expects_key();
    if (is_key) check_key(at(mark), anchor);
    const std::size_t begin = skip_anchor(at(mark), anchor);
    const std::size_t end = yaml_scalar_end(text_, begin, value);
    if (end == std::string_view::npos) {
      stop("PS0201", "the quoted text is not closed", {}, begin, begin + 1);
    }
    std::string decoded = repaired(value);
    if (is_key) {
      add_key(decoded, begin, end);
      return;
    }
    const NodeKind kind = yaml_scalar_kind(text_.substr(begin, 1), decoded);
    add({kind, tree_.span(begin, end), std::move(decoded), {}, {}}, anchor);
    cursor_ = end;
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (deferred_) return;
    const std::size_t begin = at(mark);
    const std::size_t end = skip_yaml_name(text_, begin);
    if (tree_.expects_key()) {
      stop("PS0204", "an alias as key", "write the key itself", begin, end);
    }
    const Node& target = resolve(anchor);
    if (tree_.is_open(&target)) {
      stop("PS0206",
           "alias " + quoted(text_.substr(begin, end - begin)) + " stands in its own value", {},
           begin, end);
    }
    Extent extent;
    measure(target, 0, limits_.alias_nodes - alias_nodes_, extent);
    alias_nodes_ += extent.nodes;
    alias_bytes_ += extent.bytes;
    if (alias_nodes_ > limits_.alias_nodes || alias_bytes_ > limits_.bytes) {
      stop("PS0205", "aliases copy in too much",
           "at most " + std::to_string(limits_.alias_nodes) + " values and " +
               std::to_string(limits_.bytes) + " bytes",
           begin, end);
    }
    if (tree_.depth() + extent.height > limits_.depth) {
      stop_too_deep(begin, end);
    }
    if (!tree_.add(target, extent.nodes)) throw Stop{*tree_.error()};
    cursor_ = end;
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(NodeKind::kList, mark, anchor);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(NodeKind::kMap, mark, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

 private:
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

  // Where a node stands: addresses change while its list grows. `parent` counts containers in the
  // order in which they were opened.
  struct Place {
    std::uint32_t parent = kNone;
    std::uint32_t index = 0;
  };

  [[noreturn]] void stop(std::string_view rule, std::string message, std::string help,
                         std::size_t begin, std::size_t end) const {
    throw Stop{finding(rule, std::move(message), std::move(help), tree_.span(begin, end))};
  }

  [[noreturn]] void stop_too_deep(std::size_t begin, std::size_t end) const {
    stop("PS0013", "nested deeper than " + std::to_string(limits_.depth) + " levels", {}, begin,
         end);
  }

  // Start of the content of a node whose mark may point at its anchor. Tags end the read.
  std::size_t skip_anchor(std::size_t begin, YAML::anchor_t anchor) const {
    if (anchor != 0 && text_.substr(begin, 1) == "&") {
      begin = skip_yaml_gap(text_, skip_yaml_name(text_, begin));
    }
    if (text_.substr(begin, 1) == "!") {
      const std::size_t end = skip_yaml_name(text_, begin);
      stop("PS0202", "tag " + quoted(text_.substr(begin, end - begin)) + " is not supported",
           "remove it; text that starts with `!` stands in quotes", begin, end);
    }
    return begin;
  }

  void check_key(std::size_t begin, YAML::anchor_t anchor) const {
    for (std::size_t gap = skip_yaml_gap(text_, cursor_); gap < begin;
         gap = skip_yaml_gap(text_, gap + 1)) {
      if (text_[gap] == '?') {
        stop("PS0204", "an explicit key (`? key`)", "write `key: value`", gap, gap + 1);
      }
    }
    if (anchor != 0) {
      stop("PS0204", "an anchor on a key", "anchors stand before values", begin,
           skip_yaml_name(text_, begin));
    }
  }

  void add_key(std::string_view key, std::size_t begin, std::size_t end) {
    tree_.key(key, tree_.span(begin, end));
    const std::size_t colon = skip_yaml_gap(text_, end);
    if (text_.substr(colon, 1) == ":") {
      cursor_ = colon + 1;
      return;
    }
    cursor_ = end;
    if (frames_.back().has_bracket) return;  // `{a, b}`: both are null
    defer(finding("PS0201", "expected `:` after the key", {}, tree_.span(end, end)));
  }

  bool in_brackets() const { return !frames_.empty() && frames_.back().in_brackets; }

  // An error that stands unless the library finds the text itself broken: it guesses keys where
  // brackets are never closed and where a text ends.
  void defer(Diagnostic diagnostic) { deferred_ = std::move(diagnostic); }

  // Where a value stands that is not written: after its colon, dash or comma, or the last token.
  std::size_t empty_place() const {
    const Node* parent = tree_.top();
    if (parent == nullptr || !parent->is_list()) return cursor_;
    const bool has_bracket = frames_.back().has_bracket;
    if (has_bracket && parent->items.empty()) return cursor_;
    const std::size_t sign = skip_yaml_gap(text_, cursor_);
    return text_.substr(sign, 1) == (has_bracket ? "," : "-") ? sign + 1 : cursor_;
  }

  Place next_place() const {
    const Node* parent = tree_.top();
    if (parent == nullptr) return {};
    const std::size_t index = parent->is_list() ? parent->items.size() : parent->members.size() - 1;
    return {frames_.back().container, static_cast<std::uint32_t>(index)};
  }

  void remember(YAML::anchor_t anchor, Place place) {
    if (anchor == 0) return;
    anchors_.resize(std::max(anchors_.size(), anchor + 1));
    anchors_[anchor] = place;
  }

  const Node& resolve(YAML::anchor_t anchor) const {
    std::vector<std::uint32_t> path;
    for (Place place = anchors_[anchor]; place.parent != kNone; place = containers_[place.parent]) {
      path.push_back(place.index);
    }
    const Node* node = &tree_.root();
    for (auto index = path.rbegin(); index != path.rend(); ++index) {
      node = node->is_list() ? &node->items[*index] : &node->members[*index].value;
    }
    return *node;
  }

  void add(Node node, YAML::anchor_t anchor) {
    remember(anchor, next_place());
    if (!tree_.add(std::move(node))) throw Stop{*tree_.error()};
  }

  void open(NodeKind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (deferred_) {
      if (tree_.depth() + ++ignored_depth_ > limits_.depth) stop_too_deep(at(mark), at(mark));
      return;
    }
    const std::size_t begin = skip_anchor(at(mark), anchor);
    if (tree_.expects_key()) {
      defer(finding("PS0204", "a list or a map as key", "keys are plain or quoted text",
                    tree_.span(begin, std::min(begin + 1, text_.size()))));
      return;
    }
    const Place place = next_place();
    remember(anchor, place);
    if (!tree_.open(kind, begin)) throw Stop{*tree_.error()};
    const bool has_bracket = text_.substr(begin, 1) == "[" || text_.substr(begin, 1) == "{";
    frames_.push_back({static_cast<std::uint32_t>(containers_.size()), has_bracket,
                       has_bracket || in_brackets()});
    containers_.push_back(place);
    cursor_ = has_bracket ? begin + 1 : begin;
  }

  void close() {
    if (deferred_) {
      if (ignored_depth_ > 0) --ignored_depth_;
      return;
    }
    if (frames_.back().has_bracket) {
      std::size_t end = skip_yaml_gap(text_, cursor_);
      while (text_.substr(end, 1) == ",") end = skip_yaml_gap(text_, end + 1);
      cursor_ = std::min(end + 1, text_.size());
    }
    frames_.pop_back();
    tree_.close(cursor_);
  }

  struct Frame {
    std::uint32_t container;
    bool has_bracket;
    bool in_brackets;  // of its own or further out
  };

  std::string_view text_;
  const ReadLimits& limits_;
  TreeBuilder& tree_;
  std::size_t bom_;
  std::size_t cursor_ = 0;  // end of the last token
  bool has_document_ = false;
  std::optional<Diagnostic> deferred_;
  std::size_t ignored_depth_ = 0;  // of what is open since then
  std::vector<Frame> frames_;
  std::vector<Place> containers_;
  std::vector<Place> anchors_;  // by the library's number, from one
  std::size_t alias_nodes_ = 0;
  std::size_t alias_bytes_ = 0;
};

// What yaml-cpp takes for something else: 04 for the end of the text, a lone CR for content.
std::size_t find_control(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte != 0x7F) continue;
    if (byte == '\t' || byte == '\n') continue;
    if (byte != '\r' || text.substr(at + 1, 1) != "\n") return at;
  }
  return std::string_view::npos;
}

}  // namespace

Result<Node> read_yaml(std::string_view text, std::uint32_t source, const ReadLimits& limits) {
  TreeBuilder tree(source, limits);
  if (const std::size_t at = find_control(text); at != std::string_view::npos) {
    const bool is_return = text[at] == '\r';
    return failure(finding(
        "PS0207", is_return ? "carriage return without line feed" : "control character in YAML",
        is_return ? "end lines with a line feed" : R"(write it as an escape in double quotes)",
        tree.span(at, at + 1)));
  }
  ViewBuffer buffer(text);
  std::istream stream(&buffer);
  Handler handler(text, limits, tree);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(handler)) {
      if (handler.deferred()) break;
    }
  } catch (const Stop& reason) {
    return failure(reason.diagnostic);
  } catch (const YAML::DeepRecursion&) {  // before a generous limit of the caller
    return failure(
        finding("PS0013", "nested too deep", {}, tree.span(handler.cursor(), handler.cursor())));
  } catch (const YAML::Exception& error) {
    return failure(explain_yaml(text, handler.at(error.mark), error.msg, source));
  }
  if (handler.deferred()) return failure(*handler.deferred());
  if (!handler.has_document()) {
    return failure(finding("PS0006", "the text is empty", {}, tree.span(0, 0)));
  }
  return std::move(tree).take();
}

}  // namespace policysim::text
