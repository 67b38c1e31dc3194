// The ways in which one value of a key can meet the tests that statements make of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/operators.hpp"

namespace policysim::gate {

// Comparisons of one value with the texts that policies hold against it. Texts that are equal to
// each other, or covered by each other's wildcards, are known as such; everything else is taken to
// be independent, so that no way in which a value can turn out is left out, though some ways that
// are listed may not occur. One per key.
class ValueClasses {
 public:
  // The comparison of a value with one text; equal comparisons have one number. `text` is as the
  // policy writes it.
  std::uint32_t compare(const catalog::OperatorRow& op, std::string_view text, bool version_2012);
  // An action, or its pattern.
  std::uint32_t compare_action(std::string_view text);
  // Something that is only known to be the same wherever it is asked.
  std::uint32_t compare_opaque(const std::string& name);
  // Does a value read as what the operator compares? None: every text does.
  std::optional<std::uint32_t> readable(catalog::ValueKind kind);

  // Each way: a bit a comparison, and whether the value is the empty text. Nothing: too many.
  struct Way {
    std::uint64_t bits = 0;
    bool empty = false;
  };
  std::optional<std::vector<Way>> ways() const;

 private:
  // kText: equal to the text. kGlob: covered by the pattern. kAny: always. kTrue, kFalse: of Bool.
  enum class Kind : std::uint8_t { kText, kGlob, kAny, kTrue, kFalse, kBool, kOpaque };
  struct Atom {
    Kind kind = Kind::kOpaque;
    std::string text;  // kGlob: wildcards are kStar and kOne, so that no character is lost
  };

  std::uint32_t add(Atom atom);
  void free_ways(Way fixed, std::uint64_t free, std::vector<Way>& out) const;
  void ways_of_text(const std::string* text, std::vector<Way>& out) const;
  std::vector<Way> ways_of_bools(const std::vector<Way>& ways) const;

  std::vector<Atom> atoms_;
  std::map<std::pair<Kind, std::string>, std::uint32_t> number_of_;
};

}  // namespace policysim::gate
