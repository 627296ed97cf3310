#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "support.hpp"

namespace interregnum {
namespace {

/// A country with two plotting units in one town, at the same distance from the capital, and two equal garrisons there:
/// who comes first, and who of two equally strong commanders decides, is a matter of precedence.
std::string twin_units(const std::string& first, const std::string& second) {
  return R"(interregnum: 1
name: Twins
country: MLI
start: 1975-03-20 04:00
places:
  capital: {population: 500000, at: [10, 10], capital: true, sites: [presidency, broadcaster, airport, headquarters]}
  camp: {population: 20000, at: [10.1, 10.1], sites: [armoury]}
roads:
  - {between: [capital, camp], distance: 20 km}
units:
  )" + first +
         R"(: {place: camp, strength: 250, commander: middle, leaning: 0.6}
  )" + second +
         R"(: {place: camp, strength: 250, commander: middle, leaning: -0.2}
  guard: {place: capital, strength: 800, commander: senior, guards: presidency, leaning: -0.6}
  town_a: {place: capital, strength: 300, commander: middle, leaning: -1.2}
  town_b: {place: capital, strength: 300, commander: middle, leaning: -1.2}
ruler: {name: X, place: capital, site: presidency}
plot: {tier: middle, units: [)" +
         first + ", " + second + R"(], objectives: [broadcaster, presidency, airport]}
public: {support: 0.4}
)";
}

double share(const std::string& text, std::uint64_t count) {
  return test::share_seized(test::seizures_of(test::world_of(text), test::theta_with(), count));
}

// The spelling of an id decides nothing: two names whose alphabetical order is the other way round seize power as
// often. Beyond 4.9 standard errors by chance once in a million times.
TEST(Precedence, NamesDecideNothing) {
  constexpr std::uint64_t count = 6000;
  const double first = share(twin_units("alpha", "omega"), count);
  const double second = share(twin_units("omega", "alpha"), count);
  const double error = std::sqrt((first * (1 - first) + second * (1 - second)) / static_cast<double>(count));
  EXPECT_NEAR(first, second, 4.9 * error);
  EXPECT_GT(first, 0.05);
  EXPECT_LT(first, 0.95);
}

}  // namespace
}  // namespace interregnum
