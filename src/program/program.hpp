// The condition graph: what policies become. Nodes are packed, trivially copyable and shared
// between statements; everything is const after compile(). Immutable, share freely.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "base/string_map.hpp"
#include "catalog/operators.hpp"
#include "catalog/semantics_options.hpp"
#include "policysim/policy.hpp"
#include "program/action_index.hpp"
#include "values/decimal.hpp"
#include "values/glob.hpp"
#include "values/ip_prefix.hpp"
#include "values/timestamp.hpp"

namespace policysim::program {

constexpr std::uint32_t kNone = 0xFFFFFFFFU;

// A piece of a pattern: a glob token, or a variable whose text is known only with the request.
struct Token {
  values::GlobToken glob;     // kind and, for literals, the text
  std::uint32_t key = kNone;  // variable: its key
  bool has_default = false;   // variable: glob.text is the default
  bool in_part = false;       // variable before the fifth colon of a resource ARN
};

// Text to compare with, cut into tokens [first, first + count) of Program::tokens.
struct Pattern {
  enum class Kind : std::uint8_t {
    kAll,       // only stars: everything
    kLiteral,   // one literal token (or none: the empty text)
    kPrefix,    // a literal token, then kAnyRun
    kGlob,      // constant tokens
    kVariables  // tokens with variables
  };
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  Kind kind = Kind::kLiteral;
  bool never = false;  // a malformed variable, or an ARN of fewer than six parts
  bool exact = false;  // an operator without wildcards
  bool arn = false;    // kVariables of an ARN operator: parts are found after substitution
};

// One key test: an input times a comparison.
struct Predicate {
  static constexpr std::uint8_t kNegated = 1, kIfExists = 2, kWantTrue = 4, kWantFalse = 8,
                                kNoValues = 16, kSorted = 32;
  std::uint32_t key = kNone;  // index into Program::keys
  std::uint32_t first = 0;    // operands [first, first + count) of Program::operands: indexes
  std::uint32_t count = 0;    // into patterns, decimals, instants or prefixes, by kind
  catalog::ValueKind kind = catalog::ValueKind::kString;
  catalog::Comparison comparison = catalog::Comparison::kEquals;
  catalog::SetOperator set = catalog::SetOperator::kNone;
  std::uint8_t flags = 0;

  bool has(std::uint8_t flag) const noexcept { return (flags & flag) != 0; }
};
static_assert(sizeof(Predicate) <= 16 && std::is_trivially_copyable_v<Predicate>);

// One entry of Resource or NotResource.
struct ResourcePattern {
  std::uint32_t pattern = 0;
  std::uint32_t padded = kNone;  // a short ARN filled up to six parts
  bool early_variable = false;   // a variable before the fifth colon
  bool is_arn = false;           // starts with "arn:"
};

// Resource or NotResource of a statement: entries [first, first + count).
struct ResourceNode {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  bool negated = false;
  bool early_variable = false;   // of any entry
  bool may_not_resolve = false;  // an entry has a variable
};

// One value of Principal or NotPrincipal.
struct PrincipalEntry {
  enum class Kind : std::uint8_t {
    kStar,      // the bare "*"
    kAwsStar,   // {"AWS": "*"}
    kAccount,   // account id or root ARN
    kArn,       // any other ARN of IAM or STS
    kUniqueId,  // AIDA…, AROA…
    kService,
    kFederated,
    kCanonicalUser
  };
  Kind kind = Kind::kStar;
  std::string_view text;                                     // as written; kAccount: the account id
  std::string_view partition;                                // kAccount by ARN; empty for a bare id
  std::string_view role_account, role_name, role_partition;  // kArn of a role, without its path
};

struct PrincipalNode {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  bool negated = false;
  bool of_endpoint = false;  // gateway endpoints read account principals in their own way
};

// A statement: nodes it is made of. `conditions` are indexes into Program::condition_lists.
struct StatementRow {
  static constexpr std::uint8_t kDeny = 1, kNeverMatches = 2, kPrincipalArnCondition = 4,
                                kNotAction = 8;
  std::uint32_t principal = kNone;  // kNone: the policy type has none
  std::uint32_t resource = kNone;   // kNone: this resource
  std::uint32_t first_condition = 0;
  std::uint32_t condition_count = 0;
  std::uint32_t first_action = 0;  // Action or NotAction: [first_action, + action_count)
  std::uint32_t action_count = 0;  // of Program::action_lists
  std::uint8_t flags = 0;
  PolicyType type = PolicyType::kIdentity;
  catalog::OptionSet touched = 0;  // options that lowering this statement has touched

  bool has(std::uint8_t flag) const noexcept { return (flags & flag) != 0; }
  bool deny() const noexcept { return has(kDeny); }
};

// A condition key as a policy spells it, and what its request values must be parsed as.
struct Key {
  std::string_view name;
  std::string_view folded;
  std::uint32_t next_spelling = kNone;  // another key of the same folded name
  std::uint8_t kinds = 0;               // bit per catalog::ValueKind that compares it
};

// Candidate statements of one list of attached policies, by action: see GroupIndex.
struct Group {
  std::vector<std::uint32_t> documents;   // indexes into Program::documents, in policy order
  std::vector<std::uint32_t> not_action;  // positions in `order` of statements with NotAction
  std::vector<std::uint32_t> order;       // all statements, in policy order
  std::uint32_t unusable = kNone;         // index into Program::failures
  // Resource policies, as S3 Block Public Access sees them: of a bucket, of an access point.
  bool is_public = false;
  bool is_public_access_point = false;
  catalog::OptionSet public_touched = 0;
};

// A KMS grant whose statement stands among Program::statements.
struct GrantRow {
  std::string issuer;      // account
  bool by_issuer = false;  // lets the issuing account retire the grant
};

struct DocumentRow {
  std::uint32_t first_statement = 0;
  std::uint32_t statement_count = 0;
  std::uint32_t attached = 0;  // index into Sources::attached
  bool built_in = false;
};

struct Failure {
  std::string code;
  std::string message;
};

struct LevelRow {
  std::string id;
  std::uint32_t scps = kNone;  // group; kNone: an empty list, which allows nothing
  std::uint32_t rcps = kNone;  // group of customer RCPs; kNone: none
};

struct AccountRow {
  bool management = false;
  bool scp_enabled = false;
  bool rcp_enabled = false;
  std::vector<std::uint32_t> scp_levels;  // root first
  std::vector<std::uint32_t> rcp_levels;
};

// Attachments of one policy type: group by target; `all` is attached to every target.
struct AttachmentTable {
  base::StringMap<std::uint32_t> groups;
  std::uint32_t all = kNone;

  bool empty() const noexcept { return groups.empty() && all == kNone; }
};

struct Program {
  std::deque<std::string> texts;  // owns every string_view below; addresses are stable
  catalog::Readings readings;
  std::string rcp_date;
  std::vector<std::string> rcp_services;  // sorted; empty: the catalogue's list at rcp_date

  std::vector<Key> keys;
  std::unordered_map<std::string_view, std::uint32_t> key_of_folded;  // first spelling
  std::vector<Token> tokens;
  std::vector<Pattern> patterns;
  std::vector<values::Decimal> decimals;
  std::vector<values::Timestamp> instants;
  std::vector<values::IpPrefix> prefixes;

  std::vector<std::uint32_t> operands;
  std::vector<Predicate> predicates;
  std::vector<ResourcePattern> resource_patterns;
  std::vector<ResourceNode> resources;
  std::vector<PrincipalEntry> principal_entries;
  std::vector<PrincipalNode> principals;
  std::vector<std::uint32_t> condition_lists;  // predicates of statements
  std::vector<StatementRow> statements;
  std::vector<std::uint32_t> action_lists;  // pattern ids of ActionIndex
  std::vector<DocumentRow> documents;
  std::vector<std::uint32_t> document_of;  // statement -> document

  ActionIndex actions;
  GroupIndex postings;
  std::vector<Group> groups;
  AttachmentTable identity, boundary, session, resource, endpoint, grant;
  std::unordered_map<std::uint32_t, GrantRow> grants;  // by statement
  std::vector<LevelRow> levels;
  base::StringMap<AccountRow> accounts;
  AccountRow everywhere;  // levels that bind every account
  std::vector<Failure> failures;
  std::uint32_t longest_pattern = 0;  // tokens; sizes the scratch memory of substitution

  // Do RCPs cover the service?
  bool rcp_supports(std::string_view service_prefix) const noexcept;
};

}  // namespace policysim::program
