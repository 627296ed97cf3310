#pragma once

#include <array>
#include <string_view>

#include "model/parameter.hpp"

namespace interregnum {

/// How time passes where it does not pass event by event. Settings of the simulation rather than of any country:
/// halving them must change no outcome by more than a percentage point (tests/stat/steps_test.cpp).
struct ClockTheta {
  double fine_step, fine_days, coarse_step, crowd_step, holding_step, town_steps;
};

inline constexpr auto clock_parameters = [] {
  using T = ClockTheta;
  using P = Parameter<T>;
  constexpr std::string_view numerical = "numerical: see docs/model.md, One clock";
  return std::array{
      P{&T::fine_step, "fine_step", "hours", 24, 1, 168, Prior::uniform(12, 24), Sign::assumed, numerical,
        "length of a step in the days after an attempt, and while one is on"},
      P{&T::fine_days, "fine_days", "days", 30, 0, 3650, Prior::uniform(20, 60), Sign::assumed, numerical,
        "for how many days after an attempt steps are that short"},
      P{&T::coarse_step, "coarse_step", "hours", 168, 1, 744, Prior::uniform(84, 168), Sign::assumed, numerical,
        "length of a step later"},
      P{&T::crowd_step, "crowd_step", "hours", 1, 0.1, 24, Prior::uniform(0.5, 1), Sign::assumed, numerical,
        "how often the capital's crowds move while soldiers contest it"},
      P{&T::holding_step, "holding_step", "hours", 12, 0.1, 24, Prior::uniform(6, 12), Sign::assumed, numerical,
        "the same once power is taken, until it has been held for seven days"},
      P{&T::town_steps, "town_steps", "steps", 6, 1, 12, Prior::uniform(3, 6), Sign::assumed, numerical,
        "in how many of the country's steps the crowds of a town outside the capital move once"},
  };
}();

}  // namespace interregnum
