#include "fit/made_up_record.hpp"

#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>

#include "base/distribution.hpp"
#include "base/draws.hpp"
#include "base/identifiers.hpp"
#include "engine/paired.hpp"

namespace interregnum {

namespace {

constexpr std::uint64_t most_tries = 400;  // to find a future in which an attempt succeeds, or fails

double uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t number, std::uint64_t what,
               std::uint64_t occurrence = 0) {
  return Draws(seed, stream, number).uniform(DrawPurpose::simulated_record, what, occurrence);
}

double poisson_quantile(double mean, double u) {
  if (u <= std::exp(-mean)) return 0.0;
  using namespace boost::math::policies;
  using Policy = policy<discrete_quantile<integer_round_up>>;
  return boost::math::quantile(boost::math::poisson_distribution<double, Policy>(mean), u);
}

}  // namespace

double made_up_normal(std::uint64_t seed, std::uint64_t number, std::uint64_t what) {
  return normal_quantile(uniform(seed, 0, number, what));
}

std::vector<Answers> made_up_seizures(const Record& record, const std::vector<AttemptWorld>& worlds, const Theta& theta,
                                      double misclassified, std::uint64_t seed, std::uint64_t number) {
  std::vector<Answers> made;
  for (std::size_t index = 0; index < worlds.size(); ++index) {
    const AttemptWorld& attempt = worlds[index];
    State state(attempt.world);
    const auto play = [&](std::uint64_t future) {
      return interregnum::run(attempt.world, theta, {seed, attempt.stream, replicate_of_future(future)}, state,
                              Until::seizure);
    };
    const RunRecord run = play(number);
    const bool wrong = uniform(seed, attempt.stream, number, hash_identifier("misclassified")) < misclassified;
    const bool coded = is_seized(run.outcome) != wrong;
    Answers answers;
    answers.answer(static_cast<std::size_t>(Question::succeeded), coded);
    if (record.attempts[index].csp_deaths) answer_deaths(answers, coded, run.deaths);
    if (!coded && record.attempts[index].cdp_realized) {
      // Of one that is coded wrongly the answer says nothing: it is that of another future, which failed.
      RunRecord failed = run;
      for (std::uint64_t tries = 1; is_seized(failed.outcome) && tries < most_tries; ++tries)
        failed = play((number + 1) * most_tries + tries);
      if (!is_seized(failed.outcome))
        answers.answer(static_cast<std::size_t>(Question::lost_again_if_failed), failed.outcome == Outcome::reversed);
    }
    made.push_back(answers);
  }
  return made;
}

std::vector<Answers> made_up_times_after(const Record& record, const std::vector<AttemptWorld>& worlds,
                                         const Theta& theta, std::uint64_t seed, std::uint64_t number) {
  std::vector<Answers> made(worlds.size());
  for (std::size_t index = 0; index < worlds.size(); ++index) {
    const Attempt& attempt = record.attempts[index];
    if (!attempt.succeeded) continue;
    State state(worlds[index].world);
    const auto play = [&](std::uint64_t attempted, Until until) {
      const ReplicateId id{seed, worlds[index].stream, replicate_of_future(number * most_tries + attempted)};
      return run(worlds[index].world, theta, id, state, until);
    };
    std::uint64_t tries = 0;
    while (tries < most_tries && !is_seized(play(tries, Until::seizure).outcome)) ++tries;
    if (tries == most_tries) continue;
    const QuestionSet known = questions_known(record, attempt);
    const auto followed = static_cast<double>((record.until - attempt.date).count());
    made[index] = answers_of(play(tries, Until::horizon), followed);
    made[index].asked &= known;
    made[index].yes &= known;
  }
  return made;
}

MadeUpMonths made_up_months(std::vector<OnsetMonth> months, const OnsetTheta& theta, double country_variance,
                            std::uint64_t seed, std::uint64_t number) {
  const std::array<double, 3> base{std::exp(theta.junior), std::exp(theta.middle), std::exp(theta.senior)};
  const double all = base[0] + base[1] + base[2];
  const boost::math::gamma_distribution<double> effects(1.0 / country_variance, country_variance);
  MadeUpMonths made{std::move(months), {}};
  int country = -1;
  double effect = 1.0;
  for (OnsetMonth& month : made.months) {
    const auto code = static_cast<std::uint64_t>(month.country_code);
    if (month.country_code != country)
      effect = boost::math::quantile(effects, uniform(seed, code, number, hash_identifier("effect of the country")));
    country = month.country_code;
    const auto when = static_cast<std::uint64_t>(static_cast<int>(month.month.year()) * 12) +
                      static_cast<unsigned>(month.month.month());
    const Draws draws(seed, code, number);
    const UniformBlock u = draws.block(DrawPurpose::simulated_record, hash_identifier("attempts"), when);
    month.attempted = static_cast<int>(poisson_quantile(effect * monthly_hazard(theta, month.conditions), u[0]));
    for (int attempt = 0; attempt < month.attempted; ++attempt) {
      const auto occurrence = when << 16U | static_cast<std::uint64_t>(attempt);
      const UniformBlock of_rank = draws.block(DrawPurpose::simulated_record, hash_identifier("rank"), occurrence);
      const double level = of_rank[0] * all;
      const std::size_t rank = level < base[0] ? 0 : (level < base[0] + base[1] ? 1 : 2);
      std::array<double, 3> evidence{1.0, 1.0, 1.0};
      if (of_rank[1] < 0.5) {
        evidence.fill(0.0);
        evidence[rank] = 1.0;
      }
      made.ranks.push_back(evidence);
    }
  }
  return made;
}

}  // namespace interregnum
