// The tables of outcomes and events: what the compiler cannot check of them.

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "analysis/measure.hpp"
#include "base/placeholders.hpp"
#include "model/event_table.hpp"
#include "model/outcome.hpp"
#include "report/chronicle.hpp"
#include "report/narrator.hpp"
#include "scenario/files.hpp"

namespace interregnum {
namespace {

// Each can be asked for by its name, which no other has.
TEST(Tables, NamesAreMeasures) {
  std::set<std::string> names;
  for (const OutcomeDescription& outcome : outcome_descriptions) {
    EXPECT_TRUE(names.emplace(outcome.name).second) << outcome.name;
    EXPECT_EQ(Measure(std::string(outcome.name)).words(), outcome.sentence);
  }
  for (const EventDescription& event : event_descriptions) {
    EXPECT_TRUE(names.emplace(event.name).second) << event.name;
    EXPECT_EQ(Measure(std::string(event.name)).words(), event.sentence);
  }
}

TEST(Tables, EveryOutcomeIsTold) {
  for (const OutcomeDescription& outcome : outcome_descriptions) {
    RunRecord record;
    record.outcome = outcome.outcome;
    record.attempt_hour = 0.0;
    record.taken_hour = 5.0;
    record.decided_hour = 173.0;
    record.ended_hour = 24.0 * 365.0;
    const std::string told = verdict_sentence(record, Until::horizon);
    EXPECT_EQ(told.find_first_of("{}"), std::string::npos) << told;
    EXPECT_EQ(told.find(" The junta ") != std::string::npos, is_seized(outcome.outcome)) << told;
    EXPECT_EQ(outcome.junta.empty(), !is_seized(outcome.outcome)) << outcome.name;
  }
}

// With and without a site, and with amounts that are an index to some kinds of event: a sentence in any case, with no
// word of the table's left in it.
TEST(Tables, EveryEventIsTold) {
  const World world = compile(load_scenario(std::string(SCENARIOS) + "/mali-2012.yaml"));
  ASSERT_FALSE(world.elections.empty() || world.groups.empty() || world.patrons.empty() || world.blocs.empty());
  for (const EventDescription& description : event_descriptions) {
    for (const std::int32_t site : {-1, 0}) {
      for (const double amount : {0.0, 1.0}) {
        Event event;
        event.kind = description.kind;
        event.actor = 0;
        event.site = site;
        event.amount = amount;
        const std::string told = Narrator(world).tell(event);
        EXPECT_FALSE(told.empty()) << description.name;
        EXPECT_EQ(told.find_first_of("{}"), std::string::npos) << told;
      }
    }
  }
}

TEST(Placeholders, OthersAreFound) {
  constexpr std::array<std::string_view, 2> words{"actor", "site"};
  EXPECT_TRUE(has_only_placeholders("", words));
  EXPECT_TRUE(has_only_placeholders("{actor} reaches the {site}", words));
  for (const char* wrong :
       {"{actr} waits", "{actor waits", "actor} waits", "{} waits", "{actor} {{site}}", "{site:>3}"})
    EXPECT_FALSE(has_only_placeholders(wrong, words)) << wrong;
}

}  // namespace
}  // namespace interregnum
