// The value of a call, or why the call failed: a small subset of std::expected's interface.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "policysim/diagnostic.hpp"

namespace policysim {

// Why a call failed. `code` is a rule number ("PS0101"); `diagnostics` holds all findings where a
// document is at fault, and may be empty (file not found, misuse).
struct Error {
  std::string code;
  std::string message;
  std::vector<Diagnostic> diagnostics;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit on purpose
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  // Precondition of all: has_value(), resp. !has_value() for error().
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  Error& error() & { return std::get<1>(state_); }
  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace policysim
