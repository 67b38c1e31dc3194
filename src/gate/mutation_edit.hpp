// A small change of one statement, as data: what mutation operators make.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/ast.hpp"

namespace policysim::gate {

// A change of the text. `text` takes the place of the value or key at `range`; without it the list
// item or member there is taken out, with its comma.
struct TextEdit {
  SourceSpan range;
  std::optional<std::string> text;
};

struct StatementEdit {
  std::string_view op;                       // of mutation_operators()
  std::uint32_t statement = 0;               // index in its document
  std::optional<policy::Statement> becomes;  // none: it is dropped
  SourceSpan range;                          // what is changed
  std::string what;                          // in words
  std::vector<TextEdit> text;                // empty: the statement has to be written anew
};

// What the policies and worlds of a run speak of. Sorted.
struct Vocabulary {
  std::vector<std::string> tag_keys;
  std::vector<std::string> actions;  // without wildcards
  std::vector<std::string> accounts;
};

// The statement that is changed. Borrowed.
struct Site {
  const policy::Document& document;
  std::uint32_t index;
  const Vocabulary& vocabulary;

  const policy::Statement& statement() const { return document.statements[index]; }
  bool version_2012() const { return document.effective_version() == policy::Version::k2012; }
};

// A list of texts within a statement.
struct ListAt {
  enum class Part : std::uint8_t { kAction, kResource, kPrincipal, kCondition };
  Part part = Part::kAction;
  std::size_t block = 0;  // kCondition: its operator; kPrincipal: its entry
  std::size_t key = 0;    // kCondition
};
std::vector<ListAt> lists_of(const policy::Statement& statement);
const policy::Texts& list_at(const policy::Statement& statement, const ListAt& at);
policy::Texts& list_at(policy::Statement& statement, const ListAt& at);

// How texts of the list are read: may they hold wildcards, or policy variables?
bool takes_wildcards(const policy::Statement& statement, const ListAt& at);
bool takes_variables(const Site& site, const ListAt& at);

// A change of one text. `as` says what it becomes.
StatementEdit change_text(const Site& site, const ListAt& at, std::size_t value, std::string as);

}  // namespace policysim::gate
