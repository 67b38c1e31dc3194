#include "program/dump.hpp"

namespace policysim::program {
namespace {

std::string printable(std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F && c != '\\') {
      out += c;
    } else {
      out += "\\x";
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    }
  }
  return out;
}

std::string pattern_text(const Program& program, std::uint32_t id) {
  using Kind = values::GlobToken::Kind;
  const Pattern& pattern = program.patterns[id];
  if (pattern.never) return "(never)";
  std::string out = "\"";
  for (std::uint32_t i = 0; i < pattern.count; ++i) {
    const Token& token = program.tokens[pattern.first + i];
    if (token.key != kNone) {
      out += "${" + printable(program.keys[token.key].name) + "}";
      continue;
    }
    switch (token.glob.kind) {
      case Kind::kLiteral:
        out += printable(token.glob.text);
        break;
      case Kind::kAnyRun:
        out += "{any*}";
        break;
      case Kind::kAnyOne:
        out += "{any}";
        break;
      case Kind::kSegmentRun:
        out += "{part*}";
        break;
      case Kind::kSegmentOne:
        out += "{part}";
        break;
    }
  }
  return out + "\"";
}

std::string predicate_text(const Program& program, const Predicate& predicate) {
  using catalog::ValueKind;
  std::string out;
  for (const catalog::OperatorRow& row : catalog::operators()) {
    if (row.kind != predicate.kind || row.comparison != predicate.comparison) continue;
    out = predicate.has(Predicate::kNegated) ? row.negated : row.name;
    break;
  }
  if (predicate.set == catalog::SetOperator::kForAllValues) out = "ForAllValues:" + out;
  if (predicate.set == catalog::SetOperator::kForAnyValue) out = "ForAnyValue:" + out;
  if (predicate.has(Predicate::kIfExists)) out += "IfExists";
  out += ' ' + printable(program.keys[predicate.key].name);
  if (predicate.has(Predicate::kWantTrue)) out += " true";
  if (predicate.has(Predicate::kWantFalse)) out += " false";
  const bool patterns = predicate.kind == ValueKind::kString || predicate.kind == ValueKind::kArn;
  if (!patterns) {
    return predicate.count == 0 ? out : out + " (" + std::to_string(predicate.count) + " values)";
  }
  for (std::uint32_t i = 0; i < predicate.count; ++i) {
    out += ' ' + pattern_text(program, program.operands[predicate.first + i]);
  }
  return out;
}

std::string statement_text(const Program& program, const StatementRow& row) {
  std::string out = row.deny() ? "Deny" : "Allow";
  if (row.has(StatementRow::kNeverMatches)) out += " never";
  out += row.has(StatementRow::kNotAction) ? " not-action" : " action";
  for (std::uint32_t i = 0; i < row.action_count; ++i) {
    const std::uint32_t id = program.action_lists[row.first_action + i];
    out += ' ' + printable(program.actions.name(id));
  }
  if (row.principal != kNone) out += " principal p" + std::to_string(row.principal);
  if (row.resource != kNone) out += " resource r" + std::to_string(row.resource);
  for (std::uint32_t i = 0; i < row.condition_count; ++i) {
    out += (i == 0 ? " if c" : " and c") +
           std::to_string(program.condition_lists[row.first_condition + i]);
  }
  return out;
}

void dump_nodes(const Program& program, std::string& out) {
  for (std::size_t i = 0; i < program.principals.size(); ++i) {
    const PrincipalNode& node = program.principals[i];
    out += "p" + std::to_string(i) + (node.negated ? " not-principal" : " principal");
    for (std::uint32_t e = 0; e < node.count; ++e) {
      const PrincipalEntry& entry = program.principal_entries[node.first + e];
      out += entry.text.empty() ? " *" : ' ' + printable(entry.text);
    }
    out += '\n';
  }
  for (std::size_t i = 0; i < program.resources.size(); ++i) {
    const ResourceNode& node = program.resources[i];
    out += "r" + std::to_string(i) + (node.negated ? " not-resource" : " resource");
    for (std::uint32_t e = 0; e < node.count; ++e) {
      out += ' ' + pattern_text(program, program.resource_patterns[node.first + e].pattern);
    }
    out += '\n';
  }
  for (std::size_t i = 0; i < program.predicates.size(); ++i) {
    out += "c" + std::to_string(i) + ' ' + predicate_text(program, program.predicates[i]) + '\n';
  }
}

template <class T>
std::size_t bytes(const std::vector<T>& list) noexcept {
  return list.capacity() * sizeof(T);
}

}  // namespace

std::string dump(const Program& program) {
  std::string out;
  for (std::size_t i = 0; i < program.statements.size(); ++i) {
    out += "s" + std::to_string(i) + " d" + std::to_string(program.document_of[i]) + ' ' +
           statement_text(program, program.statements[i]) + '\n';
  }
  dump_nodes(program, out);
  for (std::size_t i = 0; i < program.groups.size(); ++i) {
    out += "g" + std::to_string(i);
    for (const std::uint32_t document : program.groups[i].documents) {
      out += " d" + std::to_string(document);
    }
    out += '\n';
  }
  return out;
}

std::size_t memory_bytes(const Program& program) noexcept {
  std::size_t sum = sizeof(Program) + program.postings.memory_bytes();
  for (const std::string& text : program.texts) sum += sizeof(std::string) + text.capacity();
  for (const Group& group : program.groups) {
    sum += bytes(group.documents) + bytes(group.not_action) + bytes(group.order);
  }
  return sum + bytes(program.keys) + bytes(program.tokens) + bytes(program.patterns) +
         bytes(program.decimals) + bytes(program.instants) + bytes(program.prefixes) +
         bytes(program.operands) + bytes(program.predicates) + bytes(program.resource_patterns) +
         bytes(program.resources) + bytes(program.principal_entries) + bytes(program.principals) +
         bytes(program.condition_lists) + bytes(program.statements) + bytes(program.action_lists) +
         bytes(program.documents) + bytes(program.document_of) + bytes(program.groups) +
         bytes(program.levels);
}

}  // namespace policysim::program
