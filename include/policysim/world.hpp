// What exists: organizations, accounts, principals, resources, endpoints and their policies.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "policysim/diagnostic.hpp"
#include "policysim/export.hpp"
#include "policysim/result.hpp"

namespace policysim {

namespace world {
struct Data;
}

// Data only: says what exists, never what a request's keys are. Immutable, share freely.
class PSIM_EXPORT World {
 public:
  // Reads the `world` of a fixture file (JSON or YAML) with all its includes and policies. Fails
  // with every finding when one of them is an error.
  static Result<std::shared_ptr<const World>> load(const std::string& path);

  explicit World(std::shared_ptr<const world::Data> data) : data_(std::move(data)) {}
  const world::Data& data() const noexcept { return *data_; }

 private:
  std::shared_ptr<const world::Data> data_;
};

}  // namespace policysim
