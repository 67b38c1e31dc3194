#include "scenario.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "policy/parse.hpp"
#include "text/reader.hpp"

namespace policysim::bench {
namespace {

[[noreturn]] void fail(const std::string& what) {
  std::fprintf(stderr, "bench: %s\n", what.c_str());
  std::exit(1);
}

template <class T>
T must(Result<T> result) {
  if (!result) fail(result.error().code + ' ' + result.error().message);
  return std::move(result).value();
}

struct Loaded {
  std::shared_ptr<text::SourceMap> sources = std::make_shared<text::SourceMap>();
  text::Node root;
};

Loaded read(const std::string& name) {
  Loaded out;
  const std::string path = std::string(PSIM_SOURCE_DIR) + "/bench/scenarios/" + name + ".json";
  const std::uint32_t source = out.sources->add(path, must(text::read_file(path)));
  out.root = must(text::read(*out.sources, source));
  return out;
}

class Attacher {
 public:
  explicit Attacher(const Loaded& loaded) : loaded_(loaded) {}

  void add(const text::Node& policy, PolicyType type, std::string name, std::string target) {
    builder_.add(must(policy::make_document(policy, type, loaded_.sources)),
                 {type, std::move(name), std::move(target)});
  }
  void levels(std::string_view member, PolicyType type) {
    const text::Node* const list = loaded_.root.find(member);
    if (list == nullptr) return;
    for (const text::Node& level : list->items) {
      for (const text::Node& policy : level.find("policies")->items) {
        add(*policy.find("policy"), type, policy.find("name")->text,
            level.find("orgIdentifier")->text);
      }
    }
  }
  PolicySet compile() { return must(std::move(builder_).compile()); }

 private:
  const Loaded& loaded_;
  PolicySet::Builder builder_;
};

void replace_last(std::string& text, const std::string& with) {
  const std::size_t slash = text.rfind('/');
  text.replace(slash + 1, std::string::npos, with);
}

}  // namespace

PolicySet load_policies(const std::string& name) {
  const Loaded loaded = read(name);
  Attacher attacher(loaded);
  for (const text::Node& policy : loaded.root.find("identityPolicies")->items) {
    attacher.add(*policy.find("policy"), PolicyType::kIdentity, policy.find("name")->text, "");
  }
  attacher.levels("serviceControlPolicies", PolicyType::kScp);
  attacher.levels("resourceControlPolicies", PolicyType::kRcp);
  if (const text::Node* const policy = loaded.root.find("resourcePolicy")) {
    const std::string resource =
        loaded.root.find("request")->find("resource")->find("resource")->text;
    const bool key = resource.find(":kms:") != std::string::npos;
    attacher.add(*policy, key ? PolicyType::kKey : PolicyType::kResource, "resource", resource);
  }
  return attacher.compile();
}

Request load_request(const std::string& name, unsigned variant) {
  const Loaded loaded = read(name);
  const text::Node& request = *loaded.root.find("request");
  std::string resource = request.find("resource")->find("resource")->text;
  if (variant != 0 && resource.find(":s3:") != std::string::npos) {
    replace_last(resource, "file-" + std::to_string(variant) + ".txt");
  }
  Request::Builder builder;
  builder.principal(request.find("principal")->text)
      .action(request.find("action")->text)
      .resource(resource)
      .resource_account(request.find("resource")->find("accountId")->text);
  for (const text::Member& member : request.find("contextVariables")->members) {
    builder.context(member.key, member.value.text);
  }
  return must(builder.build());
}

std::vector<std::string> managed_policies() {
  const char* const given = std::getenv("POLICYSIM_CORPORA");
  const std::string folder =
      given != nullptr ? given : std::string(PSIM_SOURCE_DIR) + "/../shared/data/corpora";
  const auto text = text::read_file(folder + "/managed-policies.ndjson.gz");
  if (!text) return {};
  std::vector<std::string> out;
  text::SourceMap sources;
  for (std::size_t at = 0; at < text->size();) {
    const std::size_t end = std::min(text->find('\n', at), text->size());
    const std::string line = text->substr(at, end - at);
    at = end + 1;
    const std::uint32_t id = sources.add("line", line);
    const auto node = text::read(sources, id);
    if (!node) continue;
    const SourceSpan span = node->find("document")->span;
    out.push_back(line.substr(span.begin, span.end - span.begin));
  }
  return out;
}

}  // namespace policysim::bench
