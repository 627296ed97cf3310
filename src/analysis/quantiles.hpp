#pragma once

#include <boost/math/distributions/students_t.hpp>
#include <cstddef>
#include <vector>

namespace interregnum {

/// Every interval covers 95 %: a tail of this size is left on either side.
inline constexpr double interval_tail = 0.025;

/// The standard normal distribution's quantile at 1 - interval_tail.
inline constexpr double normal_quantile_of_tail = 1.959963984540054;

/// Student's distribution's quantile at 1 - interval_tail.
inline double student_quantile_of_tail(double degrees_of_freedom) {
  const boost::math::students_t_distribution<double> student(degrees_of_freedom);
  return boost::math::quantile(student, 1.0 - interval_tail);
}

/// The number of a sorted sample below which a share `level` of it lies, to the nearest one. The sample is not empty.
inline double sample_quantile(const std::vector<double>& sorted, double level) {
  return sorted[static_cast<std::size_t>(level * static_cast<double>(sorted.size() - 1) + 0.5)];
}

}  // namespace interregnum
