#pragma once

#include <array>
#include <vector>

#include "fit/elliptical.hpp"
#include "fit/onset_likelihood.hpp"
#include "fit/surrogate.hpp"

namespace interregnum {

/// Quantities that only the fit knows, beside the parameters of the model.
inline constexpr std::string_view misclassified_name = "misclassified";        ///< share of outcomes coded wrongly
inline constexpr std::string_view country_variance_name = "country_variance";  ///< of the countries' onset effects

/// A quantity of the fit alone, and what it can be.
struct FitQuantity {
  std::string_view name;
  double low, high;
};
inline constexpr std::array<FitQuantity, 2> fit_quantities{
    {{misclassified_name, 0.0, 0.1}, {country_variance_name, 1e-4, 1e3}}};

/// Free parameters of each part of the likelihood. What is not in any of them stays at its default.
FreeParameters onset_parameters_free();
FreeParameters seizure_parameters_free();
/// Everything that matters after the seizure: all parameters of the mechanisms but the seizure, the clock and lessons,
/// less those of the onset part.
FreeParameters after_parameters_free();
/// What a bank of the time after the seizure is played with: the parameters of all three parts, in the order after,
/// onset, seizure.
FreeParameters all_parameters_free();

/// Misclassification and variance between countries from their standard normal scale.
double misclassified_at(double z);
double country_variance_at(double z);

/// A yes or no of one attempt to one question.
struct Datum {
  Eigen::Index attempt;
  bool yes;
};

/// What the record (or a simulated one) answers to each question, of the attempts that count.
using Data = std::array<std::vector<Datum>, question_count>;
Data data_of(const std::vector<Answers>& answers, const std::vector<bool>& used);

// The error of the surrogates is made of nuisances, standard normal like the parameters, one for each question, at the
// end of z.

/// Did it succeed, and did anybody die. z: the seizure's free parameters, the share of outcomes coded wrongly, what the
/// three surrogates miss. An attempt that is coded wrongly cost lives as often as one of its true kind, so that both
/// kinds are summed over.
class SeizureLikelihood {
 public:
  /// `surrogates`: of the seizure's questions, in their order.
  SeizureLikelihood(const Surrogates& surrogates, const Data& data);
  double operator()(const Eigen::VectorXd& z) const;
  Eigen::Index dimensions(const FreeParameters& free) const {
    return free.size() + 1 + static_cast<Eigen::Index>(surrogates_.each.size());
  }

 private:
  enum class Deaths { unknown, nobody, some };
  struct Case {
    Eigen::Index attempt;
    bool coded_success;
    Deaths deaths = Deaths::unknown;
  };

  const Surrogates& surrogates_;
  std::vector<Case> cases_;
};

/// What came after a success. z: those of that part's free parameters on which any answer depends, in their order, then
/// what the surrogates miss; the parameters of the two other parts are held fixed, for the months and attempts that
/// speak of them have been counted there (a cut posterior; Plummer 2015).
class AfterLikelihood {
 public:
  AfterLikelihood(const Surrogates& surrogates, Data data, std::vector<Eigen::Index> visible, Eigen::Index parameters,
                  Eigen::VectorXd others)
      : surrogates_(surrogates),
        data_(std::move(data)),
        visible_(std::move(visible)),
        parameters_(parameters),
        others_(std::move(others)) {}
  double operator()(const Eigen::VectorXd& z) const;
  Eigen::Index dimensions() const { return static_cast<Eigen::Index>(visible_.size() + surrogates_.each.size()); }

 private:
  const Surrogates& surrogates_;
  Data data_;
  std::vector<Eigen::Index> visible_;
  Eigen::Index parameters_;
  Eigen::VectorXd others_;
};

/// Which of the first so many parameters of a bank any answer depends on.
std::vector<Eigen::Index> visible_parameters(const std::vector<Surrogate>& surrogates, Eigen::Index parameters);

/// Which months see an attempt. z: the onset's free parameters, then the variance between countries.
LogLikelihood onset_log_likelihood(const OnsetLikelihood& likelihood, const FreeParameters& free);

}  // namespace interregnum
