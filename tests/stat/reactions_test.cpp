#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <functional>
#include <limits>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "model/event_table.hpp"
#include "report/narrator.hpp"
#include "stage.hpp"

// What blocs and patrons make of failed attempts, juntas and civilians, and the reasons that are told for it, over many
// futures of the shipped countries. Parameters are drawn from their priors, so that every contested effect has either
// sign. The properties hold in every future: no test here can fail by chance.
namespace interregnum {
namespace {

using test::Stage;

struct Future {
  const World& world;
  const Theta& theta;
  const State& state;
  const RunRecord& record;
  const std::vector<Event>& events;
};

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

constexpr std::uint64_t futures_of_each = 120;

/// Futures of the five shipped countries, the made-up one of the golden tests, and a watched one with many attempts.
void for_each_future(const std::function<void(const Future&)>& look) {
  std::vector<World> worlds;
  for (const char* name : {"burkina-faso-2015", "mali-2012", "mali-2020", "niger-2023", "turkey-2016"})
    worlds.push_back(test::world_of(text_of(std::string(SCENARIOS) + "/" + name + ".yaml"), {"horizon=3 years"}));
  worlds.push_back(test::world_of(text_of(std::string(SCENARIOS) + "/../tests/golden/country.yaml")));
  worlds.push_back(test::world_of(test::full_country(), {"begins=watch", "horizon=6 years", "regime.country_effect=3",
                                                         "patrons.union.influence=0.6"}));
  for (const World& world : worlds) {
    State state(world);
    state.log.keep_events = true;
    for (std::uint64_t replicate = 0; replicate < futures_of_each && !testing::Test::HasFailure(); ++replicate) {
      const Theta theta = draw_theta(default_theta(), 7, replicate);
      const RunRecord record = run(world, theta, {11, 0, replicate}, state);
      SCOPED_TRACE(world.scenario_name + ", replicate " + std::to_string(replicate));
      look({world, theta, state, record, state.log.events});
    }
  }
}

enum class Ruler { old_class, junta, civilians, insurgents };

/// Who rules, as the events tell it.
class RulersAsTold {
 public:
  Ruler now() const { return now_; }
  double since() const { return since_; }
  /// How often somebody has come to power, or back.
  int reigns() const { return reigns_; }
  bool by_force() const { return now_ == Ruler::junta || now_ == Ruler::insurgents; }

  void hear(const Event& event) {
    switch (event.kind) {
      case EventKind::power_taken:
        before_ = now_;
        return meet(event, Ruler::junta);
      case EventKind::power_lost:
        return meet(event, before_);
      case EventKind::junta_falls_to_crowd:
      case EventKind::junta_driven_out:
      case EventKind::junta_hands_over:
        return meet(event, Ruler::civilians);
      case EventKind::old_class_returns:
        return meet(event, Ruler::old_class);
      case EventKind::capital_falls:
        return meet(event, Ruler::insurgents);
      case EventKind::election_held:
        if (event.amount > 0) meet(event, Ruler::civilians);
        return;
      case EventKind::successor_takes_office:
        return meet(event, now_);
      default:
        return;
    }
  }

 private:
  void meet(const Event& event, Ruler ruler) {
    now_ = ruler;
    since_ = event.hour;
    ++reigns_;
  }

  Ruler now_ = Ruler::old_class, before_ = Ruler::old_class;
  double since_ = 0;
  int reigns_ = 0;
};

double sign(double number) { return number > 0 ? 1.0 : (number < 0 ? -1.0 : 0.0); }

/// By how much a term pulls a bloc toward the ruler of the day: the sign, from the words of the term and its parameter.
double pull_of(Term term, const BlocsTheta& theta) {
  switch (term) {
    case Term::pact:
      return theta.pact;
    case Term::civilian_seats:
      return theta.seats;
    case Term::soldiers_seats:
      return -theta.seats;
    case Term::ties:
      return 1.0;
    case Term::enmity:
      return -1.0;
    case Term::old_ties:
      return -theta.stance;
    case Term::old_enmity:
      return theta.stance;
    case Term::support:
      return theta.followers;
    case Term::discontent:
      return -theta.followers;
    case Term::patron_for:
      return theta.patron;
    case Term::patron_against:
      return -theta.patron;
    case Term::crowds_for:
      return theta.crowds;
    case Term::crowds_against:
      return -theta.crowds;
    default:
      return 0.0;
  }
}

/// The same of a patron's hostility.
double hostility_of(Term term, const PatronsTheta& theta) {
  switch (term) {
    case Term::ties:
    case Term::relations:
    case Term::civilian_rule:
      return -1.0;
    case Term::enmity:
      return 1.0;
    case Term::old_ties:
      return theta.alignment;
    case Term::old_enmity:
      return -theta.alignment;
    case Term::plotters_ties:
      return -theta.plotters;
    case Term::plotters_enmity:
      return theta.plotters;
    case Term::broken_order:
      return theta.broken_order;
    case Term::rivals_for:
      return theta.rivals;
    case Term::rivals_against:
      return -theta.rivals;
    case Term::crowds_against:
      return theta.crowds;
    case Term::crowds_for:
      return -theta.crowds;
    default:
      return 0.0;
  }
}

/// The same of sending soldiers.
double pull_to_force(Term term, const PatronsTheta& theta) {
  switch (term) {
    case Term::towns_lost:
      return theta.pretext * theta.pretext_towns;
    case Term::killings:
      return theta.pretext * theta.pretext_killings;
    case Term::mandate:
      return theta.mandate;
    case Term::invitation:
      return theta.invitation;
    case Term::broken_order:
      return std::max(theta.pretext * theta.pretext_order, theta.unmandated * theta.broken_order);
    case Term::crowds_against:
      return std::max(theta.crowds_against_force, theta.unmandated * theta.crowds);
    case Term::crowds_for:
      return std::max(-theta.crowds_against_force, -theta.unmandated * theta.crowds);
    default:
      return theta.unmandated * hostility_of(term, theta);
  }
}

/// What else moves: the sign with which a term adds to the hazard or the chance of an event.
double pull_of(Term term, EventKind kind, const Theta& theta) {
  const ConsolidationTheta& rule = theta.consolidation;
  switch (kind) {
    case EventKind::junta_hands_over:
      switch (term) {
        case Term::new_to_power:
          return rule.settling;
        case Term::sanctions:
          return rule.handover_sanctions;
        case Term::envoys:
          return rule.handover_envoys;
        case Term::support:
          return rule.handover_support;
        case Term::discontent:
          return -rule.handover_support;
        case Term::blocs_against:
          return rule.handover_blocs;
        case Term::blocs_for:
          return -rule.handover_blocs;
        case Term::cohesion:
          return rule.handover_cohesion;
        case Term::disunity:
          return -rule.handover_cohesion;
        case Term::crowds_against:
          return rule.handover_crowds;
        default:
          return 0.0;
      }
    case EventKind::junta_falls_to_crowd:
      if (term == Term::will_to_shoot) return -rule.uprising_shoot;
      if (term == Term::refusal_to_shoot) return rule.uprising_shoot;
      return term == Term::crowds_against ? 1.0 : 0.0;  // a small crowd may take from it what a large one adds
    case EventKind::junta_driven_out:
    case EventKind::town_retaken:
      return term == Term::foreign_force ? 1.0 : 0.0;
    case EventKind::election_postponed:
      if (term == Term::sanctions) return rule.postpone_pressure;
      if (term == Term::discontent) return -rule.postpone_support;
      return term == Term::support ? rule.postpone_support : 0.0;
    case EventKind::election_won:
    case EventKind::election_lost: {
      const double of_support = kind == EventKind::election_won ? rule.win_support : -rule.win_support;
      if (term == Term::discontent) return -of_support;
      return term == Term::support ? of_support : 0.0;
    }
    case EventKind::town_lost:
    case EventKind::capital_falls:
      if (term == Term::disunity) return theta.insurgency.garrison_cohesion;
      if (term == Term::cohesion) return -theta.insurgency.garrison_cohesion;
      return term == Term::attackers ? 1.0 : 0.0;
    case EventKind::truce_breaks:
      return term == Term::disunity ? theta.insurgency.truce_disorder : 0.0;
    case EventKind::mandate_given:
      if (term == Term::towns_lost) return theta.patrons.mandate_pretext * theta.patrons.pretext_towns;
      if (term == Term::killings) return theta.patrons.mandate_pretext * theta.patrons.pretext_killings;
      return term == Term::broken_order ? theta.patrons.mandate_pretext * theta.patrons.pretext_order : 0.0;
    default:
      return 0.0;
  }
}

/// Follows what each bloc has said and each patron has done, to know what a choice was made against.
struct Followed {
  explicit Followed(const Future& future) : words(future.world.blocs.size()), courses(future.world.patrons.size()) {
    for (std::size_t bloc = 0; bloc < words.size(); ++bloc) {
      const double stance = future.state.inputs[future.world.blocs[bloc].stance];
      words[bloc] = stance > 0.25 ? 1.0 : (stance < -0.25 ? -1.0 : 0.0);
    }
    for (std::size_t patron = 0; patron < courses.size(); ++patron)
      courses[patron] = future.state.inputs[future.world.patrons[patron].alignment] > 0 ? -2.0 : -1.0;
  }
  /// Another ruler: nobody has spoken of him, unless he is back after a coup that was reversed.
  void meet_ruler(EventKind kind) {
    if (kind == EventKind::power_lost) {
      words = words_before;
      courses = courses_before;
      return;
    }
    words_before = std::exchange(words, std::vector<double>(words.size()));
    courses_before = std::exchange(courses, std::vector<double>(courses.size()));
  }
  std::vector<double> words, courses, words_before, courses_before;
};

bool is_course(EventKind kind) { return kind >= EventKind::patron_recognises && kind <= EventKind::patron_intervenes; }
bool is_word(EventKind kind) { return kind >= EventKind::bloc_endorses && kind <= EventKind::bloc_falls_silent; }

// The sign of a reason is that of its amount, which the program gives, and of its words and parameter, which are looked
// up here: both must have pushed toward what happened, against what was before.
TEST(Reasons, PushTowardWhatTheyExplainInEveryEventOfEveryFuture) {
  std::array<std::uint64_t, event_kind_count> told{};
  for_each_future([&](const Future& future) {
    RulersAsTold rulers;
    Followed followed(future);
    for (const Event& event : future.events) {
      const int reigns = rulers.reigns();
      rulers.hear(event);
      if (rulers.reigns() != reigns) followed.meet_ruler(event.kind);
      const auto actor = static_cast<std::size_t>(event.actor);
      double way = 1.0;
      if (is_word(event.kind)) {
        const double word =
            event.kind == EventKind::bloc_endorses ? 1.0 : (event.kind == EventKind::bloc_opposes ? -1.0 : 0.0);
        way = sign(word - followed.words[actor]);
        followed.words[actor] = word;
        EXPECT_NE(way, 0.0);
      }
      if (is_course(event.kind)) {
        const double course = static_cast<double>(event.kind) - static_cast<double>(EventKind::patron_waits);
        const double before = followed.courses[actor];
        // Who stands by a ruler, or has soldiers there no longer, does so rather than wait.
        way = sign(before == 3.0 || before == course ? course : course - before);
        followed.courses[actor] = course;
      }
      float largest = std::numeric_limits<float>::infinity();
      for (const Reason& reason : event.reasons.top()) {
        if (reason.term == Term::nothing) {
          EXPECT_EQ(reason.amount, 0.0F);
          continue;
        }
        const std::string said = std::string(description_of(event.kind).name) + ": " +
                                 std::string(term_descriptions[static_cast<std::size_t>(reason.term)].name);
        ++told[static_cast<std::size_t>(event.kind)];
        EXPECT_GT(reason.amount, 0.0F) << said;
        EXPECT_LE(reason.amount, largest) << said;
        largest = reason.amount;
        if (is_word(event.kind)) {
          EXPECT_GT(way * pull_of(reason.term, future.theta.blocs), 0.0) << said;
        } else if (event.kind == EventKind::patron_intervenes) {
          EXPECT_GT(pull_to_force(reason.term, future.theta.patrons), 0.0) << said;
        } else if (is_course(event.kind)) {
          EXPECT_GT(way * hostility_of(reason.term, future.theta.patrons), 0.0) << said;
        } else {
          EXPECT_GT(pull_of(reason.term, event.kind, future.theta), 0.0) << said;
        }
      }
    }
    for (const Reason& reason : future.record.reasons.top()) EXPECT_GE(reason.amount, 0.0F);
  });
  for (const EventKind kind :
       {EventKind::bloc_endorses, EventKind::bloc_opposes, EventKind::bloc_falls_silent, EventKind::patron_recognises,
        EventKind::patron_engages, EventKind::patron_sanctions, EventKind::patron_keeps_distance,
        EventKind::patron_intervenes, EventKind::town_lost, EventKind::junta_hands_over, EventKind::election_lost,
        EventKind::election_won, EventKind::truce_breaks, EventKind::mandate_given})
    EXPECT_GT(told[static_cast<std::size_t>(kind)], 0U) << description_of(kind).name;
}

// The words of a reason are true of the country and of the ruler in question.
TEST(Reasons, AreTrueOfTheCountry) {
  std::uint64_t checked = 0;
  for_each_future([&](const Future& future) {
    const World& world = future.world;
    const auto input = [&](InputIndex index) { return future.state.inputs[index]; };
    const double soldiers = input(world.council_soldiers);
    const double civilians = input(world.council_civilians);
    RulersAsTold rulers;
    std::uint32_t attempts = 0;
    bool overthrew = false, overthrew_before = false;  // the ruler overthrew that of the file, or his class
    bool of_file = false, before = false;              // the junta's plot is that of the file
    for (const Event& event : future.events) {
      const bool was_old_class = rulers.now() == Ruler::old_class;
      rulers.hear(event);
      if (event.kind == EventKind::power_taken) overthrew_before = std::exchange(overthrew, was_old_class);
      if (event.kind == EventKind::capital_falls) overthrew = was_old_class;
      if (event.kind == EventKind::power_lost) overthrew = overthrew_before;
      attempts += event.kind == EventKind::attempt_begins ? 1 : 0;
      if (event.kind == EventKind::power_taken) before = std::exchange(of_file, attempts == 1);
      if (event.kind == EventKind::power_lost) of_file = before;
      if (!is_word(event.kind) && !is_course(event.kind)) continue;
      const auto actor = static_cast<std::size_t>(event.actor);
      const double leaning =
          is_word(event.kind) ? input(world.blocs[actor].stance) : input(world.patrons[actor].alignment);
      for (const Reason& reason : event.reasons.top()) {
        const Term term = reason.term;
        const auto is = [&](Term one, Term other) { return term == one || term == other; };
        const auto only_where = [&](bool said, bool is_true) {
          EXPECT_TRUE(!said || is_true) << term_descriptions[static_cast<std::size_t>(term)].name;
        };
        ++checked;
        only_where(is(Term::ties, Term::old_ties), leaning > 0);
        only_where(is(Term::enmity, Term::old_enmity), leaning < 0);
        only_where(is(Term::ties, Term::enmity), rulers.now() == Ruler::old_class);
        only_where(is(Term::old_ties, Term::old_enmity), rulers.by_force() && overthrew);
        only_where(term == Term::broken_order, rulers.by_force());
        only_where(term == Term::relations, rulers.now() == Ruler::old_class);
        only_where(term == Term::civilian_rule, rulers.now() == Ruler::civilians);
        only_where(term == Term::civilian_seats, civilians > soldiers);
        only_where(term == Term::soldiers_seats, civilians <= soldiers);
        only_where(term == Term::pact, of_file);
        if (is_word(event.kind)) {
          only_where(is(Term::patron_for, Term::patron_against), world.blocs[actor].patron != none);
          continue;
        }
        const double with_plotters = input(world.patrons[actor].alignment_with_plotters);
        only_where(term == Term::plotters_ties, with_plotters > 0 && of_file);
        only_where(term == Term::plotters_enmity, with_plotters < 0 && of_file);
        only_where(is(Term::rivals_for, Term::rivals_against), !world.patrons[actor].rivals.empty());
      }
    }
  });
  EXPECT_GT(checked, 1000U);
}

// What a person reads are the terms of the event and no others.
TEST(Reasons, AreToldAsTheyAreStored) {
  for_each_future([&](const Future& future) {
    Narrator narrator(future.world);
    for (const Event& event : future.events) {
      const std::string text = narrator.tell(event);
      for (std::size_t term = 1; term < term_count; ++term) {
        const auto& top = event.reasons.top();
        const bool stored = std::any_of(top.begin(), top.end(), [&](const Reason& reason) {
          return reason.term == static_cast<Term>(term) && reason.amount >= 0.05F;
        });
        const std::size_t because = text.find(" (because of ");
        const bool is_told =
            because != std::string::npos &&
            ("," + text.substr(because + 12, text.size() - because - 13) + ",")
                    .find(", " + std::string(term_descriptions[term].words) + ",") != std::string::npos;
        if (event.kind != EventKind::patron_waits && event.kind != EventKind::junta_driven_out &&
            event.kind != EventKind::capital_falls) {
          EXPECT_EQ(is_told, stored) << text;
        } else {
          EXPECT_FALSE(is_told && !stored) << text;
        }
      }
    }
  });
}

// For seven days after power was taken the coup is still made against the ruler before.
TEST(Told, RulerOfAContestedSeizureIsTheOneBefore) {
  std::uint64_t told = 0;
  for_each_future([&](const Future& future) {
    Narrator narrator(future.world);
    bool is_contested = false;
    for (const Event& event : future.events) {
      const std::string text = narrator.tell(event);
      if (event.kind == EventKind::power_taken) is_contested = true;
      // Of later attempts another ruler may be the target.
      if (event.kind == EventKind::seven_days_held || event.kind == EventKind::power_lost) break;
      const bool names_the_ruler = event.kind == EventKind::unit_resists || event.kind == EventKind::ruler_captured ||
                                   event.kind == EventKind::ruler_escapes || event.kind == EventKind::ruler_flees ||
                                   event.kind == EventKind::ruler_resigns || event.kind == EventKind::ruler_on_air;
      if (!is_contested || !names_the_ruler) continue;
      ++told;
      EXPECT_EQ(text.find("unta"), std::string::npos) << text;
    }
  });
  EXPECT_GT(told, 50U);
}

// Sanctions and condemnations are for those who took power by force, and end with them.
TEST(Patrons, PunishOnlyThoseWhoTookPowerAndOnlyAsLongAsTheyRule) {
  std::uint64_t survivors = 0, civilians = 0, sanctioned = 0, lifted = 0, stood_by = 0;
  for_each_future([&](const Future& future) {
    RulersAsTold rulers;
    const std::size_t patrons = future.world.patrons.size();
    constexpr double never = -1.0;
    std::vector<double> since(patrons, never);
    for (const Event& event : future.events) {
      rulers.hear(event);
      const auto actor = static_cast<std::size_t>(event.actor);
      if (event.kind == EventKind::power_lost && rulers.by_force()) {
        // A junta is back, and who had sanctions against both it and the plot has them still.
        for (double& hour : since) hour = hour == never ? never : event.hour;
      }
      if (event.kind == EventKind::plot_dispersed && rulers.now() == Ruler::old_class) ++survivors;
      if (event.kind == EventKind::junta_hands_over) ++civilians;
      if (event.kind == EventKind::patron_sanctions || event.kind == EventKind::patron_keeps_distance) {
        EXPECT_TRUE(rulers.by_force()) << event.hour;
      }
      if (event.kind == EventKind::patron_recognises && rulers.now() == Ruler::old_class) ++stood_by;
      if (event.kind == EventKind::patron_sanctions) {
        ++sanctioned;
        since[actor] = event.hour;
      } else if (event.kind == EventKind::sanctions_end) {
        ++lifted;
        EXPECT_NE(since[actor], never);
        since[actor] = never;
      } else if (is_course(event.kind)) {
        EXPECT_EQ(since[actor], never) << "sanctions that nobody lifted";
      }
      if (event.hour > rulers.since() + 1.0) {
        for (std::size_t patron = 0; patron < patrons; ++patron)
          EXPECT_TRUE(since[patron] == never || since[patron] >= rulers.since()) << event.hour;
      }
    }
  });
  EXPECT_GT(survivors, 50U);
  EXPECT_GT(civilians, 20U);
  EXPECT_GT(sanctioned, 100U);
  EXPECT_GT(lifted, 20U);
  EXPECT_GT(stood_by, 50U);
}

constexpr double week = 168.0;

/// Lets patrons and blocs live through some weeks.
void pass_weeks(Stage& stage, int weeks, const std::function<void()>& look) {
  for (int number = 0; number < weeks; ++number) {
    stage.pass(week);
    step_patrons(stage.country);
    look();
  }
}

TEST(Patrons, StandByTheirRulerWhenAnAttemptHasFailed) {
  const World world = test::world_of(test::full_country());
  for (std::uint64_t replicate = 0; replicate < 300; ++replicate) {
    Stage stage(world, draw_theta(default_theta(), 5, replicate), replicate);
    stage.state.log.keep_events = true;
    ruler_survives(stage.country);
    pass_weeks(stage, 52, [&] {
      EXPECT_EQ(stage.state.country.sanctions, 0.0);
      EXPECT_EQ(stage.state.patrons.hostile_force, 0.0);
    });
    for (const Event& event : stage.state.log.events) {
      EXPECT_NE(event.kind, EventKind::patron_sanctions);
      EXPECT_NE(event.kind, EventKind::patron_keeps_distance);
      // The neighbour (.6) and the union (.2) are tied to him; the rival (-.3) is not, and says nothing.
      EXPECT_FALSE(event.kind == EventKind::patron_recognises && event.actor == 1);
    }
    const auto stands_by = std::count_if(
        stage.state.log.events.begin(), stage.state.log.events.end(),
        [](const Event& event) { return event.kind == EventKind::patron_recognises && event.actor == 2; });
    EXPECT_EQ(stands_by, 1);
  }
}

// Whatever was done to a junta, also by soldiers who are still in the country, is over when it has gone: whoever comes
// then is neither sanctioned nor fought, at once and later.
TEST(Patrons, EndSanctionsAndHostilityWithTheJunta) {
  const World world = test::world_of(test::full_country());
  for (std::uint64_t replicate = 0; replicate < 300; ++replicate) {
    for (const bool is_reversed : {true, false}) {
      Stage stage(world, draw_theta(default_theta(), 5, replicate), replicate);
      junta_takes_power(stage.country);
      pass_weeks(stage, 4, [] {});
      auto& patrons = stage.state.patrons.patrons;
      patrons[0].posture = Posture::intervene;
      patrons[0].force_is_there = patrons[0].has_spoken = true;
      patrons[0].hostility = 2.0;
      patrons[2].posture = Posture::sanction;
      if (is_reversed)
        ruler_survives(stage.country);
      else
        bring_successor(stage.country, Outcome::handover);
      const auto spared = [&] {
        EXPECT_EQ(stage.state.country.sanctions, 0.0);
        EXPECT_EQ(stage.state.patrons.hostile_force, 0.0);
        for (const PatronState& patron : patrons)
          EXPECT_TRUE(patron.posture < Posture::condemn || patron.posture == Posture::intervene);
      };
      spared();
      pass_weeks(stage, 52, spared);
    }
  }
}

// Soldiers come against those who took power by force, or against groups that hold towns: where there is neither,
// nobody sends any.
TEST(Patrons, SendNoSoldiersWhereThereIsNobodyToFight) {
  const World world =
      test::world_of(test::small_country() +
                     "patrons:\n  power: {kind: state, alignment: 0.4, force_available: 2000, cost_of_force: 0}\n");
  for (std::uint64_t replicate = 0; replicate < 300; ++replicate) {
    Stage stage(world, draw_theta(default_theta(), 5, replicate), replicate);
    pass_weeks(stage, 52, [&] { EXPECT_NE(stage.state.patrons.patrons[0].posture, Posture::intervene); });
  }
}

// Who helps a ruler against groups is no enemy of his in the eyes of others.
TEST(Patrons, WhoSendSoldiersForARulerFavourHim) {
  const World world = test::world_of(test::full_country());
  Stage stage(world, default_theta(), 0);
  PatronState& patron = stage.state.patrons.patrons[0];
  patron.posture = Posture::intervene;
  patron.hostility = -1.0;
  EXPECT_EQ(favour_of(stage.country, 0), 1.0);
  junta_takes_power(stage.country);
  patron.posture = Posture::intervene;
  patron.hostility = 1.0;
  EXPECT_EQ(favour_of(stage.country, 0), -1.0);
}

// Chance moves crowds anew in every step, however short, and alike in two worlds on the same date.
TEST(Crowds, DrawAnewInEveryStepAndAlikeOnTheSameDate) {
  const World world = test::world_of(test::full_country());
  const Theta theta = default_theta();
  const auto moves_of = [&](const std::vector<double>& hours) {
    Stage stage(world, theta, 0);
    std::vector<double> moves;
    for (const double hour : hours) {
      const double before = stage.capital().shock;
      const double length = hour - stage.country.hour;
      stage.country.hour = hour;
      step_crowd(stage.country, static_cast<std::size_t>(world.capital));
      const double kept = std::exp(-length / (theta.people.shock_days * hours_per_day));
      moves.push_back((stage.capital().shock - kept * before) /
                      (theta.people.shock_place * std::sqrt(1.0 - kept * kept)));
    }
    return moves;
  };
  const std::vector<double> seconds = moves_of({1.0, 1.0 + 10.0 / 3600.0, 1.0 + 20.0 / 3600.0, 2.0});
  for (std::size_t step = 1; step < seconds.size(); ++step)
    EXPECT_GT(std::abs(seconds[step] - seconds[step - 1]), 1e-6);
  const std::vector<double> others = moves_of({0.5, 1.0, 2.0});
  EXPECT_NEAR(others[1], seconds[0], 1e-9);
  EXPECT_NEAR(others[2], seconds[3], 1e-9);
}

}  // namespace
}  // namespace interregnum
