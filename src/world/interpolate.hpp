// `${{ name }}` in the strings of fixtures.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/node.hpp"
#include "world/findings.hpp"
#include "world/interpolation_text.hpp"

namespace policysim::world {

// Looks names up in `vars`, then among principals, resources, endpoints and accounts of a world
// that is not expanded yet. Lives no longer than both trees. One per thread.
class Interpolator {
 public:
  Interpolator(const text::Node& vars, const text::Node& world);

  // Replaces every interpolation below `node`, keys included. What cannot be replaced is a finding
  // and stays as it is.
  void expand(text::Node& node, Findings& findings);
  // The same for a world: policy documents are left alone.
  void expand_world(text::Node& world, Findings& findings);

  // Is something called exactly so?
  bool knows(std::string_view name) const;
  // The value of `${{ name }}`; false: there is none, which is no finding.
  bool lookup(std::string_view name, text::Node& out, Findings& findings);
  // What is expanded at once is bounded: begin anew.
  void renew() noexcept { copied_ = 0; }

 private:
  using Index = std::unordered_map<std::string_view, const text::Node*>;

  void expand_string(text::Node& node, Findings& findings);
  std::string expand_text(const std::string& text, const SourceSpan& span, Findings& findings);
  bool find(std::string_view name, text::Node& out, Findings& findings);
  bool find_split(std::string_view base, std::string_view rest, text::Node& out,
                  Findings& findings);
  bool entry_attribute(const text::Node& entry, std::string_view rest, text::Node& out,
                       Findings& findings);
  bool copy(const text::Node& value, text::Node& out, Findings& findings);
  std::string suggest(std::string_view name) const;

  const text::Node& vars_;
  Index principals_, resources_, endpoints_;
  std::unordered_map<std::string_view, const text::Member*> accounts_;  // by their names
  std::vector<std::string> active_;  // names being resolved, outermost first
  std::size_t copied_ = 0;           // so that values of values cannot fill memory
};

}  // namespace policysim::world
