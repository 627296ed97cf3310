#pragma once

#include <array>
#include <vector>

#include "fit/elliptical.hpp"
#include "fit/onset_likelihood.hpp"
#include "fit/surrogate.hpp"
#include "fit/year_walk.hpp"

namespace interregnum {

/// Quantities that only the fit knows, beside the parameters of the model.
inline constexpr std::string_view misclassified_name = "misclassified";        ///< share of outcomes coded wrongly
inline constexpr std::string_view country_variance_name = "country_variance";  ///< of the countries' onset effects
inline constexpr std::string_view seizure_step_name = "year_step_seizure";     ///< sd of a year's change of level
inline constexpr std::string_view onset_step_name = "year_step_onset";

/// A quantity of the fit alone, and what it can be.
struct FitQuantity {
  std::string_view name;
  double low, high;
};
inline constexpr std::array<FitQuantity, 4> fit_quantities{{{misclassified_name, 0.0, 0.1},
                                                            {country_variance_name, 1e-4, 1e3},
                                                            {seizure_step_name, 1e-4, 10.0},
                                                            {onset_step_name, 1e-4, 10.0}}};

/// Free parameters of each part of the likelihood. What is not in any of them stays at its default.
FreeParameters onset_parameters_free();
FreeParameters seizure_parameters_free();
/// Everything that matters after the seizure: all parameters of the mechanisms but the seizure, the clock and lessons,
/// less those of the onset part.
FreeParameters after_parameters_free();
/// What a bank of the time after the seizure is played with: the parameters of all three parts, in the order after,
/// onset, seizure.
FreeParameters all_parameters_free();
/// The parameters of several parts, one after the other.
FreeParameters joined_parameters(const std::vector<FreeParameters>& parts);

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

/// The levels of the years are added to parameters: in the seizure to the belief that all share, in the onset to the
/// rates of all three ranks. A surrogate sees the parameter of each attempt shifted by its year's level.
struct LevelShift {
  Eigen::Index parameter;  ///< among those of the bank
  double spread;           ///< standard deviation of its prior, which is normal
  std::vector<int> years;  ///< of the attempts

  /// `levels`: by year of a walk; years outside it have the nearest one's.
  Shift by(const Eigen::VectorXd& levels) const;
};
LevelShift seizure_shift(const FreeParameters& free, const std::vector<int>& years);
std::vector<LevelShift> onset_shifts(const FreeParameters& free, const std::vector<int>& years);

/// How an attempt ended (held, taken and lost again, never taken), and whether nobody, some or many died. z: the
/// seizure's free parameters, the share of outcomes coded wrongly, the walk over years, what the surrogates miss. An
/// attempt that is coded wrongly cost lives as often as one of its true kind, so that both kinds are summed over.
/// Whether power was taken is asked of those that are coded as failed; the answer is taken to say nothing of whether
/// the code is wrong.
class SeizureLikelihood {
 public:
  /// `surrogates`: of the seizure's questions, in their order, over so many parameters.
  SeizureLikelihood(const Surrogates& surrogates, Eigen::Index parameters, LevelShift shift, const YearWalk& walk,
                    const Data& data);
  double operator()(const Eigen::VectorXd& z) const;
  Eigen::Index dimensions() const {
    return parameters_ + 1 + walk_.dimensions() + static_cast<Eigen::Index>(surrogates_.each.size());
  }

 private:
  enum class Deaths { unknown, nobody, some, many };
  struct Case {
    Eigen::Index attempt;
    bool coded_success;
    Deaths deaths = Deaths::unknown;
  };

  const Surrogates& surrogates_;
  Eigen::Index parameters_;
  LevelShift shift_;
  YearWalk walk_;
  std::vector<Case> cases_;
  std::vector<Datum> lost_again_;
};

/// What came after a success. z: those of that part's free parameters on which any answer depends, in their order, then
/// what the surrogates miss; the parameters of the two other parts are held fixed, for the months and attempts that
/// speak of them have been counted there (a cut posterior; Plummer 2015). `shifts`: what the levels of the years add.
class AfterLikelihood {
 public:
  AfterLikelihood(const Surrogates& surrogates, Data data, std::vector<Eigen::Index> visible, Eigen::Index parameters,
                  Eigen::VectorXd others, std::vector<Shift> shifts)
      : surrogates_(surrogates),
        data_(std::move(data)),
        visible_(std::move(visible)),
        parameters_(parameters),
        others_(std::move(others)),
        shifts_(std::move(shifts)) {}
  double operator()(const Eigen::VectorXd& z) const;
  Eigen::Index dimensions() const { return static_cast<Eigen::Index>(visible_.size() + surrogates_.each.size()); }

 private:
  const Surrogates& surrogates_;
  Data data_;
  std::vector<Eigen::Index> visible_;
  Eigen::Index parameters_;
  Eigen::VectorXd others_;
  std::vector<Shift> shifts_;
};

/// Which of the first so many parameters of a bank any answer depends on.
std::vector<Eigen::Index> visible_parameters(const std::vector<Surrogate>& surrogates, Eigen::Index parameters);

/// Which months see an attempt. z: the onset's free parameters, the variance between countries, the walk over years.
LogLikelihood onset_log_likelihood(const OnsetLikelihood& likelihood, const FreeParameters& free, const YearWalk& walk);

}  // namespace interregnum
