// Request::Builder: the context as given, nothing derived. It stands here and not in request/, as
// it asks services/ whose policy governs a resource.
#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "request/request.hpp"
#include "services/rules.hpp"
#include "values/arn.hpp"

namespace policysim {
namespace {

using request::ContextEntry;
using request::ValueState;

const ContextEntry* find(const request::Data& data, std::string_view key) {
  for (const ContextEntry& entry : data.context) {
    if (base::equals_ignore_case(entry.key, key)) return &entry;
  }
  return nullptr;
}

std::string scalar(const request::Data& data, std::string_view key) {
  const ContextEntry* entry = find(data, key);
  return entry != nullptr && entry->state == ValueState::kScalar ? entry->values.front()
                                                                 : std::string();
}

void set(request::Data& data, ContextEntry entry) {
  const auto same = std::find_if(data.context.begin(), data.context.end(),
                                 [&](const ContextEntry& e) { return e.key == entry.key; });
  if (same != data.context.end()) {
    *same = std::move(entry);
  } else {
    data.context.push_back(std::move(entry));
  }
}

// The context feeds the identities that the caller's ARN does not show.
void identities_from_context(request::Data& data) {
  request::Caller& caller = data.caller;
  const bool session = caller.kind == request::CallerKind::kRoleSession;
  if (const std::string arn = scalar(data, "aws:PrincipalArn");
      session && arn.find(":role/") != std::string::npos) {
    caller.principal_arn = arn;
    if (arn.find(":role/aws-service-role/") != std::string::npos) {
      caller.kind = request::CallerKind::kServiceLinkedRole;
    }
  }
  if (session || caller.kind == request::CallerKind::kUser) {
    const std::string userid = scalar(data, "aws:userid");
    caller.unique_id = userid.substr(0, userid.find(':'));
  }
  caller.canonical_id = scalar(data, "s3:CanonicalUserId");
}

}  // namespace

Request::Builder::Builder() : data_(std::make_shared<request::Data>()) {}
Request::Builder::Builder(const Builder& other)
    : data_(std::make_shared<request::Data>(*other.data_)) {}
Request::Builder& Request::Builder::operator=(const Builder& other) {
  if (this != &other) data_ = std::make_shared<request::Data>(*other.data_);
  return *this;
}
Request::Builder::~Builder() = default;

Request::Builder& Request::Builder::principal(std::string_view principal) {
  data_->caller.entry = std::string(principal);
  return *this;
}

Request::Builder& Request::Builder::action(std::string_view action) {
  data_->action = std::string(action);
  return *this;
}

Request::Builder& Request::Builder::resource(std::string_view resource) {
  data_->resource = std::string(resource);
  return *this;
}

Request::Builder& Request::Builder::resource_account(std::string_view account) {
  data_->resource_facts.account = std::string(account);
  return *this;
}

Request::Builder& Request::Builder::context(std::string_view key, std::string_view value) {
  set(*data_, {std::string(key), ValueState::kScalar, {std::string(value)}, {}});
  return *this;
}

Request::Builder& Request::Builder::context(std::string_view key, std::vector<std::string> values) {
  set(*data_, {std::string(key), ValueState::kList, std::move(values), {}});
  return *this;
}

Request::Builder& Request::Builder::context_unknown(std::string_view key) {
  set(*data_, {std::string(key), ValueState::kUnknown, {}, {}});
  return *this;
}

Request::Builder& Request::Builder::context_absent(std::string_view key) {
  set(*data_, {std::string(key), ValueState::kAbsent, {}, {}});
  return *this;
}

Result<Request> Request::Builder::build() const {
  auto data = std::make_shared<request::Data>(*data_);
  auto caller = request::caller_from_arn(data->caller.entry);
  if (!caller) {
    return Error{"PS3005", "no caller has the name or ARN `" + data->caller.entry + "`", {}};
  }
  data->caller = *std::move(caller);
  if (data->action.find(':') == std::string::npos) {
    return Error{
        "PS3009", "an action is a service prefix and a name, not `" + data->action + "`", {}};
  }
  if (data->resource.empty()) return Error{"PS3004", "the request names no resource", {}};
  identities_from_context(*data);

  request::ResourceFacts& facts = data->resource_facts;
  if (const auto arn = values::split_arn(data->resource)) {
    facts.partition = std::string(arn->partition());
    if (facts.account.empty()) facts.account = std::string(arn->account());
  }
  if (facts.account.empty()) facts.account = scalar(*data, "aws:ResourceAccount");
  if (facts.account.empty()) facts.account = data->caller.account;
  facts.policy_target = std::string(services::policy_target(data->resource));
  data->via_service = base::equals_ignore_case(scalar(*data, "aws:ViaAWSService"), "true");
  return Request(std::move(data));
}

}  // namespace policysim
