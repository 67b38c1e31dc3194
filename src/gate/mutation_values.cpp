// Operators on values: of actions, resources, principals and conditions.
#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "gate/mutation_operators.hpp"
#include "policy/variables.hpp"

namespace policysim::gate {
namespace {

using Part = ListAt::Part;
using policy::Piece;

std::vector<Piece> pieces_of(const Site& site, const ListAt& at, const std::string& value) {
  return policy::split_variables(value, takes_variables(site, at));
}

bool same_tag(std::string_view a, std::string_view b) { return base::equals_ignore_case(a, b); }

// The tag key behind this one in the order of the vocabulary; empty: there is no other.
std::string other_tag(const Site& site, std::string_view tag) {
  const auto& all = site.vocabulary.tag_keys;
  const auto differs = [&](const std::string& one) { return !same_tag(one, tag); };
  const auto behind = std::upper_bound(all.begin(), all.end(), tag);
  auto found = std::find_if(behind, all.end(), differs);
  if (found == all.end()) found = std::find_if(all.begin(), all.end(), differs);
  return found == all.end() ? std::string() : *found;
}

std::string other_account(const Site& site, std::string_view id) {
  const auto& all = site.vocabulary.accounts;
  const auto found =
      std::find_if(all.begin(), all.end(), [id](const std::string& one) { return one != id; });
  return found == all.end() ? (id == "000000000000" ? "000000000001" : "000000000000") : *found;
}

void swap_key(const Site& site, std::size_t block, std::size_t key,
              std::vector<StatementEdit>& out) {
  const policy::Text& from = site.statement().condition[block].conditions[key].key;
  const std::string_view tag = tag_of(from.value);
  const std::string other = tag.empty() ? std::string() : other_tag(site, tag);
  if (other.empty()) return;
  const std::string to = from.value.substr(0, from.value.size() - tag.size()) + other;
  StatementEdit edit;
  edit.range = from.span;
  edit.what = "`" + from.value + "` becomes `" + to + "`";
  edit.text.push_back({from.span, to});
  edit.becomes = site.statement();
  edit.becomes->condition[block].conditions[key].key.value = to;
  out.push_back(std::move(edit));
}

// Calls `visit` with each value and where it stands.
template <class Visit>
void each_value(const Site& site, Visit visit) {
  for (const ListAt& at : lists_of(site.statement())) {
    const policy::Texts& texts = list_at(site.statement(), at);
    for (std::size_t i = 0; i < texts.values.size(); ++i) visit(at, i, texts.values[i].value);
  }
}

// Nothing is left of an action or resource that ends with its service.
bool is_narrow(const std::string& text) { return !text.empty() && text.back() != ':'; }

}  // namespace

std::string_view tag_of(std::string_view key) noexcept {
  const std::size_t slash = key.find('/');
  if (slash == std::string_view::npos || slash < 3) return {};
  if (!base::equals_ignore_case(key.substr(slash - 3, 3), "tag")) return {};
  return key.substr(slash + 1);
}

std::size_t find_account(std::string_view text, std::size_t from) noexcept {
  constexpr std::size_t kDigits = 12;
  for (std::size_t at = from; at < text.size();) {
    const std::size_t begin = text.find_first_of("0123456789", at);
    if (begin == std::string_view::npos) return begin;
    std::size_t end = text.find_first_not_of("0123456789", begin);
    if (end == std::string_view::npos) end = text.size();
    if (end - begin == kDigits) return begin;
    at = end;
  }
  return std::string_view::npos;
}

// The last value of a condition goes with its key, that of another element with its statement.
void drop_value(const Site& site, std::vector<StatementEdit>& out) {
  for (const ListAt& at : lists_of(site.statement())) {
    const policy::Texts& texts = list_at(site.statement(), at);
    const bool entry = at.part == Part::kPrincipal && texts.values.size() == 1 &&
                       site.statement().principal->entries.size() > 1;
    if (texts.values.size() < 2 && !entry) continue;
    for (std::size_t i = 0; i < texts.values.size(); ++i) {
      StatementEdit edit;
      edit.range = texts.values[i].span;
      edit.what = "`" + texts.values[i].value + "` is dropped";
      edit.becomes = site.statement();
      if (entry) {
        auto& entries = edit.becomes->principal->entries;
        entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(at.block));
      } else {
        edit.text.push_back({edit.range, std::nullopt});
        auto& values = list_at(*edit.becomes, at).values;
        values.erase(values.begin() + static_cast<std::ptrdiff_t>(i));
      }
      out.push_back(std::move(edit));
    }
  }
}

void narrow_wildcard(const Site& site, std::vector<StatementEdit>& out) {
  each_value(site, [&](const ListAt& at, std::size_t i, const std::string& value) {
    if (!takes_wildcards(site.statement(), at)) return;
    for (const Piece& piece : pieces_of(site, at, value)) {
      if (piece.kind != Piece::Kind::kText) continue;
      for (std::size_t c = 0; c < piece.text.size(); ++c) {
        if (piece.text[c] != '*' && piece.text[c] != '?') continue;
        std::string narrow = value;
        narrow.erase(piece.offset + c, 1);
        if (is_narrow(narrow)) out.push_back(change_text(site, at, i, std::move(narrow)));
      }
    }
  });
}

void swap_tag_key(const Site& site, std::vector<StatementEdit>& out) {
  const auto& blocks = site.statement().condition;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    for (std::size_t k = 0; k < blocks[b].conditions.size(); ++k) swap_key(site, b, k, out);
  }
  each_value(site, [&](const ListAt& at, std::size_t i, const std::string& value) {
    if (!takes_variables(site, at)) return;
    for (const Piece& piece : pieces_of(site, at, value)) {
      const std::string_view tag =
          piece.kind == Piece::Kind::kVariable ? tag_of(piece.text) : std::string_view();
      const std::string other = tag.empty() ? std::string() : other_tag(site, tag);
      if (other.empty()) continue;
      std::string swapped = value;
      const std::size_t begin = swapped.find(piece.text, piece.offset);
      if (begin == std::string::npos) continue;
      swapped.replace(begin + piece.text.size() - tag.size(), tag.size(), other);
      out.push_back(change_text(site, at, i, std::move(swapped)));
    }
  });
}

void drop_variable(const Site& site, std::vector<StatementEdit>& out) {
  each_value(site, [&](const ListAt& at, std::size_t i, const std::string& value) {
    if (!takes_variables(site, at)) return;
    for (const Piece& piece : pieces_of(site, at, value)) {
      if (piece.kind != Piece::Kind::kVariable) continue;
      for (const char* put : {"", "*"}) {
        if (*put != '\0' && !takes_wildcards(site.statement(), at)) continue;
        std::string without = value;
        without.replace(piece.offset, piece.length, put);
        out.push_back(change_text(site, at, i, std::move(without)));
      }
    }
  });
}

void change_account(const Site& site, std::vector<StatementEdit>& out) {
  each_value(site, [&](const ListAt& at, std::size_t i, const std::string& value) {
    if (at.part == Part::kAction) return;
    constexpr std::size_t kDigits = 12;
    for (std::size_t at_id = 0; (at_id = find_account(value, at_id)) != std::string::npos;
         at_id += kDigits) {
      std::string changed = value;
      changed.replace(at_id, kDigits, other_account(site, value.substr(at_id, kDigits)));
      out.push_back(change_text(site, at, i, std::move(changed)));
    }
  });
}

}  // namespace policysim::gate
