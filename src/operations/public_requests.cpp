// The public ways to a request from JSON.
#include <memory>
#include <utility>

#include "operations/request_builder.hpp"
#include "policysim/request.hpp"

namespace policysim {

Result<Request> Request::from_json(std::string_view json) {
  operations::BuildOptions options;
  options.single = true;
  auto built = operations::build_requests(json, nullptr, options);
  if (!built) return std::move(built).error();
  return Request(std::make_shared<const request::Data>(std::move(built->requests.front())));
}

RequestBuilder::RequestBuilder(std::shared_ptr<const World> world) : world_(std::move(world)) {}

Result<std::vector<Request>> RequestBuilder::build(std::string_view request_json) const {
  auto built = operations::build_requests(request_json, world_.get());
  if (!built) return std::move(built).error();
  std::vector<Request> out;
  for (request::Data& data : built->requests) {
    out.emplace_back(std::make_shared<const request::Data>(std::move(data)));
  }
  return out;
}

}  // namespace policysim
