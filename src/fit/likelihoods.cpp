#include "fit/likelihoods.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "base/math.hpp"
#include "fit/logistic.hpp"

namespace interregnum {

namespace {

const std::vector<std::string>& onset_keys() {
  static const std::vector<std::string> keys{
      "theta.onset.junior",         "theta.onset.middle",          "theta.onset.senior", "theta.onset.recent",
      "theta.onset.recent_success", "theta.onset.recent_years",    "theta.onset.income", "theta.onset.democracy",
      "theta.onset.extremes",       "theta.onset.military_regime", "theta.onset.tenure"};
  return keys;
}

const std::vector<std::string>& seizure_keys() {
  static const std::vector<std::string> keys{
      "theta.seizure.baseline",      "theta.seizure.chain_of_command", "theta.seizure.mutineer_share",
      "theta.seizure.vigilance",     "theta.seizure.wealth",           "theta.seizure.palace",
      "theta.seizure.dissidents",    "theta.seizure.rebels",           "theta.seizure.momentum",
      "theta.seizure.site",          "theta.seizure.leader",           "theta.seizure.street",
      "theta.seizure.deaths_median", "theta.seizure.deaths_spread",    "theta.seizure.counter_rate"};
  return keys;
}

template <class Wanted>
FreeParameters parameters_that(const Wanted& wanted) {
  std::vector<const ParameterEntry*> entries;
  for (const ParameterEntry& entry : parameter_list()) {
    if (wanted(entry)) entries.push_back(&entry);
  }
  return FreeParameters(std::move(entries));
}

bool is_in(const std::vector<std::string>& keys, const ParameterEntry& entry) {
  return std::find(keys.begin(), keys.end(), entry.key) != keys.end();
}

bool is_of_the_time_after(const ParameterEntry& entry) {
  return entry.mechanism != "clock" && entry.mechanism != "seizure" && entry.mechanism != "lessons" &&
         !is_in(onset_keys(), entry);
}

double standard_normal_below(double z) { return boost::math::cdf(boost::math::normal_distribution<double>(), z); }

/// Log likelihood of the answers to one question.
double sum_over(const std::vector<Datum>& data, const Eigen::VectorXd& log_odds) {
  double sum = 0.0;
  for (const Datum& datum : data) {
    const double odds = log_odds(datum.attempt);
    sum += (datum.yes ? odds : 0.0) - log1p_exp(odds);
  }
  return sum;
}

}  // namespace

FreeParameters onset_parameters_free() {
  return parameters_that([](const ParameterEntry& entry) { return is_in(onset_keys(), entry); });
}

FreeParameters seizure_parameters_free() {
  return parameters_that([](const ParameterEntry& entry) { return is_in(seizure_keys(), entry); });
}

FreeParameters after_parameters_free() { return parameters_that(is_of_the_time_after); }

FreeParameters all_parameters_free() {
  return joined_parameters({after_parameters_free(), onset_parameters_free(), seizure_parameters_free()});
}

FreeParameters joined_parameters(const std::vector<FreeParameters>& parts) {
  std::vector<const ParameterEntry*> entries;
  for (const FreeParameters& part : parts) {
    for (Eigen::Index position = 0; position < part.size(); ++position) entries.push_back(&part.entry(position));
  }
  return FreeParameters(std::move(entries));
}

// Uniform between none and one in ten: sources disagree on 36 of 459 outcomes.
double misclassified_at(double z) { return 0.1 * standard_normal_below(std::clamp(z, -8.0, 8.0)); }

// Lognormal around 0.5: a standard deviation of 0.7 in the logarithm of the hazard, give or take a factor of two.
double country_variance_at(double z) { return 0.5 * std::exp(0.7 * z); }

Data data_of(const std::vector<Answers>& answers, const std::vector<bool>& used) {
  Data data;
  for (std::size_t attempt = 0; attempt < answers.size(); ++attempt) {
    for (std::size_t question = 0; used[attempt] && question < question_count; ++question) {
      if (answers[attempt].asked.test(question))
        data[question].push_back({static_cast<Eigen::Index>(attempt), answers[attempt].yes.test(question)});
    }
  }
  return data;
}

Shift LevelShift::by(const Eigen::VectorXd& levels) const {
  Shift shift{parameter, Eigen::VectorXd(static_cast<Eigen::Index>(years.size()))};
  for (std::size_t attempt = 0; attempt < years.size(); ++attempt) {
    const Eigen::Index year = std::clamp<Eigen::Index>(years[attempt] - first_year_of_walks, 0, levels.size() - 1);
    shift.amounts(static_cast<Eigen::Index>(attempt)) = levels(year) / spread;
  }
  return shift;
}

LevelShift seizure_shift(const FreeParameters& free, const std::vector<int>& years) {
  const Eigen::Index position = free.find("theta.seizure.baseline");
  return {position, free.entry(position).prior.second, years};
}

std::vector<LevelShift> onset_shifts(const FreeParameters& free, const std::vector<int>& years) {
  std::vector<LevelShift> shifts;
  for (const char* key : {"theta.onset.junior", "theta.onset.middle", "theta.onset.senior"}) {
    const Eigen::Index position = free.find(key);
    shifts.push_back({position, free.entry(position).prior.second, years});
  }
  return shifts;
}

SeizureLikelihood::SeizureLikelihood(const Surrogates& surrogates, Eigen::Index parameters, LevelShift shift,
                                     const YearWalk& walk, const Data& data)
    : surrogates_(surrogates),
      parameters_(parameters),
      shift_(std::move(shift)),
      walk_(walk),
      lost_again_(data[static_cast<std::size_t>(Question::lost_again_if_failed)]) {
  for (const Datum& datum : data[static_cast<std::size_t>(Question::succeeded)])
    cases_.push_back({datum.attempt, datum.yes});
  const auto of = [this](Eigen::Index attempt) {
    return std::find_if(cases_.begin(), cases_.end(), [&](const Case& known) { return known.attempt == attempt; });
  };
  const auto learn_deaths = [&](Question question, Deaths yes, Deaths no) {
    for (const Datum& datum : data[static_cast<std::size_t>(question)]) {
      if (const auto found = of(datum.attempt); found != cases_.end()) found->deaths = datum.yes ? yes : no;
    }
  };
  learn_deaths(Question::without_deaths_if_succeeded, Deaths::nobody, Deaths::some);
  learn_deaths(Question::without_deaths_if_failed, Deaths::nobody, Deaths::some);
  learn_deaths(Question::many_deaths_if_succeeded, Deaths::many, Deaths::some);
  learn_deaths(Question::many_deaths_if_failed, Deaths::many, Deaths::some);
}

double SeizureLikelihood::operator()(const Eigen::VectorXd& z) const {
  const double wrong = misclassified_at(z(parameters_));
  const Eigen::VectorXd parameters = z.head(parameters_);
  const std::vector<Shift> shifts{shift_.by(walk_.levels(z.segment(parameters_ + 1, walk_.dimensions())))};
  const Eigen::VectorXd missed = surrogates_.missed * z.tail(surrogates_.missed.cols());
  const auto log_odds = [&](Question question) {
    return surrogates_.log_odds(static_cast<std::size_t>(question), parameters, shifts, missed);
  };
  const auto chances = [&](Question question) -> Eigen::VectorXd { return log_odds(question).unaryExpr(&logistic); };
  const Eigen::VectorXd success = chances(Question::succeeded);
  const Eigen::VectorXd nobody_if_succeeded = chances(Question::without_deaths_if_succeeded);
  const Eigen::VectorXd nobody_if_failed = chances(Question::without_deaths_if_failed);
  const Eigen::VectorXd many_if_succeeded = chances(Question::many_deaths_if_succeeded);
  const Eigen::VectorXd many_if_failed = chances(Question::many_deaths_if_failed);
  const auto chance_of_deaths = [](Deaths deaths, double nobody, double many) {
    if (deaths == Deaths::unknown) return 1.0;
    if (deaths == Deaths::nobody) return nobody;
    return (1.0 - nobody) * (deaths == Deaths::many ? many : 1.0 - many);
  };
  double sum = sum_over(lost_again_, log_odds(Question::lost_again_if_failed));
  for (const Case& known : cases_) {
    double succeeded = success(known.attempt) * (known.coded_success ? 1.0 - wrong : wrong);
    double failed = (1.0 - success(known.attempt)) * (known.coded_success ? wrong : 1.0 - wrong);
    succeeded *= chance_of_deaths(known.deaths, nobody_if_succeeded(known.attempt), many_if_succeeded(known.attempt));
    failed *= chance_of_deaths(known.deaths, nobody_if_failed(known.attempt), many_if_failed(known.attempt));
    sum += std::log(succeeded + failed);
  }
  return sum;
}

double AfterLikelihood::operator()(const Eigen::VectorXd& z) const {
  Eigen::VectorXd all = Eigen::VectorXd::Zero(parameters_ + others_.size());
  for (std::size_t position = 0; position < visible_.size(); ++position)
    all(visible_[position]) = z(static_cast<Eigen::Index>(position));
  all.tail(others_.size()) = others_;
  const Eigen::VectorXd missed = surrogates_.missed * z.tail(surrogates_.missed.cols());
  double sum = 0.0;
  for (std::size_t number = 0; number < surrogates_.each.size(); ++number)
    sum += sum_over(data_[surrogates_.each[number].question()], surrogates_.log_odds(number, all, shifts_, missed));
  return sum;
}

std::vector<Eigen::Index> visible_parameters(const std::vector<Surrogate>& surrogates, Eigen::Index parameters) {
  std::vector<Eigen::Index> visible;
  for (Eigen::Index parameter = 0; parameter < parameters; ++parameter) {
    if (std::any_of(surrogates.begin(), surrogates.end(),
                    [&](const Surrogate& surrogate) { return surrogate.depends_on(parameter); }))
      visible.push_back(parameter);
  }
  return visible;
}

LogLikelihood onset_log_likelihood(const OnsetLikelihood& likelihood, const FreeParameters& free,
                                   const YearWalk& walk) {
  return [&likelihood, &free, walk, base = default_theta()](const Eigen::VectorXd& z) {
    Theta theta = base;
    free.set(theta, z.head(free.size()));
    const Eigen::VectorXd of_walk = z.segment(free.size() + 1, walk.dimensions());
    theta.onset.level = year_levels(walk.levels(of_walk));
    return likelihood.log_likelihood(theta.onset, country_variance_at(z(free.size())));
  };
}

}  // namespace interregnum
