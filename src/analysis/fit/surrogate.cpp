#include "analysis/fit/surrogate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/fit/logistic.hpp"
#include "engine/paired.hpp"

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

Eigen::MatrixXd design_of(const Bank& bank, Basis basis) {
  Eigen::MatrixXd design(bank.z.rows(), basis_at(basis, bank.z.row(0)).size());
  for (Eigen::Index draw = 0; draw < bank.z.rows(); ++draw)
    design.row(draw) = basis_at(basis, bank.z.row(draw)).transpose();
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

double chance_of(double log_odds) { return 1.0 / (1.0 + std::exp(-log_odds)); }

/// How far the answers of a draw, summed over attempts, lie from what was expected of them.
struct Residuals {
  Eigen::ArrayXd difference, variance;  ///< by draw; the variance is that of independent answers

  explicit Residuals(Eigen::Index draws)
      : difference(Eigen::ArrayXd::Zero(draws)), variance(Eigen::ArrayXd::Zero(draws)) {}
  void add(const Counts& counts, const Eigen::VectorXd& log_odds) {
    const Eigen::ArrayXd chance = log_odds.unaryExpr(&chance_of);
    difference += counts.yes.array() - counts.asked.array() * chance;
    variance += counts.asked.array() * chance * (1.0 - chance);
  }
  /// By how much the variance exceeds that of independent answers (McCullagh & Nelder 1989, 4.5).
  double dispersion(Eigen::Index terms) const {
    double sum = 0.0;
    double used = 0.0;
    for (Eigen::Index draw = 0; draw < difference.size(); ++draw) {
      if (!(variance(draw) > 0)) continue;
      sum += difference(draw) * difference(draw) / variance(draw);
      used += 1.0;
    }
    return std::max(1.0, sum / std::max(1.0, used - static_cast<double>(terms)));
  }
  /// Standard deviation of a shift of the log odds that the answers of a draw share (moments; Williams 1982).
  double shared_shift() const {
    const double excess = (difference.square() - variance).sum();
    return std::sqrt(std::max(0.0, excess / std::max(1.0, variance.square().sum())));
  }
};

/// Terms of each attempt that may differ from zero: those all of whose parameters matter there.
Eigen::MatrixXd terms_that_matter(const Bank& bank, Basis basis, Eigen::Index terms) {
  const auto attempts = static_cast<Eigen::Index>(bank.answers.size());
  if (bank.matters.size() == 0) return Eigen::MatrixXd::Ones(attempts, terms);
  const Eigen::Index count = bank.z.cols();
  Eigen::MatrixXd matter(attempts, terms);
  for (Eigen::Index attempt = 0; attempt < attempts; ++attempt) {
    const Eigen::VectorXd own = bank.matters.row(attempt);
    matter(attempt, 0) = 1.0;
    matter.row(attempt).segment(1, count) = own.transpose();
    matter.row(attempt).segment(1 + count, count) = own.transpose();
    Eigen::Index next = 1 + 2 * count;
    for (Eigen::Index left = 0; basis == Basis::full_quadratic && left < count; ++left) {
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
      well_known += 1.0 - std::min(1.0, std::pow(errors(attempt, term), 2) * precision(term));
    }
    const double spread = std::sqrt(squares / std::max(1e-9, well_known));
    precision(term) = precision_of(std::clamp(spread, least_spread_of_own_terms, spread_of_own_terms));
  }
}

}  // namespace

Eigen::VectorXd basis_at(Basis basis, const Eigen::VectorXd& z) {
  const Eigen::Index count = z.size();
  const bool products = basis == Basis::full_quadratic;
  Eigen::VectorXd terms(1 + 2 * count + (products ? count * (count - 1) / 2 : 0));
  terms(0) = 1.0;
  terms.segment(1, count) = z;
  terms.segment(1 + count, count) = (z.array().square() - 1.0) / std::sqrt(2.0);
  Eigen::Index next = 1 + 2 * count;
  for (Eigen::Index left = 0; products && left < count; ++left) {
    for (Eigen::Index right = left + 1; right < count; ++right) terms(next++) = z(left) * z(right);
  }
  return terms;
}

Surrogate::Surrogate(const Bank& bank, std::size_t question, Basis basis, bool own_terms, int threads)
    : question_(question) {
  const Eigen::MatrixXd design = design_of(bank, basis);
  const auto attempts = static_cast<Eigen::Index>(bank.answers.size());
  Counts all(design.rows());
  for (const std::vector<Answers>& answers : bank.answers) all.add(answers, question);
  Eigen::VectorXd precision = Eigen::VectorXd::Constant(design.cols(), precision_of(spread_of_terms));
  precision(0) = 1e-6;
  const Eigen::VectorXd zero = Eigen::VectorXd::Zero(design.cols());
  const LogisticFit first = fit_logistic({design, all.yes, all.asked}, zero, precision);
  // Terms that cannot be told from the chance of a bank of this size are left out: a hundred of them together would
  // look like something. Answers under the same parameters are not independent: they share what the polynomial misses.
  Residuals of_first(design.rows());
  of_first.add(all, design * first.coefficients);
  const double multiple = least_multiple * std::sqrt(of_first.dispersion(design.cols()));
  for (Eigen::Index term = 1; term < design.cols(); ++term) {
    if (std::abs(first.coefficients(term)) < multiple * first.standard_errors(term))
      precision(term) = precision_of(spread_of_left_out);
  }
  Eigen::VectorXd common = fit_logistic({design, all.yes, all.asked}, zero, precision).coefficients;
  for (Eigen::Index term = 1; term < design.cols(); ++term) {
    if (precision(term) == precision_of(spread_of_left_out)) common(term) = 0.0;
  }
  constants_ = Eigen::VectorXd::Constant(attempts, std::numeric_limits<double>::quiet_NaN());
  coefficients_ = own_terms ? Eigen::MatrixXd::Zero(attempts, design.cols()) : Eigen::MatrixXd(common.transpose());
  const Eigen::VectorXd offset = design * common;
  const Eigen::MatrixXd ones = Eigen::MatrixXd::Ones(design.rows(), 1);
  precision.setConstant(precision_of(spread_of_own_terms));
  precision(0) = precision_of(spread_of_constants);
  Eigen::MatrixXd errors = Eigen::MatrixXd::Zero(coefficients_.rows(), coefficients_.cols());
  Eigen::MatrixXd matter = terms_that_matter(bank, basis, design.cols());
  Eigen::VectorXd centre = common;
  // How far own terms lie from those of all is learnt from all attempts, term by term (the evidence's fixed point;
  // MacKay 1992): forty terms of each attempt that follow chance alone would blur what it says.
  for (int round = 0; round < (own_terms ? rounds_of_own_terms : 1); ++round) {
    if (round > 0) learn_spreads(coefficients_, errors, matter, centre, precision);
    run_parallel(bank.answers.size(), threads, [&](std::size_t index) {
      const auto attempt = static_cast<Eigen::Index>(index);
      Counts own(design.rows());
      own.add(bank.answers[index], question);
      if (!(own.asked.sum() > 0)) {
        matter.row(attempt).setZero();
        return;
      }
      if (own_terms) {
        // What changes nothing about an attempt has no term there: noise in its stead would add up over attempts.
        const Eigen::VectorXd own_matter = matter.row(attempt).transpose();
        const Eigen::VectorXd own_precision =
            (own_matter.array() > 0).select(precision.array(), precision_of(spread_of_left_out));
        const LogisticFit fit =
            fit_logistic({design, own.yes, own.asked}, centre.cwiseProduct(own_matter), own_precision);
        constants_(attempt) = 0.0;
        coefficients_.row(attempt) = fit.coefficients.transpose();
        errors.row(attempt) = fit.standard_errors.transpose();
      } else {
        constants_(attempt) = fit_logistic({ones, own.yes, own.asked, &offset}, Eigen::VectorXd::Zero(1),
                                           Eigen::VectorXd::Constant(1, precision_of(spread_of_constants)))
                                  .coefficients(0);
      }
    });
  }
  Residuals residuals(design.rows());
  for (std::size_t index = 0; index < bank.answers.size(); ++index) {
    const auto attempt = static_cast<Eigen::Index>(index);
    if (std::isnan(constants_(attempt))) continue;
    Counts own(design.rows());
    own.add(bank.answers[index], question);
    const Eigen::VectorXd terms = own_terms ? coefficients_.row(attempt) : coefficients_.row(0);
    residuals.add(own, (design * terms).array() + constants_(attempt));
  }
  error_ = residuals.shared_shift();
}

Eigen::VectorXd Surrogate::log_odds(const Eigen::VectorXd& basis) const {
  if (coefficients_.rows() == 1) return constants_.array() + coefficients_.row(0).dot(basis);
  return constants_ + coefficients_ * basis;
}

bool Surrogate::depends_on(Eigen::Index parameter, Eigen::Index parameters) const {
  // Terms that are linear in it or its square; products only stand beside them.
  return coefficients_.col(1 + parameter).any() || coefficients_.col(1 + parameters + parameter).any();
}

std::vector<Surrogate> learn(const Bank& bank, std::size_t first, std::size_t last, Basis basis, bool own_terms,
                             int threads) {
  std::vector<Surrogate> surrogates;
  for (std::size_t question = first; question < last; ++question)
    surrogates.emplace_back(bank, question, basis, own_terms, threads);
  return surrogates;
}

}  // namespace interregnum
