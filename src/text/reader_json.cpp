// JSON through nlohmann's SAX interface, which tells neither where a token starts nor how a number
// was written: both are read from the text between the ends of two tokens.
#include <cstddef>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "text/json_errors.hpp"
#include "text/tree_builder.hpp"

namespace policysim::text {
namespace {

using Json = nlohmann::json;

// Tells through a pointer how far the lexer has read: the lexer works on a copy.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, const char** reached) : at_(at), reached_(reached) {}

  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    *reached_ = ++at_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) {
    return a.at_ == b.at_;
  }
  friend bool operator!=(const CountingIterator& a, const CountingIterator& b) { return !(a == b); }

 private:
  const char* at_;
  const char** reached_;
};

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// The names and signatures are the library's. A false return ends the parse.
class Handler {
 public:
  Handler(std::string_view text, const char*& reached, TreeBuilder& tree)
      : text_(text), reached_(reached), tree_(tree) {
    if (text.starts_with(kByteOrderMark)) end_ = kByteOrderMark.size();
  }

  bool null() { return add(NodeKind::kNull, position(), {}); }
  bool boolean(bool value) { return add(NodeKind::kBool, position(), value ? "true" : "false"); }
  bool number_integer(Json::number_integer_t /*value*/) { return number(); }
  bool number_unsigned(Json::number_unsigned_t /*value*/) { return number(); }
  bool number_float(Json::number_float_t /*value*/, const std::string& /*text*/) {
    return number();
  }
  bool string(const std::string& value) { return add(NodeKind::kString, position(), value); }
  bool binary(Json::binary_t& /*value*/) { return false; }  // never in JSON text

  bool start_object(std::size_t /*count*/) { return open(NodeKind::kMap); }
  bool start_array(std::size_t /*count*/) { return open(NodeKind::kList); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(const std::string& value) {
    const std::size_t begin = next_begin();
    end_ = position();
    tree_.key(value, tree_.span(begin, end_));
    expected_ = JsonExpected::kColon;
    return true;
  }

  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const Json::exception& /*error*/) {
    const Node* open = tree_.top();
    const JsonFault fault{text_, end_, expected_, open == nullptr ? nullptr : &open->span};
    tree_.fail(explain_json(fault, tree_.span(0, 0).source));
    return false;
  }

 private:
  std::size_t position() const { return static_cast<std::size_t>(reached_ - text_.data()); }

  std::size_t next_begin() const {
    const std::size_t begin = text_.find_first_not_of(" \t\r\n,:", end_);
    return begin == std::string_view::npos ? text_.size() : begin;
  }

  void expect_next() {
    const Node* open = tree_.top();
    if (open == nullptr) {
      expected_ = JsonExpected::kEnd;
    } else {
      expected_ = open->is_map() ? JsonExpected::kNextMember : JsonExpected::kNextItem;
    }
  }

  bool add(NodeKind kind, std::size_t end, std::string_view value) {
    Node node;
    node.kind = kind;
    node.span = tree_.span(next_begin(), end);
    node.text = value;
    end_ = end;
    const bool added = tree_.add(std::move(node));
    expect_next();
    return added;
  }

  // The lexer has read one byte too far, unless the text ended. That byte is no digit but after a
  // leading zero.
  bool number() {
    const std::size_t begin = next_begin();
    const std::size_t digits = begin + (text_[begin] == '-' ? 1 : 0);
    if (text_[digits] == '0' && digits + 1 < text_.size() && is_digit(text_[digits + 1])) {
      tree_.fail(explain_leading_zero(text_, begin, tree_.span(0, 0).source));
      return false;
    }
    const std::size_t end = is_digit(text_[position() - 1]) ? position() : position() - 1;
    return add(NodeKind::kNumber, end, text_.substr(begin, end - begin));
  }

  bool open(NodeKind kind) {
    const std::size_t begin = position() - 1;
    end_ = position();
    expected_ = kind == NodeKind::kMap ? JsonExpected::kFirstMember : JsonExpected::kFirstItem;
    return tree_.open(kind, begin);
  }

  bool close() {
    end_ = position();
    tree_.close(end_);
    expect_next();
    return true;
  }

  std::string_view text_;
  const char*& reached_;
  TreeBuilder& tree_;
  std::size_t end_ = 0;  // of the last token of an event
  JsonExpected expected_ = JsonExpected::kValue;
};

}  // namespace

Result<Node> read_json(std::string_view text, std::uint32_t source, const ReadLimits& limits) {
  TreeBuilder tree(source, limits);
  const char* reached = text.data();
  Handler handler(text, reached, tree);
  const CountingIterator first(text.data(), &reached);
  const CountingIterator last(text.data() + text.size(), &reached);
  if (!Json::sax_parse(first, last, &handler)) return failure(*tree.error());
  return std::move(tree).take();
}

}  // namespace policysim::text
