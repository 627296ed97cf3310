#pragma once

#include <array>
#include <cstddef>

namespace interregnum {

struct Country;
struct PublicTheta;

/// Classes of leaning of a place's citizens, finer toward both ends.
inline constexpr std::size_t class_count = 16;

/// The citizens of any place by leaning toward the ruler, less the place's own mean. Tables by class, and by how many
/// classes lean against the ruler (`divide`: those below this one do).
struct LeaningClasses {
  using Row = std::array<double, class_count>;
  using Table = std::array<Row, class_count + 1>;

  LeaningClasses();
  /// Odds for another conviction; does nothing if they were made for this one.
  void make_odds(double conviction);
  /// How many classes lean against the ruler where the mean leaning is `leaning`; `guess`: where to begin to look.
  std::size_t divide_at(double leaning, std::size_t guess) const;

  Row middle{};                                       ///< median leaning
  Row weight{};                                       ///< share of the people
  std::array<double, class_count + 1> share_below{};  ///< of the people in the classes below
  Row odds_against{}, odds_for{};                     ///< mean of exp(∓ conviction · leaning) in a class

  Table leans_against{}, leans_for{};  ///< by divide: 1 where a class leans so, else 0
  Table odds{};                        ///< likewise the odds of going out for the side to which a class leans

 private:
  double made_for_ = -1;
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
  std::size_t divide = 0;                 ///< classes below this one lean against the ruler of the day

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
