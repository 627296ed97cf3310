#include "model/lessons.hpp"

#include "base/contract.hpp"
#include "base/identifiers.hpp"
#include "model/country.hpp"

namespace interregnum {

namespace {
constexpr std::uint64_t lessons_hash = hash_identifier("lessons");
}

void start_lessons(Country& country) {
  LessonsState& lessons = country.state.lessons;
  lessons = LessonsState{};
  const double memory = country.theta.lessons.memory_years * hours_per_year;
  for (const WorldEarlierAttempt& attempt : country.world.history) {
    for (std::size_t lesson = 0; lesson < lesson_count; ++lesson) {
      if ((attempt.lessons >> lesson) & 1U) lessons.memory[lesson] += std::exp(attempt.hour / memory);
    }
  }
  prepare_plot(country, 0);
}

void step_lessons(Country& country) {
  LessonsState& lessons = country.state.lessons;
  const double kept = lessons.kept(-country.years() / country.theta.lessons.memory_years);
  for (double& memory : lessons.memory) memory *= kept;
}

void remember(Country& country, Lesson lesson) {
  country.state.lessons.memory[static_cast<std::size_t>(lesson)] += 1.0;
}

void prepare_plot(Country& country, std::uint32_t attempt) {
  LessonsState& lessons = country.state.lessons;
  const UniformBlock u = country.draws.block(DrawPurpose::lesson, lessons_hash, attempt);
  for (std::size_t lesson = 0; lesson < lesson_count; ++lesson)
    lessons.prepared[lesson] = u[lesson] < 1.0 - std::exp(-country.theta.lessons.learning * lessons.memory[lesson]);
}

double chance_of_pact(const Country& country, double from_file) {
  expects(from_file >= 0 && from_file <= 1, "a chance lies between 0 and 1", from_file);
  const bool seeks_pacts = country.state.lessons.prepared[static_cast<std::size_t>(Lesson::no_support_base)];
  // Who seeks a pact finds one with half of those who would not have had it.
  return seeks_pacts ? from_file + 0.5 * (1.0 - from_file) : from_file;
}

}  // namespace interregnum
