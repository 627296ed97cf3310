#include "scoring/simple_forecasts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "fit/logistic.hpp"
#include "record/success_shares.hpp"
#include "scoring/scores.hpp"
#include "scoring/walked_logistic.hpp"

namespace interregnum {

namespace {

/// The covariates that a regression uses of an attempt; each set holds the one before.
enum class Knowledge { nothing, rank, conditions, initiators };

// Hardly a penalty: only so that a column that is empty in training has a coefficient.
constexpr double penalty = 0.01;

double is(const Known& flag) { return flag && *flag > 0 ? 1.0 : 0.0; }

/// A constant; rank; wealth, attempts in the five years before, civil war; who began it. Blanks of the Cline project
/// count as no, as in the published figures: that an attempt has no entry there says that it failed.
Eigen::RowVectorXd covariates(const Attempt& attempt, bool elite, Knowledge knowledge) {
  Eigen::RowVectorXd row = Eigen::RowVectorXd::Zero(10);
  row << 1.0, elite ? 1.0 : 0.0, attempt.log_gdp_per_head.value_or(1.0), attempt.attempts_last_5_years.value_or(0.0),
      is(attempt.civil_war), is(attempt.cdp_military), is(attempt.cdp_palace), is(attempt.cdp_dissident),
      is(attempt.cdp_rebel), is(attempt.cdp_foreign);
  constexpr std::array<Eigen::Index, 4> columns{1, 2, 5, 10};
  return row.head(columns[static_cast<std::size_t>(knowledge)]);
}

/// Attempts as rows of a regression, two of each: with leaders below the elite, and of it. Where the rank is unknown
/// either counts with its chance given the outcome (EM; Dempster, Laird & Rubin 1977).
class RowsByRank {
 public:
  RowsByRank(const std::vector<Attempt>& attempts, const std::vector<bool>& train, const SuccessShares& shares,
             Knowledge knowledge, bool since_1990)
      : count_(2 * static_cast<Eigen::Index>(attempts.size())),
        prior_(count_),
        happened_(Eigen::ArrayXd::Zero(count_)),
        used_(Eigen::ArrayXd::Zero(count_)) {
    const Eigen::Index columns = covariates(attempts.front(), false, knowledge).size() + (since_1990 ? 1 : 0);
    design_.resize(count_, columns);
    for (Eigen::Index row = 0; row < count_; ++row) {
      const auto index = static_cast<std::size_t>(row / 2);
      const bool elite = row % 2 == 1;
      const Eigen::RowVectorXd own = covariates(attempts[index], elite, knowledge);
      design_.row(row).head(own.size()) = own;
      if (since_1990) design_(row, columns - 1) = year_of(attempts[index].date) >= 1990 ? 1.0 : 0.0;
      const double chance = shares.chance_of_elite(attempts[index]);
      prior_(row) = elite ? chance : 1.0 - chance;
      if (!train[index]) continue;
      used_(row) = 1.0;
      happened_(row) = attempts[index].succeeded ? 1.0 : 0.0;
    }
  }

  const Eigen::MatrixXd& design() const { return design_; }

  /// Calls `fit` with successes and trials of each row until what it returns, the chance of each row, gives the weights
  /// of the ranks that it was fitted with.
  template <class Fit>
  void learn(const Fit& fit) {
    constexpr int most_rounds = 200;
    constexpr double nearly = 1e-6;
    Eigen::ArrayXd weight = prior_;
    for (int round = 0; round < most_rounds; ++round) {
      const Eigen::VectorXd trials = (used_ * weight).matrix(), yes = (trials.array() * happened_).matrix();
      const Eigen::ArrayXd chances = fit(yes, trials);
      const Eigen::ArrayXd before = weight;
      for (Eigen::Index row = 0; row < count_; row += 2) {
        if (!(used_(row) > 0)) continue;
        const auto likelihood = [&](Eigen::Index of) {
          return prior_(of) * (happened_(of) > 0 ? chances(of) : 1.0 - chances(of));
        };
        const double either = likelihood(row) + likelihood(row + 1);
        if (!(either > 0)) continue;
        weight(row) = likelihood(row) / either;
        weight(row + 1) = 1.0 - weight(row);
      }
      if ((weight - before).abs().maxCoeff() < nearly) break;
    }
  }

  /// The mean over ranks of a chance of each row.
  double over_ranks(std::size_t attempt, double not_elite, double elite) const {
    const auto row = 2 * static_cast<Eigen::Index>(attempt);
    return prior_(row) * not_elite + prior_(row + 1) * elite;
  }

 private:
  Eigen::Index count_;
  Eigen::MatrixXd design_;
  Eigen::ArrayXd prior_, happened_, used_;
};

Forecasts regression(const std::string& name, const std::vector<Attempt>& attempts, const std::vector<bool>& train,
                     const SuccessShares& shares, Knowledge knowledge) {
  Forecasts forecasts{name, std::vector<double>(attempts.size(), no_number)};
  if (!shares.is_known()) return forecasts;
  RowsByRank rows(attempts, train, shares, knowledge, true);
  const Eigen::MatrixXd& design = rows.design();
  const Eigen::VectorXd nothing = Eigen::VectorXd::Zero(design.cols());
  Eigen::ArrayXd chances;
  rows.learn([&](const Eigen::VectorXd& yes, const Eigen::VectorXd& trials) {
    const Eigen::VectorXd odds =
        design *
        fit_logistic({design, yes, trials}, nothing, Eigen::VectorXd::Constant(design.cols(), penalty)).coefficients;
    chances = 1.0 / (1.0 + (-odds.array()).exp());
    return chances;
  });
  for (std::size_t attempt = 0; attempt < attempts.size(); ++attempt) {
    const auto row = 2 * static_cast<Eigen::Index>(attempt);
    forecasts.p[attempt] = rows.over_ranks(attempt, chances(row), chances(row + 1));
  }
  return forecasts;
}

Forecasts walked_regression(const std::string& name, const std::vector<Attempt>& attempts,
                            const std::vector<bool>& train, const SuccessShares& shares, Knowledge knowledge) {
  Forecasts forecasts{name, std::vector<double>(attempts.size(), no_number)};
  if (!shares.is_known()) return forecasts;
  RowsByRank rows(attempts, train, shares, knowledge, false);
  const Eigen::MatrixXd& design = rows.design();
  int first = year_of(attempts.front().date);
  int last = 0;
  for (std::size_t attempt = 0; attempt < attempts.size(); ++attempt) {
    first = std::min(first, year_of(attempts[attempt].date));
    if (train[attempt]) last = std::max(last, year_of(attempts[attempt].date));
  }
  std::vector<int> years;
  for (const Attempt& attempt : attempts) years.insert(years.end(), 2, year_of(attempt.date) - first);
  std::optional<WalkedLogistic> fitted;
  rows.learn([&](const Eigen::VectorXd& yes, const Eigen::VectorXd& trials) {
    fitted.emplace(design, yes, trials, years, penalty);
    Eigen::ArrayXd chances = Eigen::ArrayXd::Zero(design.rows());
    for (Eigen::Index row = 0; row < design.rows(); ++row) {
      if (train[static_cast<std::size_t>(row / 2)])
        chances(row) = fitted->chance_in(design.row(row), years[static_cast<std::size_t>(row)]);
    }
    return chances;
  });
  for (std::size_t attempt = 0; attempt < attempts.size(); ++attempt) {
    const int later = year_of(attempts[attempt].date) - last;
    if (later <= 0) continue;
    const auto row = 2 * static_cast<Eigen::Index>(attempt);
    forecasts.p[attempt] =
        rows.over_ranks(attempt, fitted->chance(design.row(row), later), fitted->chance(design.row(row + 1), later));
  }
  return forecasts;
}

}  // namespace

std::vector<Forecasts> simple_forecasts(const std::vector<Attempt>& attempts, const std::vector<bool>& train) {
  const SuccessShares shares(attempts, train);
  std::vector<Forecasts> list{{"base_rate", std::vector<double>(attempts.size(), shares.base_rate())}, {"rank", {}}};
  for (const Attempt& attempt : attempts) list[1].p.push_back(shares.by_rank(attempt));
  list.push_back(regression("logistic", attempts, train, shares, Knowledge::conditions));
  list.push_back(regression("logistic_initiators", attempts, train, shares, Knowledge::initiators));
  return list;
}

std::vector<Forecasts> walked_forecasts(const std::vector<Attempt>& attempts, const std::vector<bool>& train) {
  const SuccessShares shares(attempts, train);
  return {walked_regression("base_rate_walk", attempts, train, shares, Knowledge::nothing),
          walked_regression("rank_walk", attempts, train, shares, Knowledge::rank),
          walked_regression("logistic_walk", attempts, train, shares, Knowledge::conditions),
          walked_regression("logistic_initiators_walk", attempts, train, shares, Knowledge::initiators)};
}

}  // namespace interregnum
