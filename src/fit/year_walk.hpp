#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <string_view>

#include "model/year_levels.hpp"

namespace interregnum {

/// The first year of the record, and of every walk.
inline constexpr int first_year_of_walks = 1950;

/// The levels of the years as a random walk, before the record is looked at: the change from one year to the next is
/// normal with mean 0 and standard deviation `step`, which is itself uncertain; the mean over all years is 0, for the
/// level of them all is a parameter of the model.
class YearWalk {
 public:
  /// Over the years from `first_year_of_walks` to `last`, which must not be earlier.
  explicit YearWalk(int last) : years_(last - first_year_of_walks + 1) {}

  int last() const { return first_year_of_walks + static_cast<int>(years_) - 1; }
  /// Standard normal numbers that make a walk: one for the step, then one for each change.
  Eigen::Index dimensions() const { return years_; }
  /// Draw number `draw` of them for one part of the model.
  Eigen::VectorXd draw_prior(std::uint64_t seed, std::string_view part, std::uint64_t draw) const;
  /// From those numbers: the standard deviation of a year's change, and the level of each year.
  static double step(const Eigen::Ref<const Eigen::VectorXd>& z);
  Eigen::VectorXd levels(const Eigen::Ref<const Eigen::VectorXd>& z) const;

 private:
  Eigen::Index years_;
};

/// Levels of the years of a walk as the model takes them. Years before the first and after the last have the nearest
/// one's.
YearLevels year_levels(const Eigen::Ref<const Eigen::VectorXd>& levels);
/// The same; after its last year the walk goes on by normal changes that belong to draw number `draw` of `part`.
YearLevels year_levels_ahead(const Eigen::Ref<const Eigen::VectorXd>& levels, double step, std::string_view part,
                             std::uint64_t draw);

/// Parts of the model that have levels, and the names of their levels in files of draws: `year_level_seizure_1974`.
inline constexpr std::string_view seizure_part = "seizure", onset_part = "onset";
std::string year_level_name(std::string_view part, int year);
std::string year_step_name(std::string_view part);

}  // namespace interregnum
