#include "scoring/by_country.hpp"

#include <cmath>
#include <vector>

#include "analysis/estimate.hpp"
#include "base/draws.hpp"
#include "scoring/scores.hpp"

namespace interregnum {

ScoreDifference ByCountry::mean(std::uint64_t seed) const {
  constexpr std::uint64_t resamples = 2000;
  std::vector<Sum> countries;
  Sum all;
  for (const auto& [code, sum] : sums_) {
    if (std::isnan(sum.value)) return {no_number, no_number, no_number};
    countries.push_back(sum);
    all.value += sum.value;
    all.number += sum.number;
  }
  std::vector<double> means;
  for (std::uint64_t resample = 0; resample < resamples; ++resample) {
    const Draws draws(seed, 0, resample);
    Sum of_drawn;
    for (std::size_t drawn = 0; drawn < countries.size(); ++drawn) {
      const double u = draws.uniform(DrawPurpose::resample, drawn);
      const Sum& own = countries[static_cast<std::size_t>(u * static_cast<double>(countries.size()))];
      of_drawn.value += own.value;
      of_drawn.number += own.number;
    }
    means.push_back(of_drawn.value / of_drawn.number);
  }
  const Estimate mean = bootstrap_interval(all.value / all.number, std::move(means), countries.size());
  return {mean.value, mean.low, mean.high};
}

}  // namespace interregnum
