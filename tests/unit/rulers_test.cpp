#include "model/rulers.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "stage.hpp"

// Every way in which rule passes on, from every kind of ruler: what ends with the old one, what the new one begins
// with, what is his again if he comes back. Nothing here is random but the draws of the file's values.
namespace interregnum {
namespace {

using test::Stage;

constexpr std::array all_kinds{RulerKind::incumbent, RulerKind::junta, RulerKind::civilians, RulerKind::restored,
                               RulerKind::insurgents};

/// Nobody says or does anything of his own accord.
Theta still_theta() {
  Theta theta = default_theta();
  theta.patrons.rate = theta.patrons.first_rate = theta.patrons.mandate_rate = 0.0;
  theta.blocs.rate = theta.blocs.first_word_rate = 0.0;
  theta.insurgency.attack_rate = 0.0;
  theta.people.economy = theta.people.corruption = 0.0;
  theta.people.sanctions = 0.3;
  return theta;
}

void take_power_for_good(Country& country) {
  junta_takes_power(country);
  change_ruler(country, RulerChange::hold);
}

/// Brings a ruler of a kind to power, and gives him a history that tells him from any other.
void bring_to_power(Stage& stage, RulerKind kind) {
  Country& country = stage.country;
  stage.state.onset.attempts = 1;
  if (kind != RulerKind::incumbent) take_power_for_good(country);
  if (kind == RulerKind::civilians) change_ruler(country, RulerChange::election);
  if (kind == RulerKind::restored) change_ruler(country, RulerChange::to_old_class);
  if (kind == RulerKind::insurgents) change_ruler(country, RulerChange::to_insurgents);
  ASSERT_EQ(stage.state.rulers.now.kind, kind);
  Reign& reign = stage.state.rulers.now;
  reign.killings = 0.8;
  reign.organised_against = 0.7;
  reign.peak_against = 0.02;
  reign.peak_for = 0.01;
  reign.election_count = 3;
  reign.uprising.left = 0.31;
  reign.handover.left = 0.32;
  reign.leader_death.left = 0.33;
  reign.purge.count = 2;
  if (kind == RulerKind::junta) {
    reign.election_due = country.hour + 5000.0;
    reign.old_election_due = country.hour + 6000.0;
    reign.election_was_overtaken = true;
  }
  for (PatronState& patron : stage.state.patrons.patrons) {
    patron.posture = Posture::sanction;
    patron.hostility = 0.7;
    patron.has_spoken = true;
  }
  stage.state.patrons.patrons[0].posture = Posture::intervene;
  stage.state.patrons.patrons[0].force_is_there = true;
  stage.state.patrons.mandate = true;
  for (BlocWord& word : stage.state.blocs.of_deposed) word = {true, Word::oppose};
  take_up_words(country);
  stage.state.blocs.blocs[0].has_pact = true;
  for (double& attitude : stage.state.onset.attitude) attitude = -0.4;
  stage.state.people.places[static_cast<std::size_t>(stage.country.world.capital)].out_against = 9000.0;
  stage.state.people.out_against = 9000.0;
  stage.pass(24.0);
  step_patrons(country);
  step_blocs(country);
  step_public(country);
}

/// What others hold of the ruler, and what they do to him.
struct Standing {
  explicit Standing(const Stage& stage)
      : sanctions(stage.state.country.sanctions),
        envoys(stage.state.patrons.envoys),
        hostile_force(stage.state.patrons.hostile_force),
        mandate(stage.state.patrons.mandate),
        endorsing(stage.state.blocs.endorsing),
        opposing(stage.state.blocs.opposing) {
    for (std::size_t place = 0; place < stage.state.people.places.size(); ++place)
      leanings.push_back(leaning_in(stage.country, place));
    for (const PatronState& patron : stage.state.patrons.patrons) {
      courses.push_back(static_cast<double>(patron.posture));
      courses.push_back(patron.has_spoken ? 1.0 : 0.0);
      courses.push_back(patron.hostility);
    }
    for (const BlocState& bloc : stage.state.blocs.blocs) {
      words.push_back(static_cast<double>(bloc.word));
      words.push_back(bloc.has_spoken ? 1.0 : 0.0);
      words.push_back(bloc.has_pact ? 1.0 : 0.0);
    }
  }
  double sanctions, envoys, hostile_force;
  bool mandate;
  double endorsing, opposing;
  std::vector<double> leanings, courses, words;
};

void expect_same(const Standing& left, const Standing& right) {
  EXPECT_EQ(left.sanctions, right.sanctions);
  EXPECT_EQ(left.envoys, right.envoys);
  EXPECT_EQ(left.hostile_force, right.hostile_force);
  EXPECT_EQ(left.mandate, right.mandate);
  EXPECT_EQ(left.endorsing, right.endorsing);
  EXPECT_EQ(left.opposing, right.opposing);
  EXPECT_EQ(left.courses, right.courses);
  EXPECT_EQ(left.words, right.words);
  for (std::size_t place = 0; place < left.leanings.size(); ++place)
    EXPECT_NEAR(left.leanings[place], right.leanings[place], 1e-12);
}

void expect_same(const Reign& left, const Reign& right, double killings_kept = 1.0) {
  EXPECT_EQ(left.kind, right.kind);
  EXPECT_EQ(left.era, right.era);
  EXPECT_EQ(left.since, right.since);
  EXPECT_EQ(left.lost_before, right.lost_before);
  EXPECT_EQ(left.overthrew_old_class, right.overthrew_old_class);
  EXPECT_EQ(left.from_plot_of_file, right.from_plot_of_file);
  EXPECT_EQ(left.elected, right.elected);
  EXPECT_EQ(left.transition_announced, right.transition_announced);
  EXPECT_EQ(left.election_was_overtaken, right.election_was_overtaken);
  EXPECT_EQ(left.government_dissolved, right.government_dissolved);
  EXPECT_EQ(left.military_head, right.military_head);
  EXPECT_EQ(left.civilian_seats, right.civilian_seats);
  EXPECT_EQ(left.election_due, right.election_due);
  EXPECT_EQ(left.old_election_due, right.old_election_due);
  EXPECT_EQ(left.election_count, right.election_count);
  EXPECT_EQ(left.capital_of, right.capital_of);
  EXPECT_EQ(left.organised_against, right.organised_against);
  EXPECT_NEAR(left.killings * killings_kept, right.killings, 1e-12);
  EXPECT_EQ(left.leader_is_followed, right.leader_is_followed);
  EXPECT_EQ(left.peak_against, right.peak_against);
  EXPECT_EQ(left.peak_for, right.peak_for);
  EXPECT_TRUE(left.initial_cohesion == right.initial_cohesion ||
              (std::isnan(left.initial_cohesion) && std::isnan(right.initial_cohesion)));
  const std::array left_clocks{left.uprising,     left.handover,   left.ouster,  left.purge,
                               left.leader_death, left.succession, left.stand_in};
  const std::array right_clocks{right.uprising,     right.handover,   right.ouster,  right.purge,
                                right.leader_death, right.succession, right.stand_in};
  for (std::size_t clock = 0; clock < left_clocks.size(); ++clock) {
    EXPECT_EQ(left_clocks[clock].left, right_clocks[clock].left);
    EXPECT_EQ(left_clocks[clock].count, right_clocks[clock].count);
  }
}

/// A ruler whom nobody has met: what the one before did, and what was done to him, is not his.
void expect_fresh(const Stage& stage, std::uint32_t era_before) {
  const Reign& reign = stage.state.rulers.now;
  EXPECT_GT(reign.era, era_before);
  EXPECT_EQ(reign.since, stage.country.hour);
  EXPECT_EQ(reign.killings, 0.0);
  EXPECT_EQ(reign.organised_against, 0.0);
  EXPECT_EQ(reign.peak_against, 0.0);
  EXPECT_EQ(reign.election_count, 0U);
  EXPECT_EQ(reign.old_election_due, no_date);
  EXPECT_FALSE(reign.election_was_overtaken);
  for (const HazardClock& clock : {reign.uprising, reign.handover, reign.ouster, reign.purge, reign.leader_death,
                                   reign.succession, reign.stand_in})
    EXPECT_LT(clock.left, 0.0);
  const Standing standing(stage);
  EXPECT_EQ(standing.sanctions, 0.0);
  EXPECT_EQ(standing.envoys, 0.0);
  EXPECT_EQ(standing.hostile_force, 0.0);
  EXPECT_FALSE(standing.mandate);
  EXPECT_EQ(standing.opposing, 0.0);
  EXPECT_GT(stage.state.war.foreign_force, 0.0);  // who is there is there
  for (const PatronState& patron : stage.state.patrons.patrons) {
    EXPECT_EQ(patron.posture, Posture::wait);
    EXPECT_FALSE(patron.has_spoken);
  }
  for (const BlocState& bloc : stage.state.blocs.blocs) EXPECT_FALSE(bloc.has_spoken);
}

/// What each change of ruler makes of each kind.
struct Row {
  RulerChange change;
  RulerKind to;
  bool elected;
  bool forgets_attitudes;
  bool deposes;  ///< the old ruler may be back
};

constexpr std::array rows{
    Row{RulerChange::seizure, RulerKind::junta, false, false, true},
    Row{RulerChange::to_civilians, RulerKind::civilians, false, true, false},
    Row{RulerChange::to_old_class, RulerKind::restored, false, true, false},
    Row{RulerChange::to_insurgents, RulerKind::insurgents, false, true, false},
    Row{RulerChange::election, RulerKind::civilians, true, true, false},
};

class EveryRuler : public testing::TestWithParam<RulerKind> {
 protected:
  EveryRuler() : world(test::world_of(test::full_country())), stage(world, still_theta(), 1) {
    bring_to_power(stage, GetParam());
  }
  World world;
  Stage stage;
};

TEST_P(EveryRuler, IsFollowedByOneWhoStartsAfresh) {
  for (const Row& row : rows) {
    SCOPED_TRACE("change " + std::to_string(static_cast<int>(row.change)));
    Stage fresh(world, still_theta(), 1);
    bring_to_power(fresh, GetParam());
    const std::uint32_t era = fresh.state.rulers.now.era;
    std::vector<double> before = Standing(fresh).leanings;
    change_ruler(fresh.country, row.change);
    const Reign& reign = fresh.state.rulers.now;
    EXPECT_EQ(reign.kind, row.to);
    EXPECT_EQ(reign.elected, row.elected);
    EXPECT_EQ(reign.overthrew_old_class, came_by_force(row.to) && is_old_class(GetParam()));
    EXPECT_EQ(fresh.state.rulers.plot_rules, row.deposes);
    expect_fresh(fresh, era);
    for (const double attitude : fresh.state.onset.attitude) EXPECT_EQ(attitude, row.forgets_attitudes ? 0.0 : -0.4);
    const PublicTheta& people = fresh.theta.people;
    const std::vector<double> after = Standing(fresh).leanings;
    for (std::size_t place = 0; place < after.size(); ++place) {
      double leaning = 0.0;
      if (came_by_force(row.to)) leaning = people.new_ruler + people.carry_over * before[place];
      if (row.to == RulerKind::restored) leaning = fresh.state.people.toward_old_class[place];
      EXPECT_NEAR(after[place], leaning, 1e-12);
    }
    EXPECT_EQ(fresh.state.log.saw(EventKind::old_class_returns),
              row.change == RulerChange::to_old_class || GetParam() == RulerKind::restored);
  }
}

// Killings and sanctions under the one before fade for nobody's benefit.
TEST_P(EveryRuler, LeavesHisSuccessorNoCreditThatGrowsAsHisDeedsFade) {
  stage.theta.people.towns_lost = 0.0;
  for (const Row& row : rows) {
    change_ruler(stage.country, row.change);
    const std::vector<double> before = Standing(stage).leanings;
    for (int month = 0; month < 24; ++month) {
      stage.pass(730.0);
      step_patrons(stage.country);
      step_public(stage.country);
      stage.state.rulers.now.killings = 0.0;  // whatever his own soldiers do
    }
    step_public(stage.country);
    const std::vector<double> after = Standing(stage).leanings;
    for (std::size_t place = 0; place < after.size(); ++place) EXPECT_NEAR(after[place], before[place], 1e-9);
  }
}

TEST_P(EveryRuler, IsHimselfAgainAfterACoupThatIsReversed) {
  const Reign reign = stage.state.rulers.now;
  const Standing standing(stage);
  const auto attitudes = stage.state.onset.attitude;
  stage.state.onset.attempts = 2;
  junta_takes_power(stage.country);
  ASSERT_TRUE(stage.state.rulers.plot_rules);
  ASSERT_NE(stage.state.rulers.now.era, reign.era);
  change_ruler(stage.country, RulerChange::survival);
  expect_same(reign, stage.state.rulers.now);
  expect_same(standing, Standing(stage));
  EXPECT_EQ(stage.state.onset.attitude, attitudes);
  EXPECT_FALSE(stage.state.rulers.plot_rules);
  EXPECT_TRUE(stage.state.log.saw(EventKind::ruler_back));
}

// The same where three days pass in which the plot's junta is sanctioned, opposed, and gets a mandate against itself.
TEST_P(EveryRuler, IsHimselfAgainAfterDaysUnderAnother) {
  const Reign reign = stage.state.rulers.now;
  Standing standing(stage);
  stage.state.onset.attempts = 2;
  stage.state.rulers.attempt_is_on = true;
  junta_takes_power(stage.country);
  for (PatronState& patron : stage.state.patrons.patrons) {
    patron.posture = Posture::recognise;
    patron.has_spoken = true;
  }
  for (BlocState& bloc : stage.state.blocs.blocs) bloc.word = Word::endorse, bloc.has_spoken = true;
  stage.state.rulers.now.killings = 5.0;
  for (int day = 0; day < 3; ++day) {
    stage.pass(24.0);
    step_patrons(stage.country);
    step_blocs(stage.country);
    step_crowd(stage.country, static_cast<std::size_t>(world.capital));  // the country's step leaves it to the attempt
    step_public(stage.country);
    step_consolidation(stage.country);
  }
  stage.state.rulers.attempt_is_on = false;
  const double kept = std::exp(-3.0 / stage.theta.people.killings_days);
  const double regained = stage.theta.people.killings * reign.killings * (1.0 - kept);
  // A force that was there against him, and is told to go home by a patron who has turned to the plot, is no more.
  stage.state.patrons.patrons[0].force_is_there = true;
  change_ruler(stage.country, RulerChange::survival);
  expect_same(reign, stage.state.rulers.now, kept);
  for (double& leaning : standing.leanings) leaning += regained;
  expect_same(standing, Standing(stage));
  EXPECT_EQ(stage.state.rulers.eras, reign.era + 1);  // the next ruler is not taken for the plot's junta
}

TEST_P(EveryRuler, IsGoneForGoodWhenThePlotHolds) {
  junta_takes_power(stage.country);
  const Reign junta = stage.state.rulers.now;
  change_ruler(stage.country, RulerChange::hold);
  expect_same(junta, stage.state.rulers.now);
  EXPECT_FALSE(stage.state.rulers.plot_rules);
  stage.state.seizure.captured = false;
  change_ruler(stage.country, RulerChange::survival);  // of an attempt that never took power
  expect_same(junta, stage.state.rulers.now);
  EXPECT_FALSE(stage.state.log.saw(EventKind::ruler_back));
}

TEST_P(EveryRuler, LosesNothingByAnAttemptThatFails) {
  for (const bool captured : {false, true}) {
    for (const bool fled : {false, true}) {
      for (const bool resigned : {false, true}) {
        if (resigned && !captured) continue;  // see below
        Stage own(world, still_theta(), 1);
        bring_to_power(own, GetParam());
        const Reign reign = own.state.rulers.now;
        const Standing standing(own);
        own.state.seizure.captured = captured;
        own.state.seizure.fled = fled;
        own.state.seizure.resigned = resigned;
        ruler_survives(own.country);
        expect_same(reign, own.state.rulers.now);
        expect_same(standing, Standing(own));
        EXPECT_EQ(own.state.log.saw(EventKind::ruler_back), captured || fled);
      }
    }
  }
}

// A resignation that nobody forced stands, taken or not: somebody else of his side, or another head of the junta.
TEST_P(EveryRuler, WhoResignedOfHisOwnAccordIsFollowedByHisSide) {
  for (const bool taken : {false, true}) {
    Stage own(world, still_theta(), 1);
    bring_to_power(own, GetParam());
    const Reign reign = own.state.rulers.now;
    if (taken) junta_takes_power(own.country);
    own.state.seizure.resigned = true;
    ruler_survives(own.country);
    EXPECT_EQ(own.state.rulers.now.kind, GetParam());
    EXPECT_FALSE(own.state.log.saw(EventKind::ruler_back));
    if (came_by_force(GetParam())) {
      Reign same = reign;
      same.leader_is_followed = false;
      expect_same(same, own.state.rulers.now);
      EXPECT_TRUE(own.state.log.saw(EventKind::leader_replaced));
      EXPECT_EQ(own.state.country.leader_exit,
                GetParam() == RulerKind::junta ? LeaderExit::succession : LeaderExit::in_office);
    } else {
      EXPECT_TRUE(own.state.log.saw(EventKind::successor_takes_office));
      EXPECT_EQ(own.state.rulers.now.elected, reign.elected);
      expect_fresh(own, reign.era);
      for (const double attitude : own.state.onset.attitude) EXPECT_EQ(attitude, -0.4);  // it is the same government
    }
  }
}

TEST_P(EveryRuler, OfTheSameSideFindsTheStreetsAsTheyWere) {
  if (came_by_force(GetParam())) return;  // has a leader, and no successor
  const PlaceCrowd& capital = stage.state.people.places[static_cast<std::size_t>(world.capital)];
  const double against = capital.out_against;
  ASSERT_GT(against, 1000.0);
  change_ruler(stage.country, RulerChange::succession);
  EXPECT_NEAR(capital.out_against, against, 1.0);
}

TEST_P(EveryRuler, WhoWinsElectionsStaysWhoHeWas) {
  if (GetParam() != RulerKind::junta) return;  // announces no elections
  for (const bool soldier : {false, true}) {
    stage.state.rulers.now.military_head = soldier;
    Reign reign = stage.state.rulers.now;
    const Standing standing(stage);
    change_ruler(stage.country, RulerChange::victory);
    reign.elected = true;
    reign.government_dissolved = false;
    reign.election_due = reign.old_election_due = no_date;
    expect_same(reign, stage.state.rulers.now);
    expect_same(standing, Standing(stage));
    EXPECT_EQ(broken_order(stage.country), 0.0);
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryRuler, testing::ValuesIn(all_kinds), [](const auto& kind) {
  return std::string(ruler_kind_names[static_cast<std::size_t>(kind.param)]);
});

// The protest before the coup opposed the ruler of the file and his class: it is nobody else's burden, and it backs a
// junta that has overthrown them. A later plot organises protest against the ruler of its own day; that ends with him.
TEST_P(EveryRuler, MeetsTheProtestOfBeforeTheCoupOnItsOwnSide) {
  const RulerKind kind = GetParam();
  const auto streets = [&](double protest, double organised) {
    Stage played(world, still_theta(), 1);
    played.theta.people.organisation = 1.0;
    bring_to_power(played, kind);
    played.state.people.protest_before = protest;
    played.state.rulers.now.organised_against = organised;
    for (int day = 0; day < 3; ++day) {
      played.pass(24.0);
      step_public(played.country);
    }
    return std::array{played.capital().out_against, played.capital().out_for};
  };
  const auto [against, supporting] = streets(0.0, 0.0);
  const auto [against_protest, supporting_protest] = streets(4.0, 0.0);
  const auto [against_plot, supporting_plot] = streets(0.0, 4.0);
  EXPECT_EQ(against_protest > against, is_old_class(kind));
  EXPECT_EQ(supporting_protest > supporting, kind == RulerKind::junta);
  EXPECT_GT(against_plot, against);
  if (!is_old_class(kind)) {
    EXPECT_LE(against_protest, against);
  }
  EXPECT_LE(supporting_plot, supporting);
}

TEST_P(EveryRuler, LosesWhatPlotsOrganisedAgainstHisPredecessorAndHasItAgain) {
  stage.state.rulers.now.organised_against = 0.7;
  const Reign before = stage.state.rulers.now;
  junta_takes_power(stage.country);
  EXPECT_EQ(stage.state.rulers.now.organised_against, 0.0);
  change_ruler(stage.country, RulerChange::survival);
  EXPECT_EQ(stage.state.rulers.now.organised_against, before.organised_against);
}

// Armed groups that rule hold the capital. A plot that takes power from them takes the capital too, or the junta would
// fall at once to groups that it has just overthrown; if they are back, it is theirs again.
TEST(Insurgents, LoseTheCapitalToAPlotAndHaveItAgainIfTheyAreBack) {
  const World world = test::world_of(test::full_country());
  for (const bool holds : {true, false}) {
    Stage stage(world, still_theta(), 1);
    Country& country = stage.country;
    const auto capital = static_cast<std::size_t>(world.capital);
    capital_passes_to(country, 1);
    EXPECT_GT(country.state.country.lost_share, 0.0);
    const double lost = country.state.country.lost_share;
    bring_to_power(stage, RulerKind::incumbent);
    change_ruler(country, RulerChange::to_insurgents);
    junta_takes_power(country);
    EXPECT_EQ(stage.state.war.holder[capital], none);
    EXPECT_LT(country.state.country.lost_share, lost);
    stage.pass(24.0);
    EXPECT_FALSE(step_consolidation(country).happens);
    change_ruler(country, holds ? RulerChange::hold : RulerChange::survival);
    EXPECT_EQ(stage.state.rulers.now.kind, holds ? RulerKind::junta : RulerKind::insurgents);
    EXPECT_EQ(stage.state.war.holder[capital], holds ? none : 1);
    if (!holds) {
      EXPECT_EQ(country.state.country.lost_share, lost);
    }
    stage.pass(24.0);
    EXPECT_FALSE(step_consolidation(country).happens);
  }
}

TEST(Mandates, AgainstGroupsOutlastTheRulerAndOthersLapse) {
  const World world = test::world_of(test::full_country());
  for (const bool for_groups : {false, true}) {
    Stage stage(world, still_theta(), 0);
    stage.state.patrons.mandate = true;
    stage.state.patrons.mandate_is_for_groups = for_groups;
    junta_takes_power(stage.country);
    EXPECT_EQ(stage.state.patrons.mandate, for_groups);
    change_ruler(stage.country, RulerChange::survival);
    EXPECT_TRUE(stage.state.patrons.mandate);
  }
}

// Pacts are with those who plot in the file. Who overthrows the old class a second time is still its enemy; who
// overthrows a junta is not.
TEST(Pacts, AreWithThePlotOfTheFile) {
  const World world = test::world_of(test::full_country());
  for (const std::uint32_t attempt : {1U, 2U, 3U}) {
    Stage stage(world, still_theta(), 0);
    stage.state.onset.attempts = attempt;
    junta_takes_power(stage.country);
    EXPECT_EQ(stage.state.rulers.now.from_plot_of_file, attempt == 1);
    EXPECT_EQ(stage.state.rulers.now.leader_is_followed, attempt == 1);
    EXPECT_TRUE(stage.state.rulers.now.overthrew_old_class);
  }
}

class ElectionDays : public testing::Test {
 protected:
  /// A junta that nothing else happens to, with elections due as the changes say.
  static Theta theta_of(double postpone, double win) {
    Theta theta = still_theta();
    theta.consolidation.uprising = theta.consolidation.handover = -40.0;
    theta.consolidation.ouster = theta.consolidation.leader_death = theta.consolidation.leader_succession = 0.0;
    theta.consolidation.stand_in = 50.0;
    theta.consolidation.postpone = postpone;
    theta.consolidation.win = win;
    theta.consolidation.election_overtaken = 0.0;
    theta.consolidation.postpone_pressure = theta.consolidation.postpone_support = theta.consolidation.win_support = 0;
    return theta;
  }
  static void play(Stage& stage, double hours) {
    for (const double end = stage.country.hour + hours; stage.country.hour < end;) {
      stage.pass(24.0);
      step_consolidation(stage.country);
    }
  }
};

constexpr const char* old_election = "calendar:\n  - {event: presidential_election, date: 1975-02-01}\n";

TEST_F(ElectionDays, OfBeforeTheCoupThatArePutOffLeaveTheJuntasOwnDateAlone) {
  for (const bool promised : {false, true}) {
    const World world = test::world_of(test::small_country() + old_election +
                                       (promised ? "transition: {elections_after: 9 months}\n" : ""));
    Stage stage(world, theta_of(40.0, 0.0), 0);
    take_power_for_good(stage.country);
    const double own = stage.state.rulers.now.election_due;
    EXPECT_EQ(own, promised ? 9 * hours_per_month : no_date);
    play(stage, 60 * 24.0);
    EXPECT_TRUE(stage.state.log.saw(EventKind::election_postponed));
    EXPECT_EQ(stage.state.rulers.now.election_due, own);
    EXPECT_EQ(stage.state.rulers.now.old_election_due,
              world.elections[0].hour + stage.theta.consolidation.postponed_months * hours_per_month);
  }
}

TEST_F(ElectionDays, OfBeforeTheCoupThatWerePutOffAreHeldOnTheirNewDate) {
  const World world = test::world_of(test::small_country() + old_election);
  Stage stage(world, theta_of(40.0, 40.0), 0);
  take_power_for_good(stage.country);
  play(stage, 60 * 24.0);
  stage.theta.consolidation.postpone = -40.0;
  const double due = stage.state.rulers.now.old_election_due;
  ASSERT_LT(due, no_date);
  play(stage, due - stage.country.hour - 48.0);
  EXPECT_FALSE(stage.state.log.saw(EventKind::election_won));
  play(stage, 96.0);
  EXPECT_TRUE(stage.state.log.saw(EventKind::election_won));
}

TEST_F(ElectionDays, AreNotHeldWhileAnAttemptIsOn) {
  const World world =
      test::world_of(test::small_country() + old_election + "transition: {elections_after: 1 months}\n");
  for (const bool plot_rules : {false, true}) {
    for (const bool junta : {false, true}) {
      Stage stage(world, theta_of(-40.0, 40.0), 0);
      if (junta) take_power_for_good(stage.country);
      stage.state.rulers.attempt_is_on = true;
      stage.state.onset.attempts = 2;
      if (plot_rules) junta_takes_power(stage.country);
      play(stage, 80 * 24.0);
      for (const EventKind kind : {EventKind::election_held, EventKind::election_overtaken,
                                   EventKind::election_postponed, EventKind::election_won, EventKind::election_lost})
        EXPECT_FALSE(stage.state.log.saw(kind));
      stage.state.rulers.attempt_is_on = false;
      change_ruler(stage.country, RulerChange::survival);
      play(stage, 24.0);
      EXPECT_TRUE(stage.state.log.saw(junta ? EventKind::election_won : EventKind::election_held));
    }
  }
}

TEST_F(ElectionDays, MakeNobodyAStandInAndEndTheStandInsSpell) {
  for (const std::string head : {"military", "civilian"}) {
    const World world = test::world_of(test::small_country() + "transition: {head: " + head + "}\n");
    Stage stage(world, theta_of(-40.0, 40.0), 0);
    take_power_for_good(stage.country);
    stage.state.rulers.now.election_due = 24.0;
    stage.theta.consolidation.stand_in = 0.0;
    play(stage, 48.0);
    ASSERT_TRUE(stage.state.rulers.now.elected);
    stage.theta.consolidation.stand_in = 1e6;
    play(stage, 2000.0);
    EXPECT_EQ(stage.state.country.leader_exit, LeaderExit::in_office);
    EXPECT_EQ(stage.state.rulers.now.military_head, head == "military");
  }
}

TEST_F(ElectionDays, InWhichTheIncumbentDoesNotStandAreFollowedByAnother) {
  for (const bool stands : {true, false}) {
    for (const bool side_wins : {true, false}) {
      const std::string text = test::small_country() +
                               "public: {support: 0.5}\ncalendar:\n  - {event: presidential_election, date: "
                               "1975-02-01" +
                               (stands ? "}\n" : ", incumbent_stands: false}\n");
      const World world = test::world_of(text);
      Stage stage(world, theta_of(0, 0), 0);
      stage.theta.consolidation.win_support = 1.0;
      for (PlaceCrowd& place : stage.state.people.places) place.offset = side_wins ? 60.0 : -60.0;
      play(stage, 60 * 24.0);
      ASSERT_TRUE(stage.state.log.saw(EventKind::election_held));
      const Reign& reign = stage.state.rulers.now;
      EXPECT_EQ(reign.era, stands && side_wins ? 0U : 1U);
      EXPECT_EQ(reign.kind, side_wins ? RulerKind::incumbent : RulerKind::civilians);
      EXPECT_EQ(stage.state.log.saw(EventKind::successor_takes_office), !stands && side_wins);
    }
  }
}

// Of two files of which one knows of an earlier election, the later election ends in the same way in both.
TEST_F(ElectionDays, DoNotHangOnOtherElectionsInTheCalendar) {
  const std::string later = "  - {event: presidential_election, date: 1975-03-01}\n";
  const std::string earlier = "  - {event: legislative_election, date: 1975-02-01}\n";
  const World one = test::world_of(test::small_country() + "calendar:\n" + later);
  const World two = test::world_of(test::small_country() + "calendar:\n" + earlier + later);
  int changes = 0;
  for (std::uint64_t replicate = 0; replicate < 64; ++replicate) {
    std::array<RulerKind, 2> kinds{};
    for (const World* world : {&one, &two}) {
      Stage stage(*world, theta_of(0, 0), replicate);
      play(stage, 90 * 24.0);
      kinds[world == &two ? 1 : 0] = stage.state.rulers.now.kind;
    }
    EXPECT_EQ(kinds[0], kinds[1]) << "future " << replicate;
    changes += kinds[0] == RulerKind::civilians ? 1 : 0;
  }
  EXPECT_GT(changes, 0);  // or nothing would be compared; of 64 elections at even odds (2^-64)
  EXPECT_LT(changes, 64);
}

TEST_F(ElectionDays, OnTheDayOfTheStartAreYetToCome) {
  const auto elections = [](const std::string& date) {
    return test::world_of(test::small_country() + "calendar:\n  - {event: presidential_election, date: " + date + "}\n",
                          {"start=1975-05-06 04:30"})
        .elections;
  };
  EXPECT_TRUE(elections("1975-05-05").empty());
  ASSERT_EQ(elections("1975-05-06").size(), 1U);
  EXPECT_EQ(elections("1975-05-06")[0].hour, 0.0);
  EXPECT_EQ(elections("1975-05-07")[0].hour, 19.5);
}

TEST(Contests, PutOffPurgesBargainsAndSuccessionsUntilTheyAreDecided) {
  const World world = test::world_of(test::small_country());
  for (const bool contested : {false, true}) {
    Stage stage(world, still_theta(), 0);
    stage.theta.consolidation.purge_rate = stage.theta.consolidation.leader_succession = 1e6;
    stage.theta.consolidation.handover = 12.0;
    take_power_for_good(stage.country);
    stage.state.country.cohesion = 0.3;
    stage.state.rulers.attempt_is_on = contested;
    stage.pass(24.0);
    EXPECT_EQ(step_consolidation(stage.country).happens, !contested);
    EXPECT_EQ(stage.state.log.saw(EventKind::army_purged), !contested);
    EXPECT_EQ(stage.state.log.saw(EventKind::leader_replaced), !contested);
  }
}

}  // namespace
}  // namespace interregnum
