// Lowers statements of the AST to nodes of the condition graph, each distinct node once. One per
// compilation, one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "policy/ast.hpp"
#include "policy/variables.hpp"
#include "program/program.hpp"

namespace policysim::compile {

// How a policy string is read.
enum class PatternMode : char {
  kExact = 'e',       // no wildcards
  kLike = 'l',        // * and ? cover anything
  kArn = 'a',         // condition ARN: wildcards stay within the first five parts
  kResource = 'r',    // resource ARN: a star that ends its part may cross colons
  kPadded = 'p',      // a short resource ARN, filled up with ":*"
  kLiteralType = 't'  // resource ARN whose type part has no wildcards
};

// What the document says about reading its strings.
struct Scope {
  PolicyType type = PolicyType::kIdentity;
  bool version_2012 = true;
};

class Lowering {
 public:
  explicit Lowering(program::Program& program) : program_(program) {}

  // Appends one statement row and returns its id.
  std::uint32_t statement(const policy::Statement& statement, const Scope& scope);

 private:
  // A node that stands already, and the options that lowering it has touched.
  struct Node {
    std::uint32_t id = 0;
    catalog::OptionSet touched = 0;
  };

  std::string_view keep(std::string_view text);
  std::uint32_t key(std::string_view name, const Scope& scope);
  std::uint32_t new_key(std::string_view name, std::string folded);

  std::uint32_t pattern(std::string_view text, PatternMode mode, const Scope& scope);
  void tokens(const std::vector<policy::Piece>& pieces, PatternMode mode, const Scope& scope,
              program::Pattern& out);
  void classify(PatternMode mode, program::Pattern& out);

  void actions(const policy::Element& element, program::StatementRow& row);
  void resource(const policy::Statement& statement, const Scope& scope, program::StatementRow& row);
  program::ResourcePattern resource_pattern(std::string_view text, const Scope& scope,
                                            catalog::OptionSet& touched);
  void principal(const policy::Statement& statement, const Scope& scope,
                 program::StatementRow& row);
  void conditions(const policy::Statement& statement, const Scope& scope,
                  program::StatementRow& row);
  Node predicate(const catalog::ConditionOperator& op, const policy::Condition& condition,
                 const Scope& scope);
  void add_operands(const catalog::OperatorRow& info, std::vector<std::uint32_t> operands,
                    program::Predicate& out);
  void operand(const catalog::OperatorRow& info, std::string_view text, const Scope& scope,
               program::Predicate& out, std::vector<std::uint32_t>& operands,
               catalog::OptionSet& touched);
  std::uint32_t constant(bool holds);

  bool is_reading(catalog::Option option, std::string_view reading) const noexcept;

  program::Program& program_;
  std::unordered_map<std::string_view, std::string_view> texts_;
  std::unordered_map<std::string, std::uint32_t> keys_;  // by spelling; hidden keys by "\0" + it
  std::unordered_map<std::string, std::uint32_t> patterns_;
  std::unordered_map<std::string, Node> nodes_;  // predicates, resources, principals
};

}  // namespace policysim::compile
