#include "model/blocs.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "stage.hpp"

// Blocs against closed forms. Every share is compared by `expect_share`, whose false-alarm rate is 1e-6.
namespace interregnum {
namespace {

using test::expect_share;
using test::Stage;

constexpr std::uint64_t count = 20000;
constexpr double week = 168.0;

std::string with_bloc(const std::string& fields) {
  return test::small_country() + "blocs:\n  union: {" + fields + "}\n";
}

/// Whoever has a word to say says it within the week: the chance of a longer silence is exp(-200).
Theta outspoken_theta() {
  Theta theta = default_theta();
  theta.blocs.first_word_rate = 200.0;
  theta.blocs.followers = theta.blocs.crowds = 0.0;
  return theta;
}

/// How often the bloc opposes, stays out and endorses a junta a week after it took power.
std::array<double, 3> words_to_a_junta(const World& world, const Theta& theta) {
  std::array<double, 3> words{};
  for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
    Stage stage(world, theta, replicate);
    junta_takes_power(stage.country);
    stage.pass(week);
    step_blocs(stage.country);
    EXPECT_TRUE(stage.state.blocs.blocs[0].has_spoken);
    ++words[static_cast<std::size_t>(static_cast<int>(stage.state.blocs.blocs[0].word) + 1)];
  }
  return words;
}

void expect_logit(const std::array<double, 3>& words, const BlocsTheta& theta, double endorse) {
  const std::array<double, 3> weights{std::exp(-theta.precision * endorse),
                                      std::exp(theta.precision * theta.hold_value),
                                      std::exp(theta.precision * endorse)};
  const double sum = weights[0] + weights[1] + weights[2];
  for (std::size_t word = 0; word < 3; ++word) expect_share(words[word], count, weights[word] / sum);
}

TEST(Blocs, ChooseTheirWordAsTheLogitOfItsUtilities) {
  const World world = test::world_of(with_bloc("following: 0.2, stance: -0.35"));
  for (const double precision : {0.5, 2.5, 6.0}) {
    Theta theta = outspoken_theta();
    theta.blocs.precision = precision;
    expect_logit(words_to_a_junta(world, theta), theta.blocs, theta.blocs.stance * 0.35);
  }
}

TEST(Blocs, WeighTheirPactWithThePlotters) {
  const World world = test::world_of(with_bloc("following: 0.2, stance: 0.4, pact: 1"));
  const Theta theta = outspoken_theta();
  expect_logit(words_to_a_junta(world, theta), theta.blocs, -theta.blocs.stance * 0.4 + theta.blocs.pact);
}

TEST(Blocs, WeighTheSeatsThatTheyAreOffered) {
  const World world = test::world_of(with_bloc("following: 0.2, stance: 0") +
                                     "transition: {council_soldiers: 3, council_civilians: 9}\n");
  const Theta theta = outspoken_theta();
  expect_logit(words_to_a_junta(world, theta), theta.blocs, theta.blocs.seats * 0.5);
}

TEST(Blocs, WeighWhatThePublicThinks) {
  const World world = test::world_of(with_bloc("following: 0.2, stance: 0"), {"public.support=0.2"});
  Theta theta = outspoken_theta();
  theta.blocs.followers = 1.0;
  theta.people.new_ruler = 0.8;  // whatever was thought of the ruler before
  theta.people.carry_over = 0.0;
  expect_logit(words_to_a_junta(world, theta), theta.blocs, std::tanh(0.8));
}

TEST(Blocs, HaveAPactAsOftenAsTheFileSays) {
  const World world = test::world_of(with_bloc("following: 0.2, stance: 0, pact: 0.3"));
  double pacts = 0;
  for (std::uint64_t replicate = 0; replicate < count; ++replicate)
    pacts += Stage(world, default_theta(), replicate).state.blocs.blocs[0].has_pact ? 1.0 : 0.0;
  expect_share(pacts, count, 0.3);
}

TEST(Blocs, SpeakFirstAfterAnExponentialTime) {
  const World world = test::world_of(with_bloc("following: 0.2, stance: 0"));
  Theta theta = default_theta();
  theta.blocs.first_word_rate = 0.7;
  constexpr std::array<int, 3> weeks{1, 2, 4};
  std::array<double, 3> spoken{};
  for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
    Stage stage(world, theta, replicate);
    junta_takes_power(stage.country);
    for (int number = 1; number <= weeks.back(); ++number) {
      stage.pass(week);
      step_blocs(stage.country);
      for (std::size_t date = 0; date < weeks.size(); ++date)
        spoken[date] += weeks[date] == number && stage.state.blocs.blocs[0].has_spoken ? 1.0 : 0.0;
    }
  }
  for (std::size_t date = 0; date < weeks.size(); ++date)
    expect_share(spoken[date], count, 1.0 - std::exp(-0.7 * weeks[date]));
}

TEST(Blocs, SayOfTheOldRulerWhatTheirStanceIs) {
  for (const auto& [stance, word] :
       {std::pair{"-0.6", Word::oppose}, {"-0.2", Word::stay_out}, {"0.2", Word::stay_out}, {"0.6", Word::endorse}}) {
    const World world = test::world_of(with_bloc(std::string("following: 0.2, stance: ") + stance));
    Stage stage(world, default_theta(), 0);
    EXPECT_EQ(stage.state.blocs.blocs[0].word, word);
    EXPECT_EQ(stage.capital().words, 0.2 * static_cast<double>(word));
    EXPECT_EQ(stage.capital().call_for, word == Word::endorse ? 0.2 : 0.0);
    EXPECT_EQ(stage.capital().call_against, word == Word::oppose ? 0.2 : 0.0);
  }
}

TEST(Blocs, TogetherCountForNoMoreThanEverybody) {
  const World world =
      test::world_of(test::small_country() +
                     "blocs:\n  one: {following: 0.8, stance: -1}\n  two: {following: 0.7, stance: -1}\n"
                     "  three: {following: 0.1, stance: 1, places: {province: {following: 0.9}}}\n");
  Stage stage(world, default_theta(), 0);
  EXPECT_EQ(stage.state.blocs.opposing, 1.0);
  // 600,000 and 20,000 of whom a tenth follow, 90,000 of whom nine tenths do.
  EXPECT_NEAR(stage.state.blocs.endorsing, (0.1 * 620 + 0.9 * 90) / 710, 1e-12);
}

/// Mean of what the second world says more than the first of the junta (-1, 0, 1), in standard errors.
double kinder_z(const World& first, const Theta& theta_first, const World& second, const Theta& theta_second) {
  const auto word = [](const World& world, const Theta& theta, std::uint64_t replicate) {
    Stage stage(world, theta, replicate);
    junta_takes_power(stage.country);
    stage.pass(week);
    step_blocs(stage.country);
    return static_cast<double>(stage.state.blocs.blocs[0].word);
  };
  return test::paired_z(4000, [&](std::uint64_t replicate) {
    const double difference = word(second, theta_second, replicate) - word(first, theta_first, replicate);
    // Convictions are kept: what speaks for the junta in the second world turns nobody against it.
    EXPECT_GE(difference, 0.0);
    return difference;
  });
}

// More than 5 standard errors each, which a model without the effect shows with probability 3e-7.
TEST(Blocs, EndorseMoreWithAPactMoreSeatsAndLessLoveForTheOldRuler) {
  const std::string transition = "transition: {council_soldiers: 5, council_civilians: 1}\n";
  const std::string text = with_bloc("following: 0.2, stance: 0.1, pact: 0.1") + transition;
  const World world = test::world_of(text);
  const Theta theta = outspoken_theta();
  EXPECT_GT(kinder_z(world, theta, test::world_of(text, {"blocs.union.pact=0.6"}), theta), 5.0);
  EXPECT_GT(kinder_z(world, theta, test::world_of(text, {"transition.council_civilians=20"}), theta), 5.0);
  EXPECT_GT(kinder_z(world, theta, test::world_of(text, {"blocs.union.stance=-0.6"}), theta), 5.0);
}

// With the kept convictions of one ruler, and nothing that changes around them, a bloc has no reason to take its word
// back, however often it thinks again.
TEST(Blocs, KeepTheirWordWhileNothingChanges) {
  const World world = test::world_of(with_bloc("following: 0.2, stance: 0"));
  Theta theta = outspoken_theta();
  theta.blocs.rate = 20.0;
  theta.blocs.turning_cost = 0.0;
  for (std::uint64_t replicate = 0; replicate < 300; ++replicate) {
    Stage stage(world, theta, replicate);
    junta_takes_power(stage.country);
    stage.pass(week);
    step_blocs(stage.country);
    const Word first = stage.state.blocs.blocs[0].word;
    for (int number = 0; number < 20; ++number) {
      stage.pass(week);
      step_blocs(stage.country);
      ASSERT_EQ(stage.state.blocs.blocs[0].word, first);
    }
  }
}

}  // namespace
}  // namespace interregnum
