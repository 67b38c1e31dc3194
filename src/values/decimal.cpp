#include "values/decimal.hpp"

#include <algorithm>
#include <cstddef>

#include "values/scan.hpp"

namespace policysim::values {
namespace {

// Eighteen digits keep every exponent and every position of a digit within 64 bits; a longer
// exponent is not a number.
constexpr std::size_t kExponentDigits = 18;

std::optional<std::int64_t> parse_exponent(std::string_view text) noexcept {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || take_digits(text).size() != text.size()) return std::nullopt;
  text = without_leading_zeros(text);
  if (text.size() > kExponentDigits) return std::nullopt;
  const std::int64_t value = to_int64(text);
  return negative ? -value : value;
}

// All digits of a number: `first` is the power of ten above the first of them, which is not zero.
class Digits {
 public:
  explicit Digits(const Decimal& number) noexcept
      : integer_(number.integer), fraction_(number.fraction) {
    const std::size_t zeros =
        integer_.empty() ? fraction_.size() - without_leading_zeros(fraction_).size() : 0;
    fraction_.remove_prefix(zeros);
    first_ = number.exponent + static_cast<std::int64_t>(integer_.size()) -
             static_cast<std::int64_t>(zeros);
  }

  bool zero() const noexcept { return size() == 0; }
  std::int64_t first() const noexcept { return first_; }
  std::size_t size() const noexcept { return integer_.size() + fraction_.size(); }
  char operator[](std::size_t i) const noexcept {
    if (i < integer_.size()) return integer_[i];
    return i < size() ? fraction_[i - integer_.size()] : '0';
  }

 private:
  std::string_view integer_;
  std::string_view fraction_;
  std::int64_t first_ = 0;
};

std::strong_ordering compare_magnitudes(const Digits& a, const Digits& b) noexcept {
  if (a.zero() || b.zero()) return b.zero() <=> a.zero();
  if (a.first() != b.first()) return a.first() <=> b.first();
  const std::size_t size = std::max(a.size(), b.size());
  for (std::size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return a[i] <=> b[i];
  }
  return std::strong_ordering::equal;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text, bool allow_exponent) noexcept {
  text = trim_blanks(text);
  Decimal number;
  number.negative = text.starts_with('-');
  if (number.negative || text.starts_with('+')) text.remove_prefix(1);
  const std::string_view integer = take_digits(text);
  if (integer.empty()) return std::nullopt;
  text.remove_prefix(integer.size());
  number.integer = without_leading_zeros(integer);
  if (text.starts_with('.')) {
    const std::string_view fraction = take_digits(text.substr(1));
    if (fraction.empty()) return std::nullopt;
    text.remove_prefix(1 + fraction.size());
    number.fraction = without_trailing_zeros(fraction);
  }
  if (allow_exponent && (text.starts_with('e') || text.starts_with('E'))) {
    const std::optional<std::int64_t> exponent = parse_exponent(text.substr(1));
    if (!exponent) return std::nullopt;
    number.exponent = *exponent;
    text = {};
  }
  if (!text.empty()) return std::nullopt;
  return number;
}

std::strong_ordering compare(const Decimal& a, const Decimal& b) noexcept {
  const Digits digits_a(a);
  const Digits digits_b(b);
  const bool negative_a = a.negative && !digits_a.zero();
  const bool negative_b = b.negative && !digits_b.zero();
  if (negative_a != negative_b) return negative_b <=> negative_a;
  return negative_a ? compare_magnitudes(digits_b, digits_a)
                    : compare_magnitudes(digits_a, digits_b);
}

}  // namespace policysim::values
