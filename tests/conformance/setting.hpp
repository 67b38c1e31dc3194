// A request of a user of one account with what is attached, decided by the reference.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "conformance/vectors.hpp"
#include "reference/reference.hpp"

namespace policysim::conformance {

inline constexpr const char* kOwn = "111122223333";
inline constexpr const char* kOther = "777788889999";

// A request of a user of kOwn, and what is attached.
class Setting {
 public:
  Setting(const std::string& action, const std::string& resource) {
    request.action = action;
    request.resource = resource;
    request.resource_account = kOwn;
    request.resource_partition = "aws";
    call_as(reference::CallerKind::kUser, "arn:aws:iam::111122223333:user/ann");
  }

  Setting& call_as(reference::CallerKind kind, const std::string& arn,
                   const std::string& account = kOwn) {
    request.caller.kind = kind;
    request.caller.arn = arn;
    request.caller.account = account;
    request.caller.partition = "aws";
    return *this;
  }

  Setting& from_other_account() {
    return call_as(reference::CallerKind::kUser, "arn:aws:iam::777788889999:user/eve", kOther);
  }

  // `rest`: members of one statement that allows every action on everything.
  Setting& allow(PolicyType type, const std::string& rest = "") {
    documents_.push_back(parse(R"({"Version":"2012-10-17","Statement":{"Effect":"Allow",)" + rest +
                                   R"("Action":"*","Resource":"*"}})",
                               type));
    policies_.push_back({&documents_.back().ast(), type, "p", ""});
    return *this;
  }
  Setting& identity() { return allow(PolicyType::kIdentity); }

  Setting& grant(const std::string& grantee, std::vector<std::string> operations) {
    reference::Grant grant;
    grant.grantee = grantee;
    grant.operations = std::move(operations);
    grant.issuer = kOwn;
    request.grants.push_back(grant);
    return *this;
  }

  Setting& key(const std::string& name, const std::string& value) {
    request.context.push_back({name, reference::State::kScalar, {value}});
    return *this;
  }
  Setting& unknown(const std::string& name) {
    request.context.push_back({name, reference::State::kUnknown, {}});
    return *this;
  }

  // "allow identity"
  std::string decide(const reference::Options& options = {}) {
    constexpr const char* kOutcomes[] = {"allow", "explicit_deny", "implicit_deny", "conditional"};
    constexpr const char* kLayers[] = {"",         "rcp",      "scp",      "vpce",
                                       "resource", "identity", "boundary", "session",
                                       "grant",    "acl",      "bpa",      "service"};
    unknowns.clear();
    const auto decision = reference::decide(policies_, request, options, &unknowns);
    return std::string(kOutcomes[static_cast<std::size_t>(decision.outcome)]) + " " +
           kLayers[static_cast<std::size_t>(decision.layer)];
  }

  reference::Request request;
  reference::UnknownKeys unknowns;

 private:
  std::deque<PolicyDocument> documents_;
  std::vector<reference::Policy> policies_;
};

}  // namespace policysim::conformance
