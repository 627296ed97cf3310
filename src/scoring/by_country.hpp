#pragma once

#include <cstdint>
#include <map>

namespace interregnum {

/// A difference of scores, the model's less the other's (negative: the model is better), with the interval of a
/// bootstrap over countries; its ends are infinite where it cannot be told, as of a single country.
struct ScoreDifference {
  double value = 0.0, low = 0.0, high = 0.0;
};

/// Numbers that belong to countries, such as a difference of scores for each attempt. Attempts of one country are
/// alike, so that it is countries that are drawn anew.
class ByCountry {
 public:
  void add(int country_code, double number) {
    Sum& sum = sums_[country_code];
    sum.value += number;
    sum.number += 1.0;
  }
  /// Mean of all numbers, with the interval of drawing whole countries anew; unknown if one of the numbers is none.
  ScoreDifference mean(std::uint64_t seed) const;

 private:
  struct Sum {
    double value = 0.0, number = 0.0;
  };
  std::map<int, Sum> sums_;
};

}  // namespace interregnum
