#include "base/contract.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "model/legal_state.hpp"
#include "model/seizure/confrontation.hpp"
#include "stage.hpp"

// A broken state is caught, with the rule and the number that breaks it.
namespace interregnum {
namespace {

using test::Stage;

/// The message of the contract that is broken, or nothing.
std::string complaint(const std::function<void()>& work) {
  try {
    work();
  } catch (const BrokenContract& broken) {
    return broken.what();
  }
  return {};
}

TEST(Contract, SaysRuleNameAndValue) {
  EXPECT_EQ(complaint([] { break_contract("a share lies between 0 and 1", "seats", 1.25); }),
            "broken: a share lies between 0 and 1; seats is 1.25");
}

TEST(Contract, ReleaseDoesNotEvenLook) {
  int looks = 0;
  const auto is_positive = [&](double number) { return ++looks > 0 && number > 0; };
  const double strength = -3.0;
  const std::string left = complaint([&] { ensures(is_positive(strength), "strengths are positive", strength); });
  const std::string given = complaint([&] { expects(is_positive(strength), "strengths are positive", strength); });
  const std::string message = contracts_are_checked ? "broken: strengths are positive; strength is -3" : "";
  EXPECT_EQ(left, message);
  EXPECT_EQ(given, message);
  EXPECT_EQ(looks, contracts_are_checked ? 2 : 0);
  EXPECT_EQ(complaint([&] { ensures(is_positive(-strength), "strengths are positive", -strength); }), "");
}

TEST(Contract, MechanismsRefuseWhatTheyCannotWorkOn) {
  const std::string said = complaint([] { contest_probability(-3.0, 10.0, 1.5, 1.0); });
  EXPECT_EQ(said, contracts_are_checked ? "broken: strengths are not negative; force is -3" : "");
}

/// A way to break the state of a country, and what is said of it.
struct Damage {
  std::function<void(State&)> done;
  std::string message;
};

TEST(LegalState, EveryKindOfDamageIsNamed) {
  const World world = test::world_of(test::full_country());
  const auto capital = static_cast<std::size_t>(world.capital);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<Damage> damages{
      {[](State& s) { s.rulers.plot_rules = true; }, "a plot rules only while its attempt is on; attempt_is_on is 0"},
      {[](State& s) { s.rulers.plot_rules = s.rulers.attempt_is_on = true; },
       "a plot that rules is a junta; kind of the ruler is 0"},
      {[](State& s) { s.rulers.is_on_air = true; },
       "a ruler is on air only while soldiers contest his rule; attempt_is_on is 0"},
      {[](State& s) { s.rulers.now.since = 25; }, "no reign begins later than now; since of the ruler is 25"},
      {[](State& s) { s.rulers.now.era = 7; }, "every reign has been counted; era of the ruler is 7"},
      {[](State& s) { s.rulers.now.overthrew_old_class = true; },
       "only who came by force has overthrown the old class; kind of the ruler is 0"},
      {[](State& s) { s.rulers.now.from_plot_of_file = true; },
       "only a junta comes of the plot of the file; kind of the ruler is 0"},
      {[](State& s) { s.rulers.now.elected = s.rulers.now.government_dissolved = true; },
       "who was elected has a government; kind of the ruler is 0"},
      {[](State& s) { s.rulers.now.capital_of = 1; },
       "only a deposed ruler can have lost the capital to a plot; capital_of of the ruler is 1"},
      {[](State& s) {
         s.rulers.plot_rules = s.rulers.attempt_is_on = true;
         s.rulers.now.kind = RulerKind::junta;
       },
       "the deposed ruler ruled before the plot; era of the deposed ruler is 0"},
      {[](State& s) { s.rulers.now.civilian_seats = 1.5; },
       "a share lies between 0 and 1; civilian_seats of the ruler is 1.5"},
      {[](State& s) { s.country.cohesion = -0.1; }, "a share lies between 0 and 1; cohesion is -0.1"},
      {[nan](State& s) { s.country.lost_share = nan; }, "a share lies between 0 and 1; lost_share is nan"},
      {[](State& s) { s.country.deaths = -2; }, "an amount is finite and not negative; deaths is -2"},
      {[](State& s) { s.country.next_election = 9; }, "elections are those of the calendar; next_election is 9"},
      {[](State& s) { s.people.places[0].out_against = 1e9; },
       "a crowd is within the population; people in the streets"},
      {[](State& s) { s.people.places[0].out_for = -3; },
       "an amount is finite and not negative; out_for of barracks is -3"},
      {[](State& s) { s.people.places[0].out_for = -5; },
       "an amount is finite and not negative; out_for of barracks is -5"},
      {[](State& s) { s.people.out_for = 860; }, "the country's crowd is the sum of the towns' crowds; out_for is 860"},
      {[](State& s) { s.people.places[1].stepped_at = 30; }, "nothing happened later than now; stepped_at is 30"},
      {[](State& s) { s.blocs.following[0] = 1.2; }, "a share lies between 0 and 1; following of clergy is 1.2"},
      {[](State& s) { s.blocs.opposing = 2; }, "a share lies between 0 and 1; opposing is 2"},
      {[](State& s) { s.war.groups[0].strength = -1; },
       "an amount is finite and not negative; strength of front is -1"},
      {[](State& s) { s.war.holder[0] = 5; }, "a place is the state's or an armed group's; holder of barracks is 5"},
      {[capital](State& s) { s.war.holder[capital] = 0; }, "who holds the capital rules; holder of capital is 0"},
      {[nan](State& s) { s.war.garrison[0] = nan; },
       "an amount is finite and not negative; garrison of barracks is nan"},
      {[](State& s) { s.patrons.envoys = 1.5; }, "a share lies between 0 and 1; envoys is 1.5"},
      {[](State& s) { s.patrons.hostile_force = -3; }, "an amount is finite and not negative; hostile_force is -3"},
      {[](State& s) { s.lessons.memory[1] = -1; }, "an amount is finite and not negative; memory is -1"},
      {[](State& s) { s.onset.last_attempt = 48; }, "nothing happened later than now; onset.last_attempt is 48"},
      {[nan](State& s) { s.onset.attitude[0] = nan; }, "an attitude is finite; attitude of"},
  };
  for (const Damage& damage : damages) {
    Stage stage(world, default_theta(), 0);
    stage.pass(24.0);
    step_public(stage.country);
    EXPECT_EQ(complaint([&] { check_legal_state(stage.country); }), "") << "before any damage";
    damage.done(stage.state);
    const std::string said = complaint([&] { check_legal_state(stage.country); });
    EXPECT_NE(said.find(damage.message), std::string::npos) << said << "\n instead of: " << damage.message;
  }
}

TEST(LegalState, HoursDoNotRunBackward) {
  const World world = test::world_of(test::full_country());
  Stage stage(world, default_theta(), 0);
  stage.pass(24.0);
  stage.country.step = -6.0;
  EXPECT_EQ(complaint([&] { check_legal_state(stage.country); }), "broken: hours never run backward; step is -6");
  stage.pass(-30.0);
  EXPECT_EQ(complaint([&] { check_legal_state(stage.country); }),
            "broken: time is finite and not negative; hour is -6");
}

/// In the build for development and under sanitizers a replicate stops at the state that is broken.
TEST(LegalState, ReplicateLooksAfterEveryStep) {
  const World world = test::world_of(test::full_country());
  Theta theta = default_theta();
  theta.consolidation.purge_loss = std::numeric_limits<double>::quiet_NaN();
  theta.consolidation.recovery = std::numeric_limits<double>::quiet_NaN();
  const std::string said = complaint([&] { test::records_of(world, theta, 1); });
  EXPECT_EQ(said.substr(0, said.rfind(' ')),
            contracts_are_checked ? "broken: a share lies between 0 and 1; cohesion is" : "");
}

}  // namespace
}  // namespace interregnum
