#pragma once

#include <boost/math/distributions/students_t.hpp>

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

}  // namespace interregnum
