#include "fit/year_walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/distribution.hpp"
#include "base/draws.hpp"
#include "base/identifiers.hpp"

namespace interregnum {

Eigen::VectorXd YearWalk::draw_prior(std::uint64_t seed, std::string_view part, std::uint64_t draw) const {
  const Draws draws(seed, hash_identifier(part), draw);
  Eigen::VectorXd z(years_);
  for (Eigen::Index position = 0; position < years_; ++position)
    z(position) = normal_quantile(draws.uniform(DrawPurpose::parameter, hash_identifier("walk over years"),
                                                static_cast<std::uint64_t>(position)));
  return z;
}

// Median .15, a factor of 2.7 either way with 95 %: between hardly any change in sixty years and one that turns long
// odds into short ones within ten.
double YearWalk::step(const Eigen::Ref<const Eigen::VectorXd>& z) { return 0.15 * std::exp(0.5 * z(0)); }

Eigen::VectorXd YearWalk::levels(const Eigen::Ref<const Eigen::VectorXd>& z) const {
  Eigen::VectorXd levels(years_);
  levels(0) = 0.0;
  const double change = step(z);
  for (Eigen::Index year = 1; year < years_; ++year) levels(year) = levels(year - 1) + change * z(year);
  return levels.array() - levels.mean();
}

YearLevels year_levels(const Eigen::Ref<const Eigen::VectorXd>& levels) {
  YearLevels all;
  for (int year = YearLevels::first; year <= YearLevels::last; ++year)
    all.set(year, levels(std::clamp<Eigen::Index>(year - first_year_of_walks, 0, levels.size() - 1)));
  return all;
}

YearLevels year_levels_ahead(const Eigen::Ref<const Eigen::VectorXd>& levels, double step, std::string_view part,
                             std::uint64_t draw) {
  YearLevels all = year_levels(levels);
  const int last = first_year_of_walks + static_cast<int>(levels.size()) - 1;
  const Draws draws(hash_identifier("years ahead"), hash_identifier(part), draw);
  for (int year = last + 1; year <= YearLevels::last; ++year)
    // In single precision, as files of draws have the years on record, so that a table of draws needs no more.
    all.set(year, static_cast<float>(
                      all.of(year - 1) +
                      step * normal_quantile(draws.uniform(DrawPurpose::parameter, static_cast<std::uint64_t>(year)))));
  return all;
}

std::string year_level_name(std::string_view part, int year) { return fmt::format("year_level_{}_{}", part, year); }

std::string year_step_name(std::string_view part) { return fmt::format("year_step_{}", part); }

}  // namespace interregnum
