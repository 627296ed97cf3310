#pragma once

#include <cmath>

/// Mathematics with the same last bits on every machine.
///
/// The system's libm is not used for exp, log, pow and their like: glibc picks other code for them where the processor
/// has fused multiply-add, and new versions change last bits. `<cmath>` finds the functions of musl instead, which are
/// linked into the program under their usual names (cmake/fixed_math.cmake). Libraries that compute in headers, such
/// as Boost.Math, find them too. They are those of ARM's optimized routines (exp, exp2, log, log2, pow; errors below
/// 0.6 units in the last place) and of FreeBSD's msun (the others, below one unit), in plain C without fused
/// multiply-add: emscripten's libm is made of the same sources. tests/cli/test_machines.py sees to it that none
/// comes from the system.
///
/// Why musl: CORE-MATH and OpenLibm have no package in Debian 12. SLEEF has one, with functions that are the same on
/// every instruction set, which take two to five times as long (docs/performance.md).
namespace interregnum {

/// The chance whose log-odds are `logit`; in [0, 1].
inline double logistic(double logit) { return 1.0 / (1.0 + std::exp(-logit)); }

/// exp(x), kept for the next time: for an `x` that is the same in most steps, such as a rate times a step's length.
class KeptExp {
 public:
  double operator()(double x) {
    if (x != of_) {
      of_ = x;
      value_ = std::exp(x);
    }
    return value_;
  }

 private:
  double of_ = 0.0;
  double value_ = 1.0;
};

}  // namespace interregnum
