// What the parts of the parser share: the document's type and version, and the findings so far.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/quoted.hpp"
#include "names/checker.hpp"
#include "policy/ast.hpp"
#include "policy/type_rules.hpp"
#include "policysim/diagnostic.hpp"
#include "text/node.hpp"

namespace policysim::policy {

// Collects findings with the severities of catalog/rules. With `lenient` the rules by policy type
// and unknown operators only warn. One per document.
class Findings {
 public:
  explicit Findings(bool lenient) : lenient_(lenient) {}

  void add(std::string_view rule, const SourceSpan& span, std::string message,
           std::string help = {}, std::vector<SourceSpan> related = {});
  void add(Diagnostic diagnostic);
  bool has_error() const noexcept { return has_error_; }
  bool full() const noexcept;  // what follows is left out
  std::vector<Diagnostic> take_sorted() &&;

 private:
  std::vector<Diagnostic> list_;
  bool lenient_ = false;
  bool has_error_ = false;
};

struct Context {
  const TypeRules& rules;
  Findings findings;
  bool lenient = false;
  bool plain_scalars = false;  // YAML: an unquoted 123456789012 is as good as text
  Version version = Version::k2008;
  names::Checker names;
};

// User text in back-ticks, cut where it is long.
inline std::string quoted(std::string_view text) { return base::quoted(text, 100); }
using base::did_you_mean;

// The part of a string's span that shows `length` bytes from `offset` of its value; all of it when
// escapes hide where they stand.
SourceSpan subspan(const Text& text, std::size_t offset, std::size_t length) noexcept;

void report_wrong_type(const text::Node& node, std::string_view element, std::string_view wanted,
                       Context& context);
void check_characters(std::string_view value, const SourceSpan& span, Context& context);

// What a string may be: text alone, or also a JSON boolean or number (condition values).
enum class Scalars : std::uint8_t { kText, kAny };

std::optional<Text> read_text(const text::Node& node, std::string_view element, Context& context,
                              Scalars scalars = Scalars::kText);
// A string or a list of strings; none when neither (reported).
std::optional<Texts> read_texts(const text::Node& node, std::string_view element, Context& context,
                                Scalars scalars = Scalars::kText);

// Policy variables in a place where AWS substitutes none (`place`: "actions", "a `Sid`").
// True when one stands there.
bool report_variables(const Text& text, std::string_view place, Context& context);
// Variables where they are allowed: malformed ones, and any in Version 2008-10-17.
void check_variables(const Text& text, Context& context);

}  // namespace policysim::policy
