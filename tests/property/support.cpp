#include "property/support.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <random>

#include "differential/names.hpp"
#include "differential/product.hpp"

namespace policysim::property {
namespace {

constexpr std::uint64_t kFixedSeed = 1;

std::uint64_t number_of(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

void check_seed(const Property& property, std::uint64_t seed, std::uint64_t least) {
  std::uint64_t applied = 0;
  const std::uint64_t limit = least * 60;
  for (std::uint64_t i = 0; i < limit && applied < least; ++i) {
    Choices choices(seed * 0x100000001B3ULL + i);
    const auto& goals = differential::goals();
    Case generated = differential::generate(choices, goals[i % goals.size()]);
    std::string why;
    const Verdict verdict = property(choices, generated, why);
    if (verdict == Verdict::kFails) {
      FAIL() << "case " << i << " of seed " << seed << ": " << why;
    }
    if (verdict == Verdict::kHolds) ++applied;
  }
  EXPECT_GE(applied, least) << "the property applies to too few cases of seed " << seed;
}

}  // namespace

int access(Outcome outcome) {
  switch (outcome) {
    case Outcome::kAllow:
      return 2;
    case Outcome::kConditional:
      return 1;
    case Outcome::kExplicitDeny:
    case Outcome::kImplicitDeny:
      break;
  }
  return 0;
}

Request to_request(const request::Data& data) {
  return Request(std::make_shared<const request::Data>(data));
}

bool has_unknown_keys(const request::Data& data) {
  const auto unknown = [](const request::ContextEntry& entry) {
    return entry.state == request::ValueState::kUnknown;
  };
  return data.missing_unknown || !data.unknown_prefixes.empty() ||
         std::any_of(data.context.begin(), data.context.end(), unknown);
}

std::optional<Compiled> compile(const Case& generated) {
  differential::Comparison parsed;
  if (!differential::parse_all(generated, parsed)) return std::nullopt;
  auto compiled = differential::compile(generated, parsed);
  if (!compiled) {
    ADD_FAILURE() << "does not compile: " << compiled.error().message;
    return std::nullopt;
  }
  Compiled out{compiled.value(), Evaluator(compiled.value()), {}};
  for (const request::Data& data : generated.requests) {
    out.decisions.push_back(out.evaluator.evaluate(to_request(data)));
  }
  return out;
}

std::string words(const Decision& decision) {
  std::string out =
      differential::name(decision.outcome) + " of layer " + differential::name(decision.layer);
  if (decision.statement.valid()) out += ", statement " + std::to_string(decision.statement.value);
  return out;
}

std::string words(const Case& generated, const request::Data& request) {
  return "\n" + differential::to_text(generated) + differential::to_text(request);
}

void check(const Property& property, std::uint64_t least) {
  least = number_of("PSIM_PROPERTY_CASES", least);
  const std::uint64_t fresh = number_of("PSIM_PROPERTY_SEED", std::random_device{}());
  std::cout << "seeds " << kFixedSeed << " and " << fresh << '\n';
  check_seed(property, kFixedSeed, least);
  if (!testing::Test::HasFailure()) check_seed(property, fresh, least);
}

}  // namespace policysim::property
