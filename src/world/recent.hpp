// The values that were used last, by key.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace policysim::world {

// Keeps at most `most` values (at least one); what was not asked for longest goes first. References
// hold until the next call.
template <class Value>
class Recent {
 public:
  explicit Recent(std::size_t most) : most_(most > 0 ? most : 1) {}

  // The value of `key`, made by `make()` if it is not there.
  template <class Make>
  Value& get(const std::string& key, const Make& make) {
    if (const auto found = place_.find(key); found != place_.end()) {
      order_.splice(order_.begin(), order_, found->second);
      return found->second->second;
    }
    while (order_.size() >= most_) {
      place_.erase(order_.back().first);
      order_.pop_back();
    }
    order_.emplace_front(key, make());
    place_.emplace(order_.front().first, order_.begin());
    return order_.front().second;
  }

  std::size_t size() const noexcept { return order_.size(); }

 private:
  using Order = std::list<std::pair<std::string, Value>>;

  std::size_t most_;
  Order order_;                                                           // last used first
  std::unordered_map<std::string_view, typename Order::iterator> place_;  // keys stand in order_
};

}  // namespace policysim::world
