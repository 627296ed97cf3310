#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace interregnum {

/// A number for each year that a part of the model adds in every country. Success of attempts and their frequency rise
/// and fall over decades for reasons that no country file holds. The fit learns the levels of the years on record as a
/// random walk, whose mean over those years is zero, and carries the walk on (docs/decisions/0017-time-is-a-walk.md).
class YearLevels {
 public:
  static constexpr int first = 1950, last = 2035;
  static constexpr double farthest = 50.0;  ///< from zero that files may hold

  /// Years before the first and after the last have the level of the nearest.
  double of(int year) const { return levels_[position(year)]; }
  void set(int year, double level) { levels_[position(year)] = level; }
  double& at(int year) { return levels_[position(year)]; }

 private:
  static std::size_t position(int year) { return static_cast<std::size_t>(std::clamp(year, first, last) - first); }

  std::array<double, last - first + 1> levels_{};
};

}  // namespace interregnum
