#pragma once

#include <array>

#include "base/math.hpp"
#include "model/parameter.hpp"
#include "world/world.hpp"

namespace interregnum {

struct Country;

/// Parameters of what plotters learn from earlier attempts. Off by default: the record of 1950-2011 shows no learning
/// (success .43 where there was an attempt in the five years before, .57 where there was none).
struct LessonsTheta {
  double learning, memory_years, unity_gain, protest_gain, garrison_gain;
};

namespace lessons_sources {
inline constexpr std::string_view none_seen =
    "Powell & Thyne 2011: no sign of learning in 459 attempts, hence off; the mechanism is the mission's";
}  // namespace lessons_sources

inline constexpr auto lessons_parameters = [] {
  using T = LessonsTheta;
  using P = Parameter<T>;
  using namespace lessons_sources;
  constexpr Sign open = Sign::open;
  constexpr Sign assumed = Sign::assumed;
  return std::array{
      P{&T::learning, "learning", "1 / memory", 0.0, 0, 10, Prior::lognormal(0.3, 1), assumed, none_seen,
        "how surely a remembered cause of failure is prepared against: the chance is 1 - exp(-learning · memory)"},
      P{&T::memory_years, "memory_years", "years", 10, 0.5, 100, Prior::lognormal(10, 0.5), assumed, none_seen,
        "how long a cause of failure is remembered"},
      P{&T::unity_gain, "unity_gain", "stakes", 0.2, -2, 2, Prior::normal(0, 0.3), open, none_seen,
        "what unity sought first adds to every unit's leaning toward the plot"},
      P{&T::protest_gain, "protest_gain", "logit", 0.7, -3, 3, Prior::normal(0, 0.7), open, none_seen,
        "what waiting for protest adds to turnout against the ruler of that day"},
      P{&T::garrison_gain, "garrison_gain", "share", 0.1, -1, 1, Prior::normal(0, 0.15), open, none_seen,
        "what garrisons kept at their posts add to the army's cohesion afterwards"},
  };
}();

/// What made earlier attempts fail; the order of lesson_names.
enum class Lesson : std::uint8_t { no_support_base, split_army, foreign_pretext, towns_lost };
inline constexpr std::size_t lesson_count = 4;

struct LessonsState {
  std::array<double, lesson_count> memory{};  ///< remembered cases, the older the less
  KeptExp kept;                               ///< what a step leaves of them
  std::array<bool, lesson_count> prepared{};  ///< whether the present plot prepares against it
};

/// Memory from the country file's history, and what the first plot makes of it.
void start_lessons(Country& country);
void step_lessons(Country& country);
void remember(Country& country, Lesson lesson);
/// Whether the plot number `attempt` prepares against each cause.
void prepare_plot(Country& country, std::uint32_t attempt);
/// The chance that a bloc has a pact with the plotters, given the country file's.
double chance_of_pact(const Country& country, double from_file);

}  // namespace interregnum
