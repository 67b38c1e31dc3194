// The keys of one request, by where their values come from.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "request/request.hpp"

namespace policysim::operations {

// Collects keys of all four origins; the first origin that has a key gives its value. One per
// request.
class KeySet {
 public:
  KeySet() { entries_.reserve(48); }

  void add(request::ContextEntry entry) { entries_.push_back(std::move(entry)); }
  void scalar(request::Origin origin, std::string key, std::string value);
  void list(request::Origin origin, std::string key, std::vector<std::string> values);
  void absent(request::Origin origin, std::string key);
  void unknown(request::Origin origin, std::string key);
  // Nothing but the entries exists under this lower-case prefix. With origin world that is a fact,
  // which other values can contradict.
  void complete(request::Origin origin, std::string prefix);
  void unknown_prefix(std::string prefix) { unknown_.push_back(std::move(prefix)); }

  // Moves the keys into `out`. Keys of the context or the request that differ from a fact are
  // given to `contradiction` as (stated entry, what the world says).
  void resolve(request::Data& out,
               const std::function<void(const request::ContextEntry&, const std::string&)>&
                   contradiction) &&;

 private:
  std::vector<request::ContextEntry> entries_;
  std::vector<std::string> complete_, facts_, unknown_;
};

}  // namespace policysim::operations
