#include "fit/bank.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "analysis/thin_country.hpp"
#include "base/distribution.hpp"
#include "base/identifiers.hpp"
#include "engine/parallel.hpp"

namespace interregnum {

namespace {

constexpr std::uint64_t prior_stream = hash_identifier("prior of the fit");
constexpr double beyond = 8.0;  // standard deviations; the normal distribution function ends there

static_assert(question_count <= 16, "the questions asked and those answered yes share 32 bits");

double pack(const Answers& answers) {
  return static_cast<double>(answers.asked.to_ulong() | (answers.yes.to_ulong() << 16U));
}

}  // namespace

std::vector<AttemptWorld> attempt_worlds(const Record& record) {
  std::vector<AttemptWorld> worlds(record.attempts.size());
  for (std::size_t index = 0; index < worlds.size(); ++index) {
    const Attempt& attempt = record.attempts[index];
    worlds[index] = {&attempt, compile_country(thin_country(record, attempt), attempt.id), hash_identifier(attempt.id)};
  }
  return worlds;
}

Eigen::Index FreeParameters::find(const std::string& key) const {
  for (Eigen::Index position = 0; position < size(); ++position) {
    if (entry(position).key == key) return position;
  }
  return -1;
}

double FreeParameters::value(Eigen::Index position, double z) const {
  const boost::math::normal_distribution<double> standard;
  return prior_quantile(entry(position), boost::math::cdf(standard, std::clamp(z, -beyond, beyond)));
}

void FreeParameters::set(Theta& theta, const Eigen::VectorXd& z) const {
  for (Eigen::Index position = 0; position < size(); ++position)
    entry(position).value(theta) = value(position, z(position));
}

Eigen::VectorXd FreeParameters::draw_prior(std::uint64_t seed, std::uint64_t draw) const {
  const Draws draws(seed, prior_stream, draw);
  Eigen::VectorXd z(size());
  for (Eigen::Index position = 0; position < size(); ++position)
    z(position) = normal_quantile(draws.uniform(DrawPurpose::parameter, hash_identifier(entry(position).key)));
  return z;
}

Eigen::MatrixXd simulate_answers(const std::vector<AttemptWorld>& worlds, const FreeParameters& free,
                                 const BankSettings& settings, std::uint64_t first, std::uint64_t count) {
  std::vector<Theta> thetas(count, default_theta());
  for (std::uint64_t draw = 0; draw < count; ++draw)
    free.set(thetas[draw], free.draw_prior(settings.seed, first + draw));
  Eigen::MatrixXd packed(static_cast<Eigen::Index>(worlds.size()), static_cast<Eigen::Index>(count));
  run_parallel(worlds.size(), settings.threads, [&](std::size_t index) {
    const AttemptWorld& attempt = worlds[index];
    State state(attempt.world);
    for (std::uint64_t draw = 0; draw < count; ++draw) {
      const ReplicateId id{settings.seed, attempt.stream, replicate_of_future(first + draw)};
      packed(static_cast<Eigen::Index>(index), static_cast<Eigen::Index>(draw)) =
          pack(answers_of(run(attempt.world, thetas[draw], id, state, settings.until)));
    }
  });
  return packed;
}

Eigen::MatrixXd parameters_that_matter(const std::vector<AttemptWorld>& worlds, const FreeParameters& free,
                                       const BankSettings& settings, std::uint64_t futures) {
  constexpr double end_of_prior = 2.0;
  Eigen::MatrixXd matters = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(worlds.size()), free.size());
  run_parallel(worlds.size(), settings.threads, [&](std::size_t index) {
    const AttemptWorld& attempt = worlds[index];
    State state(attempt.world);
    const auto answers = [&](const Eigen::VectorXd& z, std::uint64_t future) {
      Theta theta = default_theta();
      free.set(theta, z);
      const ReplicateId id{settings.seed, attempt.stream, replicate_of_future(future)};
      return answers_of(run(attempt.world, theta, id, state, settings.until));
    };
    std::vector<QuestionSet> changed(static_cast<std::size_t>(free.size()));
    for (std::uint64_t future = 0; future < futures; ++future) {
      const Eigen::VectorXd z = free.draw_prior(settings.seed, future);
      for (Eigen::Index parameter = 0; parameter < free.size(); ++parameter) {
        Eigen::VectorXd low = z, high = z;
        low(parameter) = -end_of_prior;
        high(parameter) = end_of_prior;
        const Answers of_low = answers(low, future), of_high = answers(high, future);
        changed[static_cast<std::size_t>(parameter)] |=
            (of_low.asked ^ of_high.asked) | ((of_low.yes ^ of_high.yes) & of_low.asked & of_high.asked);
      }
    }
    for (Eigen::Index parameter = 0; parameter < free.size(); ++parameter)
      matters(static_cast<Eigen::Index>(index), parameter) =
          static_cast<double>(changed[static_cast<std::size_t>(parameter)].to_ulong());
  });
  return matters;
}

Answers unpack(double packed) {
  const auto bits = static_cast<std::uint64_t>(packed);
  return {QuestionSet(bits & 0xffffU), QuestionSet(bits >> 16U)};
}

bool is_question_set(double number) {
  return number >= 0.0 && number < static_cast<double>(1U << question_count) && number == std::floor(number);
}

bool is_packed(double number) {
  if (!(number >= 0.0) || number >= 0x1p32 || number != std::floor(number)) return false;
  const auto bits = static_cast<std::uint64_t>(number);
  const std::uint64_t asked = bits & 0xffffU, yes = bits >> 16U;
  return asked < (1U << question_count) && (yes & ~asked) == 0;
}

}  // namespace interregnum
