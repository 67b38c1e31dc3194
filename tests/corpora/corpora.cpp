#include "corpora/corpora.hpp"

#include <cstdlib>
#include <string_view>

#include "text/node.hpp"
#include "text/source.hpp"

namespace policysim::corpora {
namespace {

PolicyType type_of(std::string_view kind) {
  if (kind == "scp") return PolicyType::kScp;
  if (kind == "rcp") return PolicyType::kRcp;
  if (kind == "resource") return PolicyType::kResource;
  if (kind == "trust") return PolicyType::kTrust;
  if (kind == "vpce") return PolicyType::kEndpoint;
  return PolicyType::kIdentity;
}

std::string member(const text::Node& node, std::string_view name) {
  const text::Node* value = node.find(name);
  return value == nullptr ? std::string() : value->text;
}

bool read_line(const std::string& id, std::string_view line,
               const std::function<void(const Entry&)>& visit) {
  text::SourceMap sources;
  const std::uint32_t source = sources.add(id, std::string(line));
  const auto root = text::read(sources, source, text::Syntax::kJson);
  const text::Node* document = root ? root->find("document") : nullptr;
  if (document == nullptr) return false;
  const std::string name = root->find("name") != nullptr
                               ? member(*root, "name")
                               : member(*root, "source") + "/" + member(*root, "path");
  visit({id, name, type_of(member(*root, "kind")), *document, sources});
  return true;
}

}  // namespace

std::optional<std::filesystem::path> find_folder() {
  std::error_code ignored;
  const char* named = std::getenv("POLICYSIM_CORPORA");
  const std::filesystem::path beside =
      std::filesystem::path(PSIM_SOURCE_DIR).parent_path() / "shared/data/corpora";
  const std::filesystem::path folder = named != nullptr ? std::filesystem::path(named) : beside;
  if (!std::filesystem::is_directory(folder, ignored)) return std::nullopt;
  return folder;
}

bool for_each(const std::filesystem::path& folder, const std::function<void(const Entry&)>& visit,
              std::string& problem) {
  for (const char* file : {"managed-policies.ndjson.gz", "organization-policies.ndjson"}) {
    const auto text = text::read_file((folder / file).string());
    if (!text) {
      problem = text.error().message;
      return false;
    }
    std::string_view rest = *text;
    for (std::size_t number = 1; !rest.empty(); ++number) {
      const std::size_t end = rest.find('\n');
      const std::string_view line = rest.substr(0, end);
      rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
      const std::string id = std::string(file) + ":" + std::to_string(number);
      if (!line.empty() && !read_line(id, line, visit)) {
        problem = id + " is no line of a corpus";
        return false;
      }
    }
  }
  return true;
}

}  // namespace policysim::corpora
