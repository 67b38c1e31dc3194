#include "gate/settings.hpp"

#include <algorithm>

namespace policysim::gate {

CompileOptions compile_options(const Settings& settings, const world::Defaults& defaults) {
  CompileOptions out;
  const auto set = [&out](const Semantics& semantics) {
    for (const auto& option : semantics) {
      const auto known =
          std::find_if(out.semantics.begin(), out.semantics.end(),
                       [&option](const auto& other) { return other.first == option.first; });
      if (known == out.semantics.end()) {
        out.semantics.push_back(option);
      } else {
        known->second = option.second;
      }
    }
  };
  set(settings.weak_semantics);
  set(defaults.options);
  set(settings.semantics);
  out.rcp_date = settings.rcp_date;
  out.rcp_services = settings.rcp_services;
  out.lenient = settings.lenient;
  return out;
}

}  // namespace policysim::gate
