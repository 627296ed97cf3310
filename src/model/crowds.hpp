#pragma once

#include <array>
#include <cstddef>
#include <limits>

namespace interregnum {

struct Country;
struct PublicTheta;

/// Largest share of the people of one mind who can be out at the same time. The largest crowds on record, of decades,
/// were half of a capital with the help of the rest of the country: docs/decisions/0016-the-seizure-second-edition.md.
inline constexpr double most_out = 0.35;

/// Classes of leaning of a place's citizens, finer toward both ends.
inline constexpr std::size_t class_count = 16;

/// Where the citizens of a place part into those who lean against the ruler and those who lean to him.
struct LeaningSplit {
  double leaning = std::numeric_limits<double>::quiet_NaN();  ///< the place's mean leaning that it was made for
  std::size_t parted = 0;                                     ///< the class through which the line goes
  double share_against = 0;                                   ///< of all people
  double weight_against = 0, weight_for = 0;                  ///< shares of all people, of both parts of that class
  double odds_against = 0, odds_for = 0;                      ///< mean of exp(∓ conviction · leaning) in these parts
};

/// The citizens of any place by leaning toward the ruler, less the place's own mean: a standard normal distribution.
class LeaningClasses {
 public:
  using Row = std::array<double, class_count>;

  LeaningClasses();
  /// Odds for another conviction; does nothing if they were made for this one.
  void make_odds(double conviction);
  /// Brings the split of a place in line with its mean leaning, in standard deviations.
  void part(double leaning, LeaningSplit& split) const;

  Row weight{};                         ///< share of the people
  Row odds_against{}, odds_for{};       ///< mean of exp(∓ conviction · leaning) in a class
  std::array<Row, class_count> odds{};  ///< by parted class: the odds against below it, those for above

 private:
  static constexpr std::size_t edges = class_count + 1;

  std::array<double, edges> edge_{};                     ///< of the classes, in standard deviations
  std::array<double, edges> below_{}, less_{}, more_{};  ///< mass below an edge, and below it ∓ the conviction
  double conviction_ = -1;
  double scale_ = 1;  ///< mean of exp(conviction · leaning) over everybody
};

/// The crowds of one place.
struct PlaceCrowd {
  double population = 0;
  double offset = 0;  ///< leaning toward the ruler of the day, less what the events below make of it now
  double words = 0;   ///< what blocs say for the ruler of the day less against, weighted by following
  double call_against = 0, call_for = 0;  ///< following of the blocs that call people out
  double shock = 0;                       ///< logit
  double out_against = 0, out_for = 0;    ///< people in the streets
  double stepped_at = 0;                  ///< hour
  double due_at = 0;                      ///< hour until which it may wait if nothing new drives its people
  double met_against = 0, met_for = 0;    ///< what drove the whole country when it stepped last; logits
  LeaningSplit split;

  double share_against() const { return population > 0 ? out_against / population : 0.0; }
  double share_for() const { return population > 0 ? out_for / population : 0.0; }
};

/// What follows from the length of a step alone; kept from one place to the next.
struct CrowdPace {
  double hours = -1, moved = 0, shock_kept = 0, shock_new = 0;
};

/// Everybody is at home.
void start_crowds(Country& country);
/// Moves the crowds of one place to `Country::hour`.
void step_crowd(Country& country, std::size_t place);
/// Moves the shock that the whole country shares, and the crowds of every place (but the capital's, unless wanted). A
/// place other than the capital is asked by no mechanism but through the country's sum: while its streets are quiet
/// and its people have no cause to fill them, it moves every `ClockTheta::quiet_step` hours.
void step_crowds(Country& country, bool with_capital);
/// Sends those who are out in a place to the sides of a new question, as far as so many people lean to either.
void place_crowds(Country& country, std::size_t place, double against, double supporting);

}  // namespace interregnum
