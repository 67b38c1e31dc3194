#include "conformance/scenario_fixture.hpp"

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace policysim::conformance {
namespace {

using Json = nlohmann::json;

constexpr const char* kAccessPoint = ":accesspoint/";

bool has(const Json& node, const char* member) {
  return node.contains(member) && !node.at(member).is_null();
}

bool contains(const std::string& text, const char* word) {
  return text.find(word) != std::string::npos;
}

std::string last_part(const std::string& arn) { return arn.substr(arn.rfind('/') + 1); }

// "arn:aws:s3:::bucket" of an object, "…accesspoint/name" of an object behind one.
std::string holder_of(const std::string& arn) {
  const std::size_t point = arn.find(kAccessPoint);
  const std::size_t from =
      point == std::string::npos ? 0 : point + std::string(kAccessPoint).size();
  return arn.substr(0, arn.find('/', from));
}

class FixtureWriter {
 public:
  explicit FixtureWriter(const Json& row)
      : row_(row),
        principal_(row.at("principal")),
        resource_(row.at("resource")),
        policies_(row.at("policies")),
        arn_(resource_.at("arn")),
        s3_(row.value("settings", Json::object()).value("s3", Json::object())) {}

  Json write() {
    write_principal();
    write_organizations();
    write_resource();
    Json request = write_request();
    world_["policies"] = documents_;
    Json test_case{{"id", row_.at("id")}, {"request", std::move(request)}};
    return {{"policysim", 1}, {"world", world_}, {"cases", Json::array({test_case})}};
  }

 private:
  // The name of a policy; documents get one.
  std::string name(const Json& policy) {
    if (policy.is_string()) return policy;
    const std::string out = "p" + std::to_string(documents_.size());
    documents_[out] = {{"document", policy}};
    return out;
  }

  Json names(const Json& policies) {
    Json out = Json::array();
    for (const Json& policy : policies) out.push_back(name(policy));
    return out;
  }

  void write_principal() {
    const std::string kind = principal_.at("kind");
    Json& entry = world_["principals"]["caller"];
    if (kind == "anonymous") {
      entry["anonymous"] = true;
    } else if (kind == "service") {
      entry["service"] = principal_.at("service");
    } else if (kind == "federated-idp") {
      entry["federated"] = principal_.at("provider");
    } else {
      entry["arn"] = principal_.value("role_arn", principal_.at("arn").get<std::string>());
      write_credentials(kind, entry);
    }
    if (has(principal_, "tags")) entry["tags"] = principal_.at("tags");
  }

  void write_credentials(const std::string& kind, Json& entry) {
    if (kind == "slr") entry["kind"] = "service-linked-role";
    if (kind == "root-session") entry["assumed_root"] = true;
    if (has(principal_, "session")) entry["session"] = principal_.at("session");
    if (has(principal_, "role_arn")) {
      entry["session"]["name"] = last_part(principal_.at("arn"));
    }
    if (has(policies_, "session")) entry["session"]["policies"] = names(policies_.at("session"));
    Json* owner = &entry;  // of the identity-based policies and the boundary
    if (has(principal_, "user_arn")) {
      entry["issuer"] = principal_.at("user_arn");
      owner = &world_["principals"]["issuer"];
      (*owner)["arn"] = principal_.at("user_arn");
    }
    if (has(policies_, "identity") && kind != "root") {
      (*owner)["policies"] = names(policies_.at("identity"));
    }
    if (has(policies_, "boundary")) (*owner)["boundary"] = name(policies_.at("boundary").at(0));
  }

  // The node of that path below its organization's root, made where it lacks.
  Json& node(Json& organization, const std::vector<std::string>& path) {
    organization["root"]["id"] = path.at(0);
    Json* at = &organization["root"];
    for (std::size_t i = 1; i < path.size(); ++i) {
      Json& units = (*at)["ous"];
      Json* found = nullptr;
      for (Json& unit : units) {
        if (unit.at("id") == path[i]) found = &unit;
      }
      if (found == nullptr) {
        units.push_back({{"id", path[i]}});
        found = &units.back();
      }
      at = found;
    }
    return *at;
  }

  void write_organizations() {
    world_["organizations"] = Json::array();
    place(principal_, "scp", "scps");
    place(resource_, "rcp", "rcps");
  }

  Json& organization(const std::string& id) {
    for (Json& entry : world_["organizations"]) {
      if (entry.at("id") == id) return entry;
    }
    world_["organizations"].push_back(
        {{"id", id},
         {"management_account", id == "o-exampleorg1" ? "999999999999" : "888888888888"},
         {"policy_types", Json::array()}});
    return world_["organizations"].back();
  }

  // An account in its organization, and the policies of `type` along the way to it.
  void place(const Json& party, const char* type, const char* list) {
    if (!has(party, "org") || !has(party, "account")) return;
    const Json& org = party.at("org");
    Json& entry = organization(org.at("id"));
    const std::string account = party.at("account");
    if (org.value("management", false)) entry["management_account"] = account;
    std::vector<std::string> path;
    const std::string text = org.at("path");
    for (std::size_t begin = text.find('/') + 1; begin < text.size();) {
      const std::size_t end = text.find('/', begin);
      path.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    Json& accounts = node(entry, path)["accounts"];
    bool placed = false;
    for (const Json& other : accounts) placed = placed || other == account;
    if (!placed) accounts.push_back(account);
    if (has(policies_, type)) attach(entry, path, account, type, list);
  }

  void attach(Json& entry, const std::vector<std::string>& path, const std::string& account,
              const char* type, const char* list) {
    entry["policy_types"].push_back(type);
    const Json& levels = policies_.at(type);
    if (levels.size() != 1 && levels.size() != path.size() + 1) {
      throw std::runtime_error("levels of " + row_.at("id").get<std::string>());
    }
    for (std::size_t i = 0; i < levels.size(); ++i) {
      Json& at =
          i < path.size()
              ? node(entry, {path.begin(), path.begin() + static_cast<std::ptrdiff_t>(i) + 1})
              : world_["accounts"][account];
      at[list] = names(levels.at(i));
    }
  }

  Json& resource(const std::string& entry, const std::string& arn) {
    Json& out = world_["resources"][entry];
    out["arn"] = arn;
    if (has(resource_, "account")) out["account"] = resource_.at("account");
    return out;
  }

  void write_resource() {
    if (arn_ == "*") return;
    if (contains(arn_, kAccessPoint)) {
      write_access_point();
    } else if (arn_.starts_with("arn:aws:s3:::")) {
      write_bucket();
    } else if (contains(arn_, ":iam:")) {
      write_iam_resource();
    } else {
      Json& entry = resource("resource", arn_);
      if (has(resource_, "tags")) entry["tags"] = resource_.at("tags");
      if (has(policies_, "resource")) entry["policy"] = name(policies_.at("resource"));
      if (contains(arn_, ":kms:")) write_key(entry);
      if (!contains(arn_, ":kms:") && has(resource_, "kms_manager")) encrypt_by_managed_key(entry);
    }
  }

  void write_iam_resource() {
    if (!contains(arn_, ":role/") || arn_ == principal_.value("role_arn", "")) return;
    Json& entry = world_["principals"]["target"];
    entry["arn"] = arn_;
    if (has(resource_, "tags")) entry["tags"] = resource_.at("tags");
    if (has(policies_, "resource")) entry["trust"] = name(policies_.at("resource"));
  }

  void write_key(Json& entry) {
    if (has(resource_, "kms_manager")) entry["kms"]["manager"] = resource_.at("kms_manager");
    if (!has(row_, "grants")) return;
    for (const Json& grant : row_.at("grants")) {
      Json out{{"grantee",
                grant.contains("grantee") ? grant.at("grantee") : grant.at("grantee_service")},
               {"operations", grant.at("operations")}};
      if (grant.contains("issuer")) out["issuer"] = grant.at("issuer");
      const Json constraints = grant.value("constraints", Json::object());
      for (const auto& [theirs, ours] :
           {std::pair{"EncryptionContextEquals", "encryption_context_equals"},
            std::pair{"EncryptionContextSubset", "encryption_context_subset"},
            std::pair{"SourceArn", "source_arn"}}) {
        if (constraints.contains(theirs)) out["constraints"][ours] = constraints.at(theirs);
      }
      if (grant.at("key") == arn_) entry["kms"]["grants"].push_back(out);
    }
  }

  void encrypt_by_managed_key(Json& entry) {
    entry["encryption"] = {{"enabled", true}, {"key", "managed"}};
    const std::string account = resource_.at("account");
    resource("managed",
             "arn:aws:kms:us-east-1:" + account +
                 ":key/7a7a7a7a-8b8b-4c4c-9d9d-0e0e0e0e0e0e")["kms"] = {{"manager", "aws"}};
  }

  void describe_bucket(Json& entry) {
    for (const char* member : {"abac", "ownership", "blocked_encryption_types"}) {
      if (has(s3_, member)) entry["s3"][member] = s3_.at(member);
    }
    for (const char* member : {"restrict_public_buckets", "ignore_public_acls"}) {
      if (has(s3_, member)) entry["s3"]["block_public_access"][member] = s3_.at(member);
    }
  }

  void write_bucket() {
    Json& bucket = resource("bucket", holder_of(arn_));
    describe_bucket(bucket);
    if (has(resource_, "tags")) bucket["tags"] = resource_.at("tags");
    if (has(policies_, "resource")) bucket["policy"] = name(policies_.at("resource"));
    if (!has(resource_, "owner") && !has(resource_, "acl")) return;
    Json& entry =
        arn_ == holder_of(arn_) ? world_["resources"]["bucket"] : resource("object", arn_);
    for (const char* member : {"owner", "acl"}) {
      if (has(resource_, member)) entry["s3"][member] = resource_.at(member);
    }
  }

  void write_access_point() {
    Json& bucket = resource("bucket", "arn:aws:s3:::data-bucket");
    describe_bucket(bucket);
    if (has(s3_, "bucket_tags")) bucket["tags"] = s3_.at("bucket_tags");
    Json& point = resource("point", holder_of(arn_));
    point["s3"]["access_point"] = {{"bucket", "bucket"}};
    if (has(resource_, "tags")) point["tags"] = resource_.at("tags");
    if (has(policies_, "resource")) point["policy"] = name(policies_.at("resource"));
  }

  Json write_request() {
    Json request{{"principal", "caller"}, {"action", row_.at("action")}, {"resource", arn_}};
    request["context"] = row_.at("context");
    for (const char* member : {"encryption_context", "force"}) {
      if (has(row_, member)) request[member] = row_.at(member);
    }
    if (has(row_, "via")) {
      request["via"] = row_.at("via").is_array() ? row_.at("via") : Json::array({row_.at("via")});
    }
    const std::string mode = row_.value("mode", "strict");
    if (mode == "unknown") request["missing"] = "unknown";
    if (mode == "certain") request["certain"] = true;
    if (has(policies_, "vpce")) {
      Json& endpoint = world_["vpc_endpoints"]["endpoint"];
      endpoint = {{"id", "vpce-1"}, {"policy", name(policies_.at("vpce").at(0))}};
      const Json settings = row_.value("settings", Json::object());
      if (has(settings, "vpce")) endpoint["type"] = settings.at("vpce");
      request["vpc_endpoint"] = "endpoint";
    }
    if (has(row_, "requests")) return write_requests(request);
    return contains(arn_, kAccessPoint) ? Json::array({request}) : request;
  }

  // Each entry overrides members of the row.
  Json write_requests(const Json& request) {
    Json out = Json::array();
    for (const Json& changes : row_.at("requests")) {
      Json one = request;
      for (const char* member : {"action", "context"}) {
        if (changes.contains(member)) one[member] = changes.at(member);
      }
      if (changes.contains("resource")) one["resource"] = changes.at("resource").at("arn");
      if (changes.contains("policies")) {
        const Json& policies = changes.at("policies");
        if (policies.at("identity") != policies_.at("identity") || policies.size() != 2) {
          throw std::runtime_error("policies of a request that the row does not have");
        }
        world_["resources"]["bucket"]["policy"] = name(policies.at("resource"));
      }
      out.push_back(std::move(one));
    }
    return out;
  }

  const Json& row_;
  const Json& principal_;
  const Json& resource_;
  const Json& policies_;
  std::string arn_;
  Json s3_;
  Json world_;
  Json documents_ = Json::object();
};

}  // namespace

nlohmann::json fixture_of(const nlohmann::json& row) { return FixtureWriter(row).write(); }

}  // namespace policysim::conformance
