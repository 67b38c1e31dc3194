// One authorization request: who does what to which resource, in which context.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policysim/export.hpp"
#include "policysim/result.hpp"
#include "policysim/world.hpp"

namespace policysim {

namespace request {
struct Data;
}

// Immutable, share freely.
class PSIM_EXPORT Request {
 public:
  class Builder;

  // The members of a fixture's request, without a world: only what its ARNs say and the defaults
  // are derived. Fails (PS3…) on unknown members, wrong types, or an owner that no ARN names.
  static Result<Request> from_json(std::string_view json);

  explicit Request(std::shared_ptr<const request::Data> data) : data_(std::move(data)) {}
  const request::Data& data() const noexcept { return *data_; }
  const std::shared_ptr<const request::Data>& shared_data() const noexcept { return data_; }

 private:
  std::shared_ptr<const request::Data> data_;
};

// Takes the context exactly as given: nothing is derived. One per thread.
class PSIM_EXPORT Request::Builder {
 public:
  // ARN, service principal, provider ARN or host name, or "*" / "anonymous". A role ARN and
  // `aws:PrincipalArn`, `aws:userid`, `s3:CanonicalUserId` in the context say who the caller is.
  Builder& principal(std::string_view principal);
  Builder& action(std::string_view action);
  Builder& resource(std::string_view resource);
  Builder& resource_account(std::string_view account);
  Builder& context(std::string_view key, std::string_view value);
  Builder& context(std::string_view key, std::vector<std::string> values);  // a list, even of one
  Builder& context_unknown(std::string_view key);
  Builder& context_absent(std::string_view key);
  Result<Request> build() const;

  Builder();
  Builder(const Builder&);
  Builder& operator=(const Builder&);
  ~Builder();

 private:
  std::shared_ptr<request::Data> data_;
};

// Fixture request -> authorizations, in order, with everything derived from a world. Immutable,
// share freely.
class PSIM_EXPORT RequestBuilder {
 public:
  explicit RequestBuilder(std::shared_ptr<const World> world);
  Result<std::vector<Request>> build(std::string_view request_json) const;

 private:
  std::shared_ptr<const World> world_;
};

}  // namespace policysim
