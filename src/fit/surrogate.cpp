#include "fit/surrogate.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <utility>

#include "base/extremes.hpp"
#include "base/math.hpp"
#include "engine/parallel.hpp"
#include "fit/logistic.hpp"

namespace interregnum {

namespace {

// Standard deviations, in log odds, of what a term may be before the bank is looked at, of how far an attempt's own
// terms may lie from those of all, and of its constant.
constexpr double spread_of_terms = 2.0, spread_of_own_terms = 0.5, spread_of_constants = 2.0;

constexpr double least_spread_of_own_terms = 0.01;
constexpr int rounds_of_own_terms = 4;
constexpr double least_multiple = 3.0;  // of its standard error, for a term to be kept
constexpr double spread_of_left_out = 1e-5;

constexpr double precision_of(double spread) { return 1.0 / (spread * spread); }

Eigen::VectorXd squares_at(const Eigen::VectorXd& z) {
  Eigen::VectorXd terms(1 + 2 * z.size());
  terms << 1.0, z, (z.array() * z.array() - 1.0) / std::sqrt(2.0);
  return terms;
}

template <class Terms>
Eigen::MatrixXd design_of(const Eigen::MatrixXd& z, const Terms& terms) {
  if (z.cols() == 0) return Eigen::MatrixXd::Ones(z.rows(), 1);  // only the constant; there is no row to look at
  Eigen::MatrixXd design(z.rows(), terms(z.row(0)).size());
  for (Eigen::Index draw = 0; draw < z.rows(); ++draw) design.row(draw) = terms(z.row(draw)).transpose();
  return design;
}

struct Counts {
  Eigen::VectorXd yes, asked;
  explicit Counts(Eigen::Index draws) : yes(Eigen::VectorXd::Zero(draws)), asked(Eigen::VectorXd::Zero(draws)) {}
  void add(const std::vector<Answers>& answers, std::size_t question) {
    for (std::size_t draw = 0; draw < answers.size(); ++draw) {
      if (!answers[draw].asked.test(question)) continue;
      asked(static_cast<Eigen::Index>(draw)) += 1.0;
      if (answers[draw].yes.test(question)) yes(static_cast<Eigen::Index>(draw)) += 1.0;
    }
  }
};

Residuals no_residuals(Eigen::Index draws) { return {Eigen::ArrayXd::Zero(draws), Eigen::ArrayXd::Zero(draws)}; }

void add_residuals(Residuals& residuals, const Counts& counts, const Eigen::VectorXd& log_odds) {
  const Eigen::ArrayXd chance = log_odds.unaryExpr(&logistic);
  residuals.difference += counts.yes.array() - counts.asked.array() * chance;
  residuals.variance += counts.asked.array() * chance * (1.0 - chance);
}

/// By how much the variance exceeds that of independent answers (McCullagh & Nelder 1989, 4.5).
double dispersion_of(const Residuals& residuals, Eigen::Index terms) {
  double sum = 0.0;
  double used = 0.0;
  for (Eigen::Index draw = 0; draw < residuals.difference.size(); ++draw) {
    if (!(residuals.variance(draw) > 0)) continue;
    sum += residuals.difference(draw) * residuals.difference(draw) / residuals.variance(draw);
    used += 1.0;
  }
  return larger(1.0, sum / std::max(1.0, used - static_cast<double>(terms)));
}

/// Square root of the covariance, over draws, of shifts of the log odds that the answers of a draw share (moments;
/// Williams 1982). Answers to different questions about a future are independent but for them: each is asked only of
/// those to whom nothing had happened before.
Eigen::MatrixXd root_of_shifts(const std::vector<Surrogate>& surrogates) {
  const auto count = static_cast<Eigen::Index>(surrogates.size());
  Eigen::MatrixXd covariance(count, count);
  for (Eigen::Index left = 0; left < count; ++left) {
    for (Eigen::Index right = 0; right < count; ++right) {
      const Residuals& one = surrogates[static_cast<std::size_t>(left)].residuals();
      const Residuals& other = surrogates[static_cast<std::size_t>(right)].residuals();
      const double chance = left == right ? one.variance.sum() : 0.0;
      covariance(left, right) =
          ((one.difference * other.difference).sum() - chance) / std::max(1.0, (one.variance * other.variance).sum());
    }
  }
  // Moments may leave it a little short of a covariance.
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(covariance);
  return solver.eigenvectors() * solver.eigenvalues().cwiseMax(0.0).cwiseSqrt().asDiagonal() *
         solver.eigenvectors().transpose();
}

/// The quadratic's terms of each attempt that may differ from zero: those all of whose parameters matter to its answer.
Eigen::MatrixXd terms_that_matter(const Bank& bank, std::size_t question, Eigen::Index terms) {
  const auto attempts = static_cast<Eigen::Index>(bank.answers.size());
  if (bank.matters.size() == 0) return Eigen::MatrixXd::Ones(attempts, terms);
  const Eigen::Index count = bank.z.cols();
  Eigen::MatrixXd matter(attempts, terms);
  for (Eigen::Index attempt = 0; attempt < attempts; ++attempt) {
    Eigen::VectorXd own(count);
    for (Eigen::Index parameter = 0; parameter < count; ++parameter) {
      const QuestionSet changed(static_cast<std::uint64_t>(bank.matters(attempt, parameter)));
      own(parameter) = changed.test(question) ? 1.0 : 0.0;
    }
    matter(attempt, 0) = 1.0;
    matter.row(attempt).segment(1, count) = own.transpose();
    matter.row(attempt).segment(1 + count, count) = own.transpose();
    Eigen::Index next = 1 + 2 * count;
    for (Eigen::Index left = 0; left < count; ++left) {
      for (Eigen::Index right = left + 1; right < count; ++right) matter(attempt, next++) = own(left) * own(right);
    }
  }
  return matter;
}

/// Brings the centre and the precision of own terms (all but the constant) up to date, from the attempts in which they
/// matter.
void learn_spreads(const Eigen::MatrixXd& coefficients, const Eigen::MatrixXd& errors, const Eigen::MatrixXd& matter,
                   Eigen::VectorXd& centre, Eigen::VectorXd& precision) {
  for (Eigen::Index term = 1; term < centre.size(); ++term) {
    const double number = matter.col(term).sum();
    if (!(number > 0)) continue;
    centre(term) = coefficients.col(term).dot(matter.col(term)) / number;
    double squares = 0.0;
    double well_known = 0.0;  // how many of the attempts' terms their own answers decide
    for (Eigen::Index attempt = 0; attempt < matter.rows(); ++attempt) {
      if (!(matter(attempt, term) > 0)) continue;
      squares += std::pow(coefficients(attempt, term) - centre(term), 2);
      well_known += 1.0 - smaller(1.0, std::pow(errors(attempt, term), 2) * precision(term));
    }
    const double spread = std::sqrt(squares / larger(1e-9, well_known));
    precision(term) = precision_of(std::clamp(spread, least_spread_of_own_terms, spread_of_own_terms));
  }
}

/// Terms that all attempts share. Those that cannot be told from the chance of a bank of this size are zero: a hundred
/// of them together would look like something.
Eigen::VectorXd common_terms(const Eigen::MatrixXd& design, const Counts& all) {
  Eigen::VectorXd precision = Eigen::VectorXd::Constant(design.cols(), precision_of(spread_of_terms));
  precision(0) = 1e-6;
  const Eigen::VectorXd zero = Eigen::VectorXd::Zero(design.cols());
  const LogisticFit first = fit_logistic({design, all.yes, all.asked}, zero, precision);
  // Answers under the same parameters are not independent: they share what the polynomial misses.
  Residuals residuals = no_residuals(design.rows());
  add_residuals(residuals, all, design * first.coefficients);
  const double multiple = least_multiple * std::sqrt(dispersion_of(residuals, design.cols()));
  for (Eigen::Index term = 1; term < design.cols(); ++term) {
    if (std::abs(first.coefficients(term)) < multiple * first.standard_errors(term))
      precision(term) = precision_of(spread_of_left_out);
  }
  Eigen::VectorXd common = fit_logistic({design, all.yes, all.asked}, zero, precision).coefficients;
  for (Eigen::Index term = 1; term < design.cols(); ++term) {
    if (precision(term) == precision_of(spread_of_left_out)) common(term) = 0.0;
  }
  return common;
}

/// Parameters that move the answers of all attempts by themselves.
std::vector<Eigen::Index> parameters_seen(const Bank& bank, const Counts& all) {
  const Eigen::Index count = bank.z.cols();
  const Eigen::VectorXd terms = common_terms(design_of(bank.z, squares_at), all);
  std::vector<Eigen::Index> seen;
  for (Eigen::Index parameter = 0; parameter < count; ++parameter) {
    if (terms(1 + parameter) != 0.0 || terms(1 + count + parameter) != 0.0) seen.push_back(parameter);
  }
  return seen;
}

Eigen::Index place_of(const std::vector<Eigen::Index>& parameters, Eigen::Index parameter) {
  const auto found = std::find(parameters.begin(), parameters.end(), parameter);
  return found == parameters.end() ? -1 : found - parameters.begin();
}

/// Where the product of two parameters stands among the terms of a quadratic in so many.
Eigen::Index place_of_product(Eigen::Index count, Eigen::Index left, Eigen::Index right) {
  if (left > right) std::swap(left, right);
  return 1 + 2 * count + left * count - left * (left + 1) / 2 + (right - left - 1);
}

/// A term of a quadratic, and how fast it changes.
struct Change {
  Eigen::Index term;
  double by;
};

/// Derivatives of the terms of a quadratic by one parameter; all others are zero.
std::vector<Change> slope_at(const Eigen::VectorXd& z, Eigen::Index parameter) {
  const Eigen::Index count = z.size();
  std::vector<Change> slope{{1 + parameter, 1.0}, {1 + count + parameter, std::numbers::sqrt2 * z(parameter)}};
  for (Eigen::Index other = 0; other < count; ++other) {
    if (other != parameter) slope.push_back({place_of_product(count, parameter, other), z(other)});
  }
  return slope;
}

/// The one second derivative by two parameters that is not zero; it is the same everywhere.
Change curvature_at(Eigen::Index count, Eigen::Index left, Eigen::Index right) {
  if (left == right) return {1 + count + left, std::numbers::sqrt2};
  return {place_of_product(count, left, right), 1.0};
}

}  // namespace

Eigen::VectorXd quadratic_at(const Eigen::VectorXd& z) {
  const Eigen::Index count = z.size();
  Eigen::VectorXd terms(1 + 2 * count + count * (count - 1) / 2);
  terms.head(1 + 2 * count) = squares_at(z);
  Eigen::Index next = 1 + 2 * count;
  for (Eigen::Index left = 0; left < count; ++left) {
    for (Eigen::Index right = left + 1; right < count; ++right) terms(next++) = z(left) * z(right);
  }
  return terms;
}

Surrogate::Surrogate(const Bank& bank, std::size_t question, bool own_terms, int threads) : question_(question) {
  Counts all(bank.z.rows());
  for (const std::vector<Answers>& answers : bank.answers) all.add(answers, question);
  if (own_terms) {
    parameters_.resize(static_cast<std::size_t>(bank.z.cols()));
    std::iota(parameters_.begin(), parameters_.end(), 0);
  } else {
    parameters_ = parameters_seen(bank, all);
  }
  const Eigen::MatrixXd design = design_of(bank.z(Eigen::all, parameters_), quadratic_at);
  const Eigen::VectorXd common = common_terms(design, all);
  const auto attempts = static_cast<Eigen::Index>(bank.answers.size());
  constants_ = Eigen::VectorXd::Constant(attempts, std::numeric_limits<double>::quiet_NaN());
  coefficients_ = common.transpose();
  if (own_terms) {
    learn_own_terms(bank, design, threads);
  } else {
    learn_constants(bank, design, threads);
  }
  learn_residuals(bank, design);
}

void Surrogate::learn_constants(const Bank& bank, const Eigen::MatrixXd& design, int threads) {
  const Eigen::VectorXd offset = design * coefficients_.row(0).transpose();
  const Eigen::MatrixXd ones = Eigen::MatrixXd::Ones(design.rows(), 1);
  run_parallel(bank.answers.size(), threads, [&](std::size_t index) {
    Counts own(design.rows());
    own.add(bank.answers[index], question_);
    if (!(own.asked.sum() > 0)) return;
    constants_(static_cast<Eigen::Index>(index)) =
        fit_logistic({ones, own.yes, own.asked, &offset}, Eigen::VectorXd::Zero(1),
                     Eigen::VectorXd::Constant(1, precision_of(spread_of_constants)))
            .coefficients(0);
  });
}

void Surrogate::learn_own_terms(const Bank& bank, const Eigen::MatrixXd& design, int threads) {
  const auto attempts = static_cast<Eigen::Index>(bank.answers.size());
  Eigen::VectorXd centre = coefficients_.row(0);
  Eigen::VectorXd precision = Eigen::VectorXd::Constant(design.cols(), precision_of(spread_of_own_terms));
  precision(0) = precision_of(spread_of_constants);
  coefficients_ = Eigen::MatrixXd::Zero(attempts, design.cols());
  Eigen::MatrixXd errors = Eigen::MatrixXd::Zero(attempts, design.cols());
  Eigen::MatrixXd matter = terms_that_matter(bank, question_, design.cols());
  // How far own terms lie from those of all is learnt from all attempts, term by term (the evidence's fixed point;
  // MacKay 1992): forty terms of each attempt that follow chance alone would blur what it says.
  for (int round = 0; round < rounds_of_own_terms; ++round) {
    if (round > 0) learn_spreads(coefficients_, errors, matter, centre, precision);
    run_parallel(bank.answers.size(), threads, [&](std::size_t index) {
      const auto attempt = static_cast<Eigen::Index>(index);
      Counts own(design.rows());
      own.add(bank.answers[index], question_);
      if (!(own.asked.sum() > 0)) {
        matter.row(attempt).setZero();
        return;
      }
      // A parameter that changes nothing about an attempt has no term there: mere noise would add up over attempts.
      std::vector<Eigen::Index> kept;
      for (Eigen::Index term = 0; term < design.cols(); ++term) {
        if (matter(attempt, term) > 0) kept.push_back(term);
      }
      std::vector<Eigen::Index> rows;
      for (Eigen::Index draw = 0; draw < design.rows(); ++draw) {
        if (own.asked(draw) > 0) rows.push_back(draw);
      }
      const Eigen::MatrixXd own_design = design(rows, kept);
      const Eigen::VectorXd yes = own.yes(rows), asked = own.asked(rows);
      const LogisticFit fit = fit_logistic({own_design, yes, asked}, centre(kept), precision(kept));
      constants_(attempt) = 0.0;
      coefficients_(attempt, kept) = fit.coefficients.transpose();
      errors(attempt, kept) = fit.standard_errors.transpose();
    });
  }
}

void Surrogate::learn_residuals(const Bank& bank, const Eigen::MatrixXd& design) {
  residuals_ = no_residuals(design.rows());
  for (std::size_t index = 0; index < bank.answers.size(); ++index) {
    const auto attempt = static_cast<Eigen::Index>(index);
    if (std::isnan(constants_(attempt))) continue;
    Counts own(design.rows());
    own.add(bank.answers[index], question_);
    const Eigen::VectorXd terms = coefficients_.row(coefficients_.rows() == 1 ? 0 : attempt);
    add_residuals(residuals_, own, (design * terms).array() + constants_(attempt));
  }
}

Eigen::ArrayXd Surrogate::sum_of(const Eigen::VectorXd& terms, Eigen::Index attempts) const {
  if (coefficients_.rows() == 1) return Eigen::ArrayXd::Constant(attempts, coefficients_.row(0).dot(terms));
  return (coefficients_ * terms).array();
}

Eigen::VectorXd Surrogate::log_odds(const Eigen::VectorXd& z, const std::vector<Shift>& shifts) const {
  const Eigen::VectorXd own = z(parameters_);
  const Eigen::Index attempts = constants_.size();
  Eigen::ArrayXd odds = constants_.array() + sum_of(quadratic_at(own), attempts);
  const auto coefficients = [&](Eigen::Index term) -> Eigen::ArrayXd {
    if (coefficients_.rows() == 1) return Eigen::ArrayXd::Constant(attempts, coefficients_(0, term));
    return coefficients_.col(term).array();
  };
  // A quadratic is its own Taylor series, so that shifted places need no terms of their own.
  for (std::size_t first = 0; first < shifts.size(); ++first) {
    const Eigen::Index left = place_of(parameters_, shifts[first].parameter);
    if (left < 0) continue;
    Eigen::ArrayXd slope = Eigen::ArrayXd::Zero(attempts);
    for (const Change& change : slope_at(own, left)) slope += change.by * coefficients(change.term);
    odds += shifts[first].amounts.array() * slope;
    for (std::size_t second = 0; second <= first; ++second) {
      const Eigen::Index right = place_of(parameters_, shifts[second].parameter);
      if (right < 0) continue;
      const Change curvature = curvature_at(own.size(), left, right);
      odds += (first == second ? 0.5 : 1.0) * curvature.by * shifts[first].amounts.array() *
              shifts[second].amounts.array() * coefficients(curvature.term);
    }
  }
  return odds;
}

bool Surrogate::depends_on(Eigen::Index parameter) const {
  return std::find(parameters_.begin(), parameters_.end(), parameter) != parameters_.end();
}

Eigen::VectorXd Surrogates::log_odds(std::size_t number, const Eigen::VectorXd& z, const std::vector<Shift>& shifts,
                                     const Eigen::VectorXd& missed_by) const {
  const auto row = static_cast<Eigen::Index>(number);
  const Eigen::ArrayXd average = each[number].log_odds(z, shifts);
  const Eigen::ArrayXd chance = average.unaryExpr(&logistic);
  return average - 0.5 * missed.row(row).squaredNorm() * (1.0 - 2.0 * chance) + missed_by(row);
}

Surrogates learn(const Bank& bank, std::size_t first, std::size_t last, bool own_terms, int threads) {
  Surrogates surrogates;
  for (std::size_t question = first; question < last; ++question)
    surrogates.each.emplace_back(bank, question, own_terms, threads);
  surrogates.missed = root_of_shifts(surrogates.each);
  return surrogates;
}

}  // namespace interregnum
