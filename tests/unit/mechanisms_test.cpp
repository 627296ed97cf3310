#include "model/mechanisms.hpp"

#include <gtest/gtest.h>

#include "stage.hpp"

namespace interregnum {
namespace {

// A mechanism that is added to the others: a rumour, heard by one person more each day or as its parameter says.
struct RumourTheta {
  double speed;
};

constexpr std::array rumour_parameters{Parameter<RumourTheta>{&RumourTheta::speed, "speed", "people / day", 1, 0, 10,
                                                              Prior::uniform(0, 10), Sign::open, "invented",
                                                              "how many people hear the rumour in a day"}};

struct RumourState {
  double heard = -1;
  double population_at_start = -1, words_at_start = -1;
};

struct ThetaWithRumour : Theta {
  RumourTheta rumour;
};

struct StateWithRumour : State {
  using State::State;
  RumourState rumour;
};

RumourState& rumour_of(Country& country) { return static_cast<StateWithRumour&>(country.state).rumour; }

void start_rumour(Country& country) {
  RumourState& rumour = rumour_of(country);
  rumour.heard = 0;
  rumour.population_at_start = country.state.people.population;
  rumour.words_at_start = country.state.blocs.endorsing + country.state.blocs.opposing;
}

void step_rumour(Country& country) {
  rumour_of(country).heard += static_cast<const ThetaWithRumour&>(country.theta).rumour.speed * country.days();
}

constexpr auto with_rumour = std::tuple_cat(
    mechanisms, std::tuple{Mechanism{"rumour", parameters(15, &ThetaWithRumour::rumour, rumour_parameters),
                                     &StateWithRumour::rumour, starts(Start{45, start_rumour}), step_rumour}});
static_assert(ranks_are_distinct<with_rumour>());
static_assert(size_of_parameters<with_rumour>() == sizeof(ThetaWithRumour));

/// A country with a rumour, before its start.
struct Rumoured {
  Rumoured() : world(test::world_of(test::full_country())), draws(3, 0, 0), state(world) {
    static_cast<Theta&>(theta) = default_theta();
    theta.rumour.speed = 2.5;
    draw_inputs(world, 3, 0, 0, state);
  }

  World world;
  ThetaWithRumour theta;
  Draws draws;
  StateWithRumour state;
  Country country{world, theta, draws, state, 0.0, 0.0};
};

TEST(Mechanisms, ANewRowStartsInItsTurn) {
  Rumoured rumoured;
  start_mechanisms<with_rumour>(rumoured.country);
  EXPECT_EQ(rumoured.state.rumour.heard, 0);
  // Its rank is after the public's and before the blocs'.
  EXPECT_GT(rumoured.state.rumour.population_at_start, 0);
  EXPECT_EQ(rumoured.state.rumour.words_at_start, 0);
  EXPECT_GT(rumoured.state.blocs.endorsing + rumoured.state.blocs.opposing, 0);
}

TEST(Mechanisms, ANewRowStepsAndTheOthersDoNotNotice) {
  Rumoured with, without;
  start_mechanisms<with_rumour>(with.country);
  start_country(without.country);
  for (int week = 1; week <= 20; ++week) {
    for (Country* country : {&with.country, &without.country}) {
      country->hour = 168.0 * week;
      country->step = 168.0;
    }
    const Removal removal = step_mechanisms<with_rumour>(with.country);
    EXPECT_EQ(removal.happens, step_country(without.country).happens);
    EXPECT_DOUBLE_EQ(with.state.rumour.heard, 2.5 * 7 * week);
    EXPECT_EQ(with.state.people.out_against, without.state.people.out_against);
    EXPECT_EQ(with.state.war.army, without.state.war.army);
    EXPECT_EQ(with.state.country.cohesion, without.state.country.cohesion);
  }
  EXPECT_EQ(without.state.rumour.heard, -1);
}

TEST(Mechanisms, ParametersOfANewRowAreListedByItsRank) {
  const std::vector<ParameterEntry> entries = parameters_of<with_rumour>();
  ASSERT_EQ(entries.size(), parameter_list().size() + 1);
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [](const ParameterEntry& entry) { return entry.key == "theta.rumour.speed"; });
  ASSERT_NE(found, entries.end());
  EXPECT_EQ(std::prev(found)->mechanism, "clock");
  EXPECT_EQ(std::next(found)->mechanism, "onset");
  EXPECT_EQ(found->mechanism, "rumour");
  EXPECT_EQ(found->source, "invented");
  ThetaWithRumour theta;
  found->value(theta) = 4;
  EXPECT_EQ(theta.rumour.speed, 4);
}

// Of two mechanisms that remove the ruler in one step, the first does; both have had their step.
int steps_taken = 0;
Removal remove_by(Outcome how) {
  ++steps_taken;
  Removal removal;
  removal.happens = true;
  removal.how = how;
  return removal;
}
Removal rise(Country&) { return remove_by(Outcome::uprising); }
Removal bargain(Country&) { return remove_by(Outcome::handover); }
void wait(Country&) { ++steps_taken; }

constexpr std::tuple two_that_remove{Mechanism{"waiting", nothing, nothing, starts(), wait},
                                     Mechanism{"uprising", nothing, nothing, starts(), rise},
                                     Mechanism{"bargain", nothing, nothing, starts(), bargain}};

TEST(Mechanisms, TheFirstRemovalCounts) {
  Rumoured rumoured;
  steps_taken = 0;
  const Removal removal = step_mechanisms<two_that_remove>(rumoured.country);
  EXPECT_TRUE(removal.happens);
  EXPECT_EQ(removal.how, Outcome::uprising);
  EXPECT_EQ(steps_taken, 3);
}

// The compiler refuses a row that takes another's name or rank.
constexpr auto of_one_name =
    std::tuple_cat(mechanisms, std::tuple{Mechanism{"public", nothing, nothing, starts(), wait}});
constexpr auto of_one_start = std::tuple_cat(
    mechanisms, std::tuple{Mechanism{"rumour", nothing, nothing, starts(Start{50, start_rumour}), nothing}});
constexpr auto of_one_list = std::tuple_cat(
    mechanisms, std::tuple{Mechanism{"rumour", parameters(20, &ThetaWithRumour::rumour, rumour_parameters), nothing,
                                     starts(), nothing}});
static_assert(!ranks_are_distinct<of_one_name>());
static_assert(!ranks_are_distinct<of_one_start>());
static_assert(!ranks_are_distinct<of_one_list>());
static_assert(size_of_parameters<mechanisms>() != sizeof(ThetaWithRumour));

}  // namespace
}  // namespace interregnum
