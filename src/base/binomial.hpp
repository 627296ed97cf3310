#pragma once

#include <cstdint>

namespace interregnum {

/// Standard normal quantile for the replicate loop: Wichura 1988 (AS 241, PPND7), about seven digits; p in (0, 1).
double normal_quantile_fast(double p);

/// A uniform number in (0, 1) from 32 random bits.
inline double uniform_of(std::uint32_t bits) { return (static_cast<double>(bits) + 0.5) * 0x1p-32; }

/// Above this mean (of the rarer of success and failure) `binomial_quantile` is a normal quantile.
inline constexpr double binomial_exact_below = 12.0;

/// The number of successes in `n` trials below which a share `u` of the distribution lies: by inversion, so that two
/// worlds that differ a little draw numbers that differ a little. Exact below a mean of `binomial_exact_below`; above,
/// the normal quantile with Cornish & Fisher's correction for skewness (1938), whose distribution function is nowhere
/// off by more than 0.002 (tests/unit/binomial_test.cpp). `n` is a whole number; p in [0, 1], u in (0, 1).
double binomial_quantile(double n, double p, double u);

}  // namespace interregnum
