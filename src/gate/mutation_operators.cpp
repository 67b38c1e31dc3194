#include "gate/mutation_operators.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "policy/parse.hpp"
#include "text/reader.hpp"
#include "text/source.hpp"

namespace policysim::gate {
namespace {

constexpr std::array kOperators = {
    MutationOperator{"drop-statement", "a statement is missing", drop_statement},
    MutationOperator{"flip-effect", "Allow and Deny change places", flip_effect},
    MutationOperator{"drop-condition", "a statement loses its Condition", drop_condition},
    MutationOperator{"drop-operator", "a condition operator is missing with all its keys",
                     drop_operator, true},
    MutationOperator{"drop-key", "a condition key is missing", drop_key, true},
    MutationOperator{"drop-value", "one of several values is missing", drop_value, true},
    MutationOperator{"negate-operator", "an operator turns into its negation, or back",
                     negate_operator, true},
    MutationOperator{"if-exists", "IfExists is added or missing", toggle_if_exists, true},
    MutationOperator{"set-operator", "ForAllValues and ForAnyValue change places, or are missing",
                     change_set_operator, true},
    MutationOperator{"like-to-equals", "StringLike turns into StringEquals", like_to_equals, true},
    MutationOperator{"widen-action", "an action turns into `*`", widen_action, true},
    MutationOperator{"widen-resource", "a resource turns into `*`", widen_resource, true},
    MutationOperator{"widen-principal", "Principal turns into `*`", widen_principal},
    MutationOperator{"narrow-wildcard", "a wildcard is missing", narrow_wildcard, true},
    MutationOperator{"negate-action", "Action and NotAction change places", negate_action},
    MutationOperator{"negate-resource", "Resource and NotResource change places", negate_resource},
    MutationOperator{"swap-tag-key", "another tag is asked for", swap_tag_key, true},
    MutationOperator{"drop-variable", "a policy variable is missing", drop_variable, true},
    MutationOperator{"change-account", "an account id is another", change_account, true},
    MutationOperator{"detach", "a policy is not attached", nullptr},
    MutationOperator{"move-up", "an SCP or RCP is attached one level higher", nullptr},
    MutationOperator{"move-down", "an SCP or RCP is attached one level lower", nullptr},
};

// Warnings about statements that AWS does not take, or that say nothing.
constexpr std::array<std::string_view, 6> kRefused = {"PS1113", "PS1114", "PS1115",
                                                      "PS1122", "PS1123", "PS1124"};

constexpr std::size_t kMostBytes = std::size_t{256} << 20U;  // of all edits of a statement, roughly

// Each edit copies the statement.
bool is_too_large(const policy::Statement& statement) {
  std::size_t edits = 0;
  for (const ListAt& at : lists_of(statement)) {
    for (const policy::Text& text : list_at(statement, at).values) {
      const auto wild = std::count_if(text.value.begin(), text.value.end(),
                                      [](char c) { return c == '*' || c == '?'; });
      edits += 6 + static_cast<std::size_t>(wild);
    }
  }
  return edits > kMostBytes / (statement.span.end - statement.span.begin + 1);
}

policy::Document alone(const policy::Document& document, const policy::Statement& statement) {
  policy::Document out;
  out.type = document.type;
  out.version = document.version;
  out.statements.push_back(statement);
  return out;
}

// Findings that refuse a statement, or none if it reads back as another.
std::optional<std::multiset<std::string>> refusals(const policy::Document& document) {
  text::SourceMap sources;
  const std::uint32_t source = sources.add("", policy::unparse(document));
  const Result<text::Node> root = text::read(sources, source);
  if (!root) return std::nullopt;
  const policy::Parsed parsed = policy::parse(*root, document.type);
  if (!(parsed.document == document)) return std::nullopt;
  std::multiset<std::string> out;
  for (const Diagnostic& finding : parsed.findings) {
    const bool refused =
        finding.severity == Severity::kError ||
        std::find(kRefused.begin(), kRefused.end(), finding.rule) != kRefused.end();
    if (refused) out.insert(finding.rule);
  }
  return out;
}

// Scalars and lists of one are the same to AWS.
std::string form_of(const policy::Document& document, policy::Statement statement) {
  for (const ListAt& at : lists_of(statement)) list_at(statement, at).list = true;
  return policy::unparse(alone(document, statement));
}

// Two blocks of one operator cannot stand in a file: the later one joins the earlier.
bool join_blocks(policy::Statement& statement) {
  bool joined = false;
  for (std::size_t i = 1; i < statement.condition.size();) {
    policy::ConditionBlock& block = statement.condition[i];
    const auto same = std::find_if(statement.condition.begin(),
                                   statement.condition.begin() + static_cast<std::ptrdiff_t>(i),
                                   [&block](const policy::ConditionBlock& other) {
                                     return other.name.value == block.name.value;
                                   });
    if (same == statement.condition.begin() + static_cast<std::ptrdiff_t>(i)) {
      ++i;
      continue;
    }
    for (policy::Condition& one : block.conditions) same->conditions.push_back(std::move(one));
    statement.condition.erase(statement.condition.begin() + static_cast<std::ptrdiff_t>(i));
    joined = true;
  }
  return joined;
}

}  // namespace

std::span<const MutationOperator> mutation_operators() noexcept { return kOperators; }

std::vector<StatementEdit> edits_of(const Site& site) {
  std::vector<StatementEdit> all, out;
  const bool few = is_too_large(site.statement());
  for (const MutationOperator& op : kOperators) {
    const std::size_t first = all.size();
    if (op.edit != nullptr && !(few && op.many)) op.edit(site, all);
    for (std::size_t i = first; i < all.size(); ++i) {
      all[i].op = op.name;
      all[i].statement = site.index;
    }
  }
  const auto before = refusals(alone(site.document, site.statement()));
  std::set<std::string> known = {form_of(site.document, site.statement())};
  for (StatementEdit& edit : all) {
    if (edit.becomes) {
      if (join_blocks(*edit.becomes)) edit.text.clear();
      if (!known.insert(form_of(site.document, *edit.becomes)).second) continue;
      const auto after = refusals(alone(site.document, *edit.becomes));
      const bool refused = !after || (before && !std::includes(before->begin(), before->end(),
                                                               after->begin(), after->end()));
      if (refused) continue;
    }
    out.push_back(std::move(edit));
  }
  return out;
}

}  // namespace policysim::gate
