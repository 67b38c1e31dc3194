// Keys that the other members of a request say.
#include <algorithm>
#include <string>

#include "base/ascii.hpp"
#include "operations/derive.hpp"
#include "operations/headers.hpp"
#include "operations/tables.hpp"
#include "values/timestamp.hpp"

namespace policysim::operations {
namespace {

using request::CallerKind;
using request::Origin;

constexpr Origin kRequest = Origin::kRequest;

constexpr const char* kEndpointKeys[] = {"aws:SourceVpc",   "aws:SourceVpcArn", "aws:SourceVpce",
                                         "aws:VpcSourceIp", "aws:VpceAccount",  "aws:VpceOrgID",
                                         "aws:VpceOrgPaths"};

// Pairs that the context states make up an encryption context, whose names go with it.
void derive_context_keys(Derivation& d) {
  constexpr std::string_view kPair = "kms:EncryptionContext:";
  std::vector<std::string> names;
  for (const request::ContextEntry& entry : d.fields.context) {
    const bool stated = entry.state == request::ValueState::kScalar;
    if (stated && base::starts_with_ignore_case(entry.key, kPair)) {
      names.push_back(entry.key.substr(kPair.size()));
    }
  }
  if (!names.empty()) d.keys.list(kRequest, "kms:EncryptionContextKeys", names);
}

void derive_encryption_context(Derivation& d) {
  if (!base::equals_ignore_case(d.service, "kms")) return;
  if (!has_encryption_context(d.action)) {
    d.keys.complete(Origin::kDefault, "kms:encryptioncontext");
    return;
  }
  if (!d.fields.encryption_context) {
    if (!d.fields.of_operation) derive_context_keys(d);
    return;
  }
  std::vector<std::string> names;
  for (const auto& [key, value] : *d.fields.encryption_context) {
    d.keys.scalar(kRequest, "kms:EncryptionContext:" + key, value);
    names.push_back(key);
  }
  if (!names.empty()) d.keys.list(kRequest, "kms:EncryptionContextKeys", names);
  d.keys.complete(kRequest, "kms:encryptioncontext");
}

void add_tag_keys(Derivation& d, const std::string& key, std::vector<std::string> names) {
  if (names.empty()) {
    d.keys.absent(kRequest, key);
  } else {
    d.keys.list(kRequest, key, std::move(names));
  }
}

// Tags sent with the request; `tag_keys` are those sent without values.
void derive_tags(Derivation& d) {
  const Fields& fields = d.fields;
  world::Tags tags = fields.tags.value_or(world::Tags{});
  const bool object_tags = carries_object_tags(d.action);
  const bool by_header = object_tags && add_tagging_header(d, tags);
  const std::string prefix = object_tags ? "s3:RequestObjectTag/" : "aws:RequestTag/";
  std::vector<std::string> names;
  for (const auto& [key, value] : tags) {
    d.keys.scalar(kRequest, prefix + key, value);
    names.push_back(key);
  }
  for (const std::string& name : fields.tag_keys.value_or(world::Names{})) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  if (fields.tags || by_header) d.keys.complete(kRequest, base::lower(prefix));
  if (fields.tags || fields.tag_keys || by_header) {
    add_tag_keys(d, object_tags ? "s3:RequestObjectTagKeys" : "aws:TagKeys", std::move(names));
  }
}

void add_endpoint_owner(Derivation& d, const world::VpcEndpoint& endpoint) {
  const EndpointKeys keys = endpoint_keys(d.action);
  const world::Organization* organization =
      endpoint.account.empty() ? nullptr : d.world->organization_of(endpoint.account);
  const auto add = [&](bool sent, const char* key, const std::string& value) {
    if (!sent) {
      d.keys.absent(kRequest, key);
    } else if (!value.empty()) {
      d.keys.scalar(kRequest, key, value);
    }
  };
  const bool arn_known = !endpoint.vpc.empty() && !endpoint.account.empty();
  add(keys.source_vpc_arn, "aws:SourceVpcArn",
      arn_known ? "arn:" + d.out.caller.partition + ":ec2:" + d.region + ":" + endpoint.account +
                      ":vpc/" + endpoint.vpc
                : std::string());
  add(keys.account, "aws:VpceAccount", endpoint.account);
  add(keys.organization, "aws:VpceOrgID", organization != nullptr ? organization->id : "");
  if (!keys.account) {
    d.keys.absent(kRequest, "aws:VpceOrgPaths");
  } else if (organization != nullptr) {
    d.keys.list(kRequest, "aws:VpceOrgPaths",
                {std::string(d.world->organization_path(endpoint.account))});
  }
}

void through_endpoint(Derivation& d, const world::VpcEndpoint& endpoint) {
  d.keys.scalar(kRequest, "aws:SourceVpce", endpoint.id);
  if (!endpoint.vpc.empty()) d.keys.scalar(kRequest, "aws:SourceVpc", endpoint.vpc);
  if (d.fields.source_ip) d.keys.scalar(kRequest, "aws:VpcSourceIp", *d.fields.source_ip);
  d.keys.absent(kRequest, "aws:SourceIp");
  add_endpoint_owner(d, endpoint);
  if (!endpoint.policy) return;
  d.out.endpoint = endpoint.name;
  d.out.endpoint_gateway = endpoint.gateway;
}

const world::VpcEndpoint* find_endpoint(Derivation& d) {
  const std::string& name = *d.fields.vpc_endpoint;
  const world::VpcEndpoint* endpoint = d.world != nullptr ? d.world->endpoint(name) : nullptr;
  if (endpoint != nullptr) return endpoint;
  std::vector<std::string> names;
  if (d.world != nullptr) {
    for (const world::VpcEndpoint& known : d.world->endpoints) names.push_back(known.name);
  }
  d.findings.error("PS3005", d.fields.span_of("vpc_endpoint"),
                   "the world has no VPC endpoint " + world::in_ticks(name),
                   world::did_you_mean(name, names));
  return nullptr;
}

// How the request came: through an endpoint, or from an address, or neither is said.
void derive_path(Derivation& d) {
  const Fields& fields = d.fields;
  const bool forwarded = !fields.via.empty();
  const world::VpcEndpoint* endpoint = fields.vpc_endpoint ? find_endpoint(d) : nullptr;
  if (forwarded || (fields.source_ip && !fields.vpc_endpoint)) {
    for (const char* key : kEndpointKeys) d.keys.absent(kRequest, key);
  }
  if (endpoint != nullptr && forwarded) {
    d.keys.absent(kRequest, "aws:SourceIp");  // the first request had none
  } else if (endpoint != nullptr) {
    through_endpoint(d, *endpoint);
  } else if (fields.source_ip && !fields.vpc_endpoint) {
    d.keys.scalar(kRequest, "aws:SourceIp", *fields.source_ip);
    if (forwarded && fields.stated("aws:SourceIp").empty()) {
      request::ContextEntry absent;
      absent.key = "aws:SourceIp";
      absent.state = request::ValueState::kAbsent;
      d.out.alternatives.push_back({catalog::Option::kFasSourceIp, 1, std::move(absent)});
    }
  }
}

// A forward access session: services call on with the caller's credentials.
void derive_via(Derivation& d) {
  const std::vector<std::string>& via = d.fields.via;
  if (via.empty()) return;
  const CallerKind kind = d.caller.caller.kind;
  if (kind == CallerKind::kService || kind == CallerKind::kAnonymous ||
      kind == CallerKind::kFederatedIdp) {
    d.findings.error("PS3009", d.fields.span_of("via"),
                     "a " + std::string(request::to_string(kind)) +
                         " has no credentials that a service could use");
    return;
  }
  d.out.via_service = true;
  d.keys.scalar(kRequest, "aws:ViaAWSService", "true");
  if (std::all_of(via.begin(), via.end(), sets_called_via)) {
    std::vector<std::string> chain;
    for (const std::string& service : via) chain.push_back(service + ".amazonaws.com");
    d.keys.scalar(kRequest, "aws:CalledViaFirst", chain.front());
    d.keys.scalar(kRequest, "aws:CalledViaLast", chain.back());
    d.keys.list(kRequest, "aws:CalledVia", std::move(chain));
  } else {
    for (const char* key : {"aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"}) {
      d.keys.unknown(kRequest, key);
    }
  }
  if (base::equals_ignore_case(d.service, "kms")) {
    d.keys.scalar(kRequest, "kms:ViaService", via.back() + "." + d.region + ".amazonaws.com");
  }
}

// An API call says everything that its authorizations carry.
void derive_operation(Derivation& d) {
  for (const request::ContextEntry& entry : d.fields.derived) d.keys.add(entry);
  if (!d.fields.of_operation) return;
  for (const request::AlternativeEntry& other : d.fields.alternatives) {
    if (!d.fields.in_context(other.entry.key)) d.out.alternatives.push_back(other);
  }
  for (const char* prefix : {"aws:requesttag/", "aws:tagkeys", "s3:requestobjecttag",
                             "kms:encryptioncontext", "rds:req-tag/"}) {
    d.keys.complete(kRequest, prefix);
  }
}

}  // namespace

void derive_request(Derivation& d) {
  derive_operation(d);
  derive_encryption_context(d);
  derive_tags(d);
  derive_headers(d);
  derive_path(d);
  derive_via(d);
}

void derive_defaults(Derivation& d) {
  constexpr Origin kDefault = Origin::kDefault;
  d.keys.scalar(kDefault, "aws:SecureTransport", "true");
  d.keys.scalar(kDefault, "aws:ViaAWSService", "false");
  d.keys.scalar(kDefault, "aws:RequestedRegion", d.region);
  // Both clocks show one time, whichever of them the request states.
  std::string now = d.fields.time.value_or(d.clock);
  for (const char* key : {"aws:EpochTime", "aws:CurrentTime"}) {
    const std::string stated = d.fields.stated(key);
    if (!stated.empty() && values::parse_timestamp(stated)) now = stated;
  }
  const Origin clock = d.fields.time ? kRequest : kDefault;
  if (const auto instant = values::parse_timestamp(now)) {
    const bool plain = now.find('T') != std::string::npos;
    d.keys.scalar(clock, "aws:CurrentTime",
                  plain ? now : values::format_timestamp(instant->seconds));
    d.keys.scalar(clock, "aws:EpochTime", std::to_string(instant->seconds));
  }
  if (d.caller.caller.kind == CallerKind::kService) {
    d.keys.absent(kDefault, "aws:SourceIp");
    for (const char* key : kEndpointKeys) d.keys.absent(kDefault, key);
  }
  // Direct calls carry none of these.
  if (!d.fields.via.empty() || d.fields.stated("aws:ViaAWSService") == "true") return;
  for (const char* key :
       {"aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast", "kms:ViaService"}) {
    d.keys.absent(kDefault, key);
  }
}

}  // namespace policysim::operations
