// Names mean nothing: the same names renamed everywhere decide the same.
#include <array>
#include <utility>

#include "property/support.hpp"

namespace policysim::property {
namespace {

using Renaming = std::vector<std::pair<std::string, std::string>>;

void rename(std::string& text, const Renaming& names) {
  for (const auto& [from, to] : names) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size())) {
      text.replace(at, from.size(), to);
    }
  }
}

void rename(std::vector<std::string>& texts, const Renaming& names) {
  for (std::string& text : texts) rename(text, names);
}

void rename(std::vector<request::ContextEntry>& entries, const Renaming& names) {
  for (request::ContextEntry& entry : entries) {
    rename(entry.key, names);
    rename(entry.values, names);
  }
}

void rename(std::optional<world::Tags>& pairs, const Renaming& names) {
  if (!pairs) return;
  for (auto& [key, value] : *pairs) {
    rename(key, names);
    rename(value, names);
  }
}

void rename(request::ResourceFacts& facts, const Renaming& names) {
  for (std::string* text : {&facts.account, &facts.policy_target, &facts.organization}) {
    rename(*text, names);
  }
  if (!facts.s3) return;
  request::S3Facts s3 = *facts.s3;
  rename(s3.bucket_account, names);
  for (request::AclGrant& grant : s3.acl) rename(grant.id, names);
  facts.s3 = std::make_shared<const request::S3Facts>(std::move(s3));
}

void rename(request::Data& data, const Renaming& names) {
  request::Caller& caller = data.caller;
  for (std::string* text :
       {&caller.arn, &caller.principal_arn, &caller.account, &caller.unique_id,
        &caller.canonical_id, &caller.issuer_arn, &caller.entry, &caller.organization,
        &data.resource, &data.other_arn, &data.endpoint}) {
    rename(*text, names);
  }
  rename(caller.service_names, names);
  rename(data.resource_facts, names);
  rename(data.context, names);
  for (request::AlternativeEntry& other : data.alternatives) {
    rename(other.entry.key, names);
    rename(other.entry.values, names);
  }
  rename(data.complete_prefixes, names);
  rename(data.unknown_prefixes, names);
}

void rename(differential::KeyGrant& given, const Renaming& names) {
  world::KmsGrant& grant = given.grant;
  for (std::string* text :
       {&given.key, &grant.grantee, &grant.issuer, &grant.retiring, &grant.source_arn}) {
    rename(*text, names);
  }
  rename(grant.context_equals, names);
  rename(grant.context_subset, names);
}

void rename(differential::Policy& policy, const Renaming& names) {
  rename(policy.levels, names);
  for (differential::Statement& statement : policy.statements) {
    rename(statement.resources, names);
    rename(statement.principal, names);
    for (differential::Condition& condition : statement.conditions) {
      rename(condition.key, names);
      rename(condition.values, names);
    }
  }
}

void rename(Case& generated, const Renaming& names) {
  for (differential::Policy& policy : generated.policies) rename(policy, names);
  for (differential::Account& account : generated.accounts) {
    rename(account.id, names);
    rename(account.levels, names);
  }
  for (differential::KeyGrant& grant : generated.grants) rename(grant, names);
  for (request::Data& data : generated.requests) rename(data, names);
}

Verdict neutral(Case& generated, const Renaming& names, std::string& why) {
  const std::optional<Compiled> before = compile(generated);
  if (!before) return Verdict::kDoesNotApply;
  const Case old = generated;
  rename(generated, names);
  const std::optional<Compiled> after = compile(generated);
  if (!after) {
    why = "the renamed policies cannot be used" + words(old, old.requests[0]);
    return Verdict::kFails;
  }
  for (std::size_t i = 0; i < generated.requests.size(); ++i) {
    if (before->decisions[i] == after->decisions[i]) continue;
    why = words(before->decisions[i]) + " became " + words(after->decisions[i]) +
          words(old, old.requests[i]);
    return Verdict::kFails;
  }
  return Verdict::kHolds;
}

// Patterns of the generator leave out an id's middle (1111????3333) or its last digits, so that the
// new ids differ in the middle alone and the half before the end stands for the whole.
TEST(Renaming, OfAccountsIsNeutral) {
  check([](Choices&, Case& generated, std::string& why) {
    return neutral(generated, {{"11112222", "11119999"}, {"44445555", "44448888"}}, why);
  });
}

TEST(Renaming, OfTagKeysIsNeutral) {
  check([](Choices&, Case& generated, std::string& why) {
    return neutral(generated, {{"team", "crew"}, {"Team", "Crew"}, {"TEAM", "CREW"}}, why);
  });
}

TEST(Renaming, OfTagValuesIsNeutral) {
  check([](Choices&, Case& generated, std::string& why) {
    return neutral(generated, {{"blue", "mint"}}, why);
  });
}

}  // namespace
}  // namespace policysim::property
