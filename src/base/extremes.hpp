#pragma once

#include <cmath>

namespace interregnum {

/// The larger of two numbers; not a number if either is not one, which std::max would hide or not, by their order.
inline double larger(double left, double right) {
  if (std::isnan(left) || std::isnan(right)) return left + right;
  return left < right ? right : left;
}

/// The smaller likewise.
inline double smaller(double left, double right) {
  if (std::isnan(left) || std::isnan(right)) return left + right;
  return right < left ? right : left;
}

}  // namespace interregnum
