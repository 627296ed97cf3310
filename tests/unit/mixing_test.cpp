#include "scenario/mixing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "analysis/measure.hpp"
#include "engine/replicate.hpp"
#include "scenario/fields.hpp"
#include "scenario/files.hpp"
#include "support.hpp"

namespace interregnum {
namespace {

using test::scenario_of;
using test::small_country;

Scenario mali(const char* year) { return load_scenario(std::string(SCENARIOS) + "/mali-" + year + ".yaml"); }

std::string text_of(Scenario scenario, const std::string& key) {
  const Fields fields = fields_of(scenario);
  const Field* field = fields.find(key);
  return field == nullptr ? "absent" : field->text;
}

std::vector<bool> only(const Mixer& mixer, const std::vector<std::string>& names) {
  std::vector<bool> from_b(mixer.factors().size(), false);
  for (const std::string& name : names) from_b[mixer.factor(name)] = true;
  return from_b;
}

std::string message_of(Scenario a, Scenario b) {
  try {
    const Mixer mixer(std::move(a), std::move(b), FactorKind::section);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Fields, AreThoseThatTheModelReads) {
  Scenario scenario = scenario_of(small_country());
  const Fields fields = fields_of(scenario);
  EXPECT_NE(fields.find("plot.tier"), nullptr);
  EXPECT_NE(fields.find("start"), nullptr);
  EXPECT_EQ(fields.find("name"), nullptr);
  for (const Field& field : fields.values) EXPECT_FALSE(field.key.starts_with("sources.")) << field.key;
}

TEST(Mixer, FindsTheFactorsByTheirSections) {
  const Mixer mixer(mali("2012"), mali("2020"), FactorKind::section);
  std::vector<std::string> names;
  for (const Factor& factor : mixer.factors()) names.push_back(factor.name);
  EXPECT_EQ(names, (std::vector<std::string>{"plot", "army", "places", "public", "blocs", "armed_groups", "patrons",
                                             "incumbency"}));
}

TEST(Mixer, KeysAreTheSectionsTakenApart) {
  const Mixer sections(mali("2012"), mali("2020"), FactorKind::section);
  const Mixer keys(mali("2012"), mali("2020"), FactorKind::key);
  std::size_t in_sections = 0;
  for (const Factor& factor : sections.factors()) in_sections += factor.keys.size();
  EXPECT_EQ(in_sections, keys.factors().size());
  EXPECT_GT(keys.factors().size(), 50U);
  EXPECT_NO_THROW(keys.factor("units.special_forces"));
  EXPECT_NO_THROW(keys.factor("plot.tier"));
  EXPECT_NO_THROW(keys.factor("calendar"));
}

TEST(Mixer, OneFactorFromTheSecondChangesNothingElse) {
  const Mixer mixer(scenario_of(small_country()),
                    scenario_of(small_country(), {"plot.tier=senior", "public={support: 0.9}"}), FactorKind::section);
  ASSERT_EQ(mixer.factors().size(), 2U);
  const Scenario mixed = mixer.mix(only(mixer, {"public"}));
  EXPECT_EQ(text_of(mixed, "public.support"), "0.9");
  EXPECT_EQ(text_of(mixed, "plot.tier"), text_of(scenario_of(small_country()), "plot.tier"));
}

TEST(Mixer, BothEndsPlayAsTheFilesThemselves) {
  // The second is moved to the first one's date, which must change no hour of any future.
  const Mixer mixer(mali("2012"), mali("2020"), FactorKind::key);
  const std::vector<bool> none_of_b(mixer.factors().size(), false), all_of_b(mixer.factors().size(), true);
  for (const bool second : {false, true}) {
    const World mixed = compile(mixer.mix(second ? all_of_b : none_of_b));
    const World own = compile(mali(second ? "2020" : "2012"));
    const auto left = test::records_of(mixed, default_theta(), 24), right = test::records_of(own, default_theta(), 24);
    for (std::size_t replicate = 0; replicate < left.size(); ++replicate)
      test::expect_same(left[replicate], right[replicate]);
  }
}

TEST(Mixer, WhatIsDatedKeepsItsDistanceFromTheStart) {
  const Scenario earlier = scenario_of(
      small_country(), {"start=2000-03-01 06:00", "calendar=[{event: presidential_election, date: 2000-03-11}]"});
  const Scenario later = scenario_of(
      small_country(), {"start=2010-06-01 06:00", "calendar=[{event: presidential_election, date: 2010-06-21}]"});
  const Mixer mixer(earlier, later, FactorKind::section);
  const World mixed = compile(mixer.mix(only(mixer, {"incumbency"})));
  EXPECT_EQ(mixed.elections.at(0).hour, compile(later).elections.at(0).hour);
}

TEST(Mixer, LabelsGoWithTheGroupThatIsLabelled) {
  const Mixer mixer(mali("2012"), mali("2020"), FactorKind::section);
  const Scenario mixed = mixer.mix(only(mixer, {"armed_groups"}));
  EXPECT_EQ(text_of(mixed, "patrons.france.labels_extremist"), "jnim, isgs");
  const Scenario other = mixer.mix(only(mixer, {"patrons"}));
  EXPECT_EQ(text_of(other, "patrons.france.labels_extremist"), "aqim, mujao, ansar_dine");
}

TEST(Mixer, WhatLeadsNowhereIsLeftOutAndSaid) {
  const Mixer mixer(mali("2012"), mali("2020"), FactorKind::section);
  std::vector<std::string> notes;
  const Scenario mixed = mixer.mix(only(mixer, {"plot"}), &notes);
  EXPECT_EQ(text_of(mixed, "plot.units"), "kati_garrison");
  EXPECT_TRUE(std::any_of(notes.begin(), notes.end(),
                          [](const std::string& note) { return note.find("special_forces") != std::string::npos; }));
}

TEST(Mixer, EveryMixtureOfTwoSectionsCanBePlayed) {
  const Mixer mixer(mali("2012"), mali("2020"), FactorKind::section);
  for (std::size_t coalition = 0; coalition < 256; ++coalition) {
    std::vector<bool> from_b(8);
    for (std::size_t factor = 0; factor < 8; ++factor) from_b[factor] = ((coalition >> factor) & 1U) != 0;
    const World world = compile(mixer.mix(from_b));
    EXPECT_FALSE(world.plot_units.empty());
  }
}

TEST(Mixer, RefusesWhatCannotBeCompared) {
  const Scenario country = scenario_of(small_country());
  EXPECT_NE(message_of(country, scenario_of(small_country(), {"horizon=12 months"})).find("horizon"),
            std::string::npos);
  EXPECT_NE(message_of(country, scenario_of(small_country(), {"begins=watch"})).find("begins"), std::string::npos);
  EXPECT_NE(message_of(country, scenario_of(small_country(), {"country=ABC"})).find("country"), std::string::npos);
}

TEST(Mixer, SuggestsTheFactorThatWasMeant) {
  const Mixer mixer(mali("2012"), mali("2020"), FactorKind::section);
  try {
    mixer.factor("publc");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean 'public'"), std::string::npos) << error.what();
  }
}

TEST(Measure, ReadsWhatHappenedInAFuture) {
  RunRecord record;
  record.outcome = Outcome::failed;
  record.deaths = 12;
  EXPECT_EQ(Measure("failed").of(record), 1.0F);
  EXPECT_EQ(Measure("seized").of(record), 0.0F);
  EXPECT_TRUE(std::isnan(Measure("in_power_if_seized").of(record)));
  EXPECT_EQ(Measure("deaths>=12").of(record), 1.0F);
  EXPECT_EQ(Measure("deaths>=12.5").of(record), 0.0F);
  record.outcome = Outcome::in_power;
  record.kinds_seen.set(static_cast<std::size_t>(EventKind::ruler_flees));
  EXPECT_EQ(Measure("in_power_if_seized").of(record), 1.0F);
  EXPECT_EQ(Measure("ruler_flees").of(record), 1.0F);
  EXPECT_EQ(Measure("another_attempt").of(record), 0.0F);
  record.another_attempt_hour = 3.0;
  EXPECT_EQ(Measure("another_attempt").of(record), 1.0F);
  EXPECT_EQ(Measure("in_power_if_seized").words("2 years"), "the junta is in power after 2 years, if power was seized");
  EXPECT_EQ(Measure("another_attempt").words(), "another coup is attempted before the horizon");
  for (const char* unknown :
       {"in_pwer", "", "deaths>=", "deaths>=x", "deaths>=nan", "deaths>=inf", "height>=3", "_if_seized"})
    EXPECT_THROW(Measure{unknown}, InputError) << unknown;
  for (const std::string& name : Measure::names()) EXPECT_NO_THROW(Measure{name}) << name;
}

}  // namespace
}  // namespace interregnum
