#pragma once

#include <Eigen/Core>

#include "base/distribution.hpp"
#include "base/draws.hpp"

namespace interregnum {

/// Parameters as they are before the data: so many independent standard normal numbers.
inline Eigen::VectorXd standard_normals(const Draws& draws, Eigen::Index count) {
  Eigen::VectorXd z(count);
  for (Eigen::Index k = 0; k < count; ++k)
    z(k) = normal_quantile(draws.uniform(DrawPurpose::parameter, static_cast<std::uint64_t>(k)));
  return z;
}

}  // namespace interregnum
