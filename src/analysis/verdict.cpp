#include "analysis/verdict.hpp"

#include <algorithm>
#include <cmath>

namespace interregnum {

namespace {

constexpr double level = 0.05;
constexpr double power = 0.8;

}  // namespace

void adjust_for_many(const std::vector<ClaimTest*>& tests) {
  std::vector<ClaimTest*> made;
  for (ClaimTest* test : tests) {
    if (test->effect) made.push_back(test);
  }
  for (ClaimTest* test : made) test->p_value = two_sided_p_value(*test->effect);
  std::stable_sort(made.begin(), made.end(),
                   [](const ClaimTest* left, const ClaimTest* right) { return left->p_value < right->p_value; });
  double so_far = 0.0;
  for (std::size_t rank = 0; rank < made.size(); ++rank) {
    so_far = std::max(so_far, std::min(1.0, made[rank]->p_value * static_cast<double>(made.size() - rank)));
    made[rank]->adjusted_p_value = so_far;
    made[rank]->detectable = smallest_detectable(*made[rank]->effect, level / static_cast<double>(made.size()), power);
  }
}

ClaimVerdict judge(const ClaimTest& test, Expectation expected, double margin) {
  if (!test.effect) return ClaimVerdict::cannot_be_tested;
  const bool told = test.adjusted_p_value < level;
  if (expected == Expectation::nothing) {
    if (test.effect->low > -margin && test.effect->high < margin) return ClaimVerdict::supported;
    return told && std::abs(test.effect->value) > margin ? ClaimVerdict::contradicted : ClaimVerdict::cannot_tell;
  }
  if (!told) return test.detectable > margin ? ClaimVerdict::cannot_tell : ClaimVerdict::no_detectable_effect;
  return (test.effect->value > 0) == (expected == Expectation::more) ? ClaimVerdict::supported
                                                                     : ClaimVerdict::contradicted;
}

}  // namespace interregnum
