// The members of `.policysim.yaml`.
#include "config_members.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>

#include "base/edit_distance.hpp"
#include "catalog/rules.hpp"

namespace policysim::cli {
namespace {

namespace fs = std::filesystem;
using text::Node;

constexpr const char* kRule = "PS0021";

// Reads the members of one file and collects what is wrong with them.
class Reader {
 public:
  Reader(const text::SourceMap& sources, fs::path folder)
      : sources_(sources), folder_(std::move(folder)) {}

  std::string problems;  // rendered findings

  void finding(const SourceSpan& span, std::string message, std::string help = {}) {
    problems += text::render(
        {kRule, std::move(message), std::move(help), Severity::kError, span, {}}, sources_);
  }

  // Calls `take` with the value of each known member; the others are findings.
  template <class Take>
  void each_member(const Node& node, const std::vector<std::string_view>& known, Take take) {
    if (!node.is_map()) {
      finding(node.span, "expected an object, not a " + std::string(text::kind_name(node.kind)));
      return;
    }
    for (std::size_t i = 0; i < node.members.size(); ++i) {
      const text::Member& member = node.members[i];
      if (std::find(known.begin(), known.end(), member.key) == known.end()) {
        const std::string near = base::nearest(member.key, known);
        finding(member.key_span, "unknown member `" + member.key + "`",
                near.empty() ? "" : "did you mean `" + near + "`?");
      } else if (node.find_member(member.key) != &member) {
        finding(member.key_span, "duplicate member `" + member.key + "`");
      } else {
        take(member.key, member.value);
      }
    }
  }

  std::optional<std::string> text(const Node& node) {
    if (node.is_scalar()) return node.text;
    finding(node.span, "expected text, not a " + std::string(text::kind_name(node.kind)));
    return std::nullopt;
  }

  std::optional<bool> flag(const Node& node) {
    if (node.is_scalar() && (node.text == "true" || node.text == "false")) {
      return node.text == "true";
    }
    finding(node.span, "expected true or false");
    return std::nullopt;
  }

  std::optional<std::string> choice(const Node& node, const std::vector<std::string_view>& words) {
    const std::optional<std::string> word = text(node);
    if (!word || std::find(words.begin(), words.end(), *word) != words.end()) return word;
    const std::string near = base::nearest(*word, words);
    finding(node.span, "unknown value `" + *word + "`",
            near.empty() ? "" : "did you mean `" + near + "`?");
    return std::nullopt;
  }

  std::optional<std::string> path(const Node& node) {
    const std::optional<std::string> name = text(node);
    if (!name) return std::nullopt;
    return (folder_ / *name).lexically_normal().generic_string();
  }

  const std::vector<Node>& items(const Node& node) {
    if (!node.is_list()) {
      finding(node.span, "expected a list, not a " + std::string(text::kind_name(node.kind)));
    }
    return node.items;
  }

 private:
  const text::SourceMap& sources_;
  fs::path folder_;
};

void read_ignored(Reader& reader, const Node& node, Config& config) {
  IgnoredRule ignored;
  reader.each_member(node, {"rule", "path", "because"},
                     [&](const std::string& key, const Node& value) {
                       const std::optional<std::string> word =
                           key == "path" ? reader.path(value) : reader.text(value);
                       if (!word || key == "because") return;
                       if (key == "path") {
                         ignored.path = *word;
                         return;
                       }
                       const catalog::Rule* rule = catalog::find_rule(*word);
                       if (rule == nullptr) {
                         reader.finding(value.span, "unknown rule `" + *word + "`");
                       } else {
                         ignored.rule = rule->id;
                       }
                     });
  if (node.is_map() && node.find("rule") == nullptr) reader.finding(node.span, "`rule` is missing");
  config.ignore.push_back(std::move(ignored));
}

void read_validate(Reader& reader, const Node& node, Config& config) {
  reader.each_member(node, {"fail_on", "ignore"}, [&](const std::string& key, const Node& value) {
    if (key == "fail_on") {
      config.fail_on = reader.choice(value, {"error", "warning", "suggestion"});
    } else {
      for (const Node& item : reader.items(value)) read_ignored(reader, item, config);
    }
  });
}

void read_number(Reader& reader, const Node& node) {
  const std::optional<std::string> digits = reader.text(node);
  if (digits &&
      (digits->empty() || digits->find_first_not_of("0123456789.") != std::string::npos)) {
    reader.finding(node.span, "expected a number");
  }
}

void read_member(Reader& reader, const std::string& key, const Node& value, Config& config) {
  using Read = void (*)(Reader&, const Node&, Config&);
  static const std::map<std::string_view, Read> kMembers = {
      {"paths",
       [](Reader& r, const Node& node, Config& c) {
         for (const Node& item : r.items(node)) {
           if (const auto path = r.path(item)) c.paths.push_back(*path);
         }
       }},
      {"missing",
       [](Reader& r, const Node& node, Config& c) {
         c.missing = r.choice(node, {"absent", "unknown"});
       }},
      {"certain", [](Reader& r, const Node& node, Config& c) { c.certain = r.flag(node); }},
      {"require_keys",
       [](Reader& r, const Node& node, Config& c) { c.require_keys = r.flag(node); }},
      {"rcp_services",
       [](Reader& r, const Node& node, Config& c) { c.rcp_services = r.path(node); }},
      {"rcp_date", [](Reader& r, const Node& node, Config& c) { c.rcp_date = r.text(node); }},
      {"message_style",
       [](Reader& r, const Node& node, Config& c) {
         c.message_style = r.choice(node, {"plain", "arn", "outside"});
       }},
      {"format", [](Reader& r, const Node& node, Config& c) { c.format = r.text(node); }},
      {"color",
       [](Reader& r, const Node& node, Config& c) {
         c.color = r.choice(node, {"auto", "always", "never"});
       }},
      {"jobs",
       [](Reader& r, const Node& node, Config& c) {
         read_number(r, node);
         c.jobs = r.text(node);
       }},
      {"options",
       [](Reader& r, const Node& node, Config& c) {
         if (!node.is_map()) return r.finding(node.span, "expected an object");
         for (const text::Member& member : node.members) {
           if (const auto reading = r.text(member.value))
             c.semantics.emplace_back(member.key, *reading);
         }
       }},
      {"coverage",
       [](Reader& r, const Node& node, Config& c) {
         r.each_member(node, {"statements", "conditions", "mutation"},
                       [&](const std::string& measure, const Node& percent) {
                         const std::optional<std::string> digits = r.text(percent);
                         if (!digits) return;
                         const std::string problem =
                             gate::read_minimum(measure + "=" + *digits, c.coverage);
                         if (!problem.empty()) r.finding(percent.span, problem);
                       });
       }},
      {"validate", read_validate},
  };
  kMembers.at(key)(reader, value, config);
}

}  // namespace

std::string read_members(const Node& root, const text::SourceMap& sources,
                         const std::string& folder, Config& config) {
  const std::vector<std::string_view> known = {
      "paths",  "missing", "certain", "require_keys", "rcp_services", "rcp_date", "message_style",
      "format", "color",   "jobs",    "options",      "coverage",     "validate"};
  Reader reader(sources, folder);
  reader.each_member(root, known, [&](const std::string& key, const Node& value) {
    read_member(reader, key, value, config);
  });
  return reader.problems;
}

}  // namespace policysim::cli
