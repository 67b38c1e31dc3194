// differential [--cases N] [--seed S] [--report] [--require N]
// Compares the product with the reference on N random cases. Ends with 1 at the first difference,
// with 2 on wrong usage, with 3 when --require is given and a row or situation occurred less often,
// or an outcome in less than 10 % of the requests. With --report or --require the reference itself
// is compared with the tables of the specification.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include "differential/compare.hpp"
#include "differential/generator.hpp"
#include "differential/report.hpp"

namespace policysim::differential {
namespace {

struct Settings {
  std::uint64_t cases = 20'000;
  std::uint64_t seed = 0;
  bool seeded = false;
  bool report = false;
  std::uint64_t require = 0;
};

bool parse(int count, char** words, Settings& out) {
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word == "--report") {
      out.report = true;
      continue;
    }
    if (i + 1 >= count) return false;
    const std::uint64_t value = std::strtoull(words[++i], nullptr, 10);
    if (word == "--cases") {
      out.cases = value;
    } else if (word == "--seed") {
      out.seed = value;
      out.seeded = true;
    } else if (word == "--require") {
      out.require = value;
    } else {
      return false;
    }
  }
  return true;
}

// Evidence costs more than the decision: it is compared for one case in eight.
bool with_evidence(std::uint64_t number) { return number % 8 == 0; }

void tell(const Case& generated, std::uint64_t number, std::uint64_t seed,
          const std::string& difference) {
  std::printf("case %llu of seed %llu differs: %s\n", static_cast<unsigned long long>(number),
              static_cast<unsigned long long>(seed), difference.c_str());
  const Case smallest = shrink(generated, with_evidence(number));
  const Comparison again = compare(smallest, with_evidence(number));
  std::printf("smallest:\n%s", to_text(smallest).c_str());
  for (const request::Data& data : smallest.requests) std::printf("%s", to_text(data).c_str());
  std::printf("%s\n", again.difference.value_or("no difference left").c_str());
}

int run(const Settings& settings) {
  std::printf("seed %llu\n", static_cast<unsigned long long>(settings.seed));
  Report report;
  const bool counting = settings.report || settings.require > 0;
  const auto begin = std::chrono::steady_clock::now();
  for (std::uint64_t i = 0; i < settings.cases; ++i) {
    Choices choices(settings.seed * 0x100000001B3ULL + i);
    const Case generated = generate(choices, goals()[i % goals().size()]);
    const Comparison comparison = compare(generated, with_evidence(i));
    if (comparison.difference) {
      tell(generated, i, settings.seed, *comparison.difference);
      return 1;
    }
    if (!counting) continue;
    if (const auto against = report.add(generated, comparison)) {
      std::printf("case %llu of seed %llu: %s\n%s", static_cast<unsigned long long>(i),
                  static_cast<unsigned long long>(settings.seed), against->c_str(),
                  to_text(generated).c_str());
      for (const request::Data& data : generated.requests) std::printf("%s", to_text(data).c_str());
      return 1;
    }
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  if (settings.report) std::printf("%s", report.text().c_str());
  std::printf("no difference in %llu cases, %.1f s\n",
              static_cast<unsigned long long>(settings.cases), took.count());
  return settings.require > 0 && !report.sufficient(settings.require) ? 3 : 0;
}

}  // namespace
}  // namespace policysim::differential

int main(int count, char** words) {
  policysim::differential::Settings settings;
  if (!policysim::differential::parse(count, words, settings)) {
    std::fprintf(stderr, "usage: differential [--cases N] [--seed S] [--report] [--require N]\n");
    return 2;
  }
  if (!settings.seeded) settings.seed = std::random_device{}();
  return policysim::differential::run(settings);
}
