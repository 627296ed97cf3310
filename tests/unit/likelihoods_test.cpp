// The likelihoods of attempts: over all that a record could say of an attempt they come to one, and they are made of
// the surrogates' chances as their descriptions say.
#include "fit/likelihoods.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <optional>

#include "model/theta_draws.hpp"
#include "standard_normals.hpp"

namespace interregnum {
namespace {

constexpr std::size_t attempts = 3;
constexpr Eigen::Index parameters = 2;
constexpr Eigen::Index years = 3;  // the attempts are of 1950, 1951 and 1952

/// A small bank in which every question depends on the parameters in its own way.
Bank small_bank() {
  constexpr Eigen::Index draws_in_bank = 600;
  Bank bank;
  bank.z.resize(draws_in_bank, parameters);
  bank.answers.assign(attempts, std::vector<Answers>(draws_in_bank));
  for (Eigen::Index draw = 0; draw < draws_in_bank; ++draw) {
    const Draws draws(7, 0, static_cast<std::uint64_t>(draw));
    bank.z.row(draw) = standard_normals(draws, parameters).transpose();
    for (std::size_t attempt = 0; attempt < attempts; ++attempt) {
      for (std::size_t question = 0; question < question_count; ++question) {
        const double odds = (question % 2 == 0 ? 1.0 : -1.0) * bank.z(draw, question < 6 ? 0 : 1) +
                            0.3 * static_cast<double>(attempt) - 0.1 * static_cast<double>(question);
        const double u = draws.uniform(DrawPurpose::simulated_record, attempt, question);
        bank.answers[attempt][static_cast<std::size_t>(draw)].answer(question, u < 1.0 / (1.0 + std::exp(-odds)));
      }
    }
  }
  return bank;
}

double chance(double log_odds) { return 1.0 / (1.0 + std::exp(-log_odds)); }

Answers coded(bool succeeded, std::optional<double> deaths) {
  Answers answers;
  answers.answer(static_cast<std::size_t>(Question::succeeded), succeeded);
  if (deaths) answer_deaths(answers, succeeded, *deaths);
  return answers;
}

class LikelihoodsTest : public ::testing::Test {
 protected:
  const Surrogates seizure = learn(small_bank(), 0, seizure_questions, true, 1);
  const Surrogates after = learn(small_bank(), seizure_questions, question_count, false, 1);
  const YearWalk walk{1952};
  const LevelShift shift{0, 1.5, {1950, 1951, 1952}};

  SeizureLikelihood of_seizure(const Data& data) const { return {seizure, parameters, shift, walk, data}; }
};

TEST_F(LikelihoodsTest, OfTheSeizureAreAMixtureOfTrueKinds) {
  // Parameters, the share coded wrongly, step and changes of the walk, what the surrogates miss.
  const Eigen::VectorXd z{{0.4, -0.7, 0.5, 1.2, 2.0, -3.0, 0.2, -0.3, 1.1, -0.6, 0.9, -1.2}};
  const Eigen::VectorXd levels = walk.levels(z.segment(3, years));
  const double wrong = misclassified_at(0.5);
  ASSERT_GT(wrong, 0.05);
  const Eigen::VectorXd missed = seizure.missed * z.tail(6);
  for (Eigen::Index attempt = 0; attempt < 3; ++attempt) {
    const auto of = [&](std::size_t question) {
      // The level of the year is as much more of the parameter that it is added to.
      const Eigen::VectorXd own{{z(0) + levels(attempt) / 1.5, z(1)}};
      return chance(seizure.log_odds(question, own, {}, missed)(attempt));
    };
    double sum = 0.0;
    for (const bool succeeded : {false, true}) {
      const auto likelihood = [&](std::optional<double> deaths) {
        std::vector<Answers> answers(attempts);
        answers[static_cast<std::size_t>(attempt)] = coded(succeeded, deaths);
        const SeizureLikelihood likelihood_of = of_seizure(data_of(answers, std::vector<bool>(attempts, true)));
        return std::exp(likelihood_of(z));
      };
      const double right = (succeeded ? of(0) : 1.0 - of(0)) * (1.0 - wrong);
      const double miscoded = (succeeded ? 1.0 - of(0) : of(0)) * wrong;
      EXPECT_NEAR(likelihood(std::nullopt), right + miscoded, 1e-12);
      // One that is coded wrongly cost lives as often as its true kind.
      const std::size_t own = succeeded ? 0 : 1, other = 1 - own;
      const std::array<double, 2> nobody{of(1), of(2)}, many{of(3), of(4)};
      EXPECT_NEAR(likelihood(0), right * nobody[own] + miscoded * nobody[other], 1e-12);
      const auto cost_many = [&](std::size_t kind) { return (1.0 - nobody[kind]) * many[kind]; };
      EXPECT_NEAR(likelihood(200), right * cost_many(own) + miscoded * cost_many(other), 1e-12);
      sum += likelihood(0) + likelihood(5) + likelihood(200);
    }
    EXPECT_NEAR(sum, 1.0, 1e-12);
    // Whether power was taken is asked beside the rest, whatever the code is worth.
    constexpr auto reversal = static_cast<std::size_t>(Question::lost_again_if_failed);
    for (const bool lost_again : {false, true}) {
      std::vector<Answers> answers(attempts);
      answers[static_cast<std::size_t>(attempt)] = coded(false, 0.0);
      const auto likelihood = [&] { return of_seizure(data_of(answers, std::vector<bool>(attempts, true)))(z); };
      const double before = likelihood();
      answers[static_cast<std::size_t>(attempt)].answer(reversal, lost_again);
      EXPECT_NEAR(std::exp(likelihood() - before), lost_again ? of(reversal) : 1.0 - of(reversal), 1e-12);
    }
  }
}

TEST_F(LikelihoodsTest, AttemptsThatDoNotCountSayNothing) {
  const std::vector<Answers> answers(attempts, coded(true, 0.0));
  const SeizureLikelihood nothing = of_seizure(data_of(answers, std::vector<bool>(attempts, false)));
  ASSERT_EQ(nothing.dimensions(), 12);
  EXPECT_EQ(nothing(Eigen::VectorXd::Zero(12)), 0.0);
  const SeizureLikelihood one = of_seizure(data_of(answers, {false, true, false}));
  const SeizureLikelihood two = of_seizure(data_of(answers, {true, false, true}));
  const SeizureLikelihood all = of_seizure(data_of(answers, {true, true, true}));
  const Eigen::VectorXd z = Eigen::VectorXd::Constant(12, 0.3);
  EXPECT_NEAR(one(z) + two(z), all(z), 1e-12);
}

TEST_F(LikelihoodsTest, OfWhatFollowsMultiplyTheChancesOfTheQuestionsAsked) {
  // One parameter is that part's own, one is held at what an earlier part found.
  const double held = -0.6;
  const std::vector<Eigen::Index> visible{0};
  Eigen::VectorXd z = Eigen::VectorXd::LinSpaced(1 + static_cast<Eigen::Index>(after.each.size()), -0.8, 0.9);
  const Eigen::VectorXd missed = after.missed * z.tail(after.missed.cols());
  const std::vector<Shift> shifts{{0, Eigen::Vector3d(0.0, 0.4, 0.0)}, {1, Eigen::Vector3d(0.0, -0.9, 0.0)}};
  const Eigen::VectorXd shifted{{z(0) + 0.4, held - 0.9}};  // of the attempt that is asked
  std::vector<Answers> answers(attempts);
  double expected = 0.0;
  for (std::size_t number = 0; number < after.each.size(); number += 3) {
    const std::size_t question = after.each[number].question();
    const bool yes = number % 2 == 0;
    answers[1].answer(question, yes);
    const double p = chance(after.log_odds(number, shifted, {}, missed)(1));
    expected += std::log(yes ? p : 1.0 - p);
  }
  const AfterLikelihood likelihood(after, data_of(answers, std::vector<bool>(attempts, true)), visible, 1,
                                   Eigen::VectorXd::Constant(1, held), shifts);
  EXPECT_NEAR(likelihood(z), expected, 1e-12);
  EXPECT_LT(expected, -0.5);
}

TEST(Scattered, VisitsAllAndEveryChainFromTheFirstVisitsOn) {
  for (const std::uint64_t size : {1U, 2U, 3U, 400U, 2000U}) {
    std::vector<int> visits(size, 0);
    for (std::uint64_t number = 0; number < size; ++number) ++visits[scattered(number, size)];
    EXPECT_EQ(visits, std::vector<int>(size, 1));
  }
  // Of four chains that take turns each is met as often, by a hundred visits to within a few.
  std::array<int, 4> of_chain{};
  for (std::uint64_t number = 0; number < 100; ++number) ++of_chain[scattered(number, 400) % 4];
  for (const int visits : of_chain) EXPECT_NEAR(visits, 25, 5);
}

}  // namespace
}  // namespace interregnum
