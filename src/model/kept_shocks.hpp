#pragma once

#include <array>
#include <cstdint>

#include "base/distribution.hpp"
#include "base/draws.hpp"

namespace interregnum {

/// Standard Gumbel shocks of an actor's choice between `count` courses: kept as long as the same ruler is in question.
template <std::size_t count>
class KeptShocks {
 public:
  /// `era` numbers the rulers of a replicate.
  const std::array<double, count>& of(const Draws& draws, DrawPurpose purpose, std::uint64_t actor, std::uint64_t era) {
    if (era == era_) return shocks_;
    era_ = era;
    constexpr std::size_t lanes = std::tuple_size_v<UniformBlock>;
    constexpr std::size_t blocks = (count + lanes - 1) / lanes;
    for (std::size_t block = 0; block < blocks; ++block) {
      const UniformBlock u = draws.block(purpose, actor, blocks * era + block);
      for (std::size_t lane = 0; lane < lanes && block * lanes + lane < count; ++lane)
        shocks_[block * lanes + lane] = gumbel_quantile(u[lane]);
    }
    return shocks_;
  }

 private:
  static constexpr std::uint64_t no_era = ~std::uint64_t{0};

  std::array<double, count> shocks_{};
  std::uint64_t era_ = no_era;
};

}  // namespace interregnum
