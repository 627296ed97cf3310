#pragma once

#include <Eigen/Core>
#include <functional>
#include <string>
#include <vector>

#include "engine/replicate.hpp"
#include "fit/questions.hpp"
#include "model/theta.hpp"
#include "world/world.hpp"

namespace interregnum {

/// One attempt as it is simulated: its thin country, and the stream of its draws.
struct AttemptWorld {
  const Attempt* attempt = nullptr;
  World world;
  std::uint64_t stream = 0;
};

/// Thin countries of all attempts on record.
std::vector<AttemptWorld> attempt_worlds(const Record& record);

/// Parameters that are free, each standard normal before the data: `value = prior quantile of Phi(z)`.
class FreeParameters {
 public:
  explicit FreeParameters(std::vector<const ParameterEntry*> entries) : entries_(std::move(entries)) {}

  Eigen::Index size() const { return static_cast<Eigen::Index>(entries_.size()); }
  const ParameterEntry& entry(Eigen::Index position) const { return *entries_[static_cast<std::size_t>(position)]; }
  /// Position of a parameter by its key; -1 if it is not free.
  Eigen::Index find(const std::string& key) const;
  void set(Theta& theta, const Eigen::VectorXd& z) const;
  double value(Eigen::Index position, double z) const;
  /// Draw number `draw` of all from their priors, as z.
  Eigen::VectorXd draw_prior(std::uint64_t seed, std::uint64_t draw) const;

 private:
  std::vector<const ParameterEntry*> entries_;
};

/// Futures of every attempt, each draw of the parameters from their priors played once in each: what a surrogate of the
/// model learns from. It knows nothing of what came of the attempts on record.
struct Bank {
  Eigen::MatrixXd z;                          ///< draws by free parameters
  std::vector<std::vector<Answers>> answers;  ///< by attempt and draw
  /// By attempt and free parameter: the questions, as a `QuestionSet`'s number, whose answer it changes. Empty: it may
  /// change all.
  Eigen::MatrixXd matters;
};

struct BankSettings {
  std::uint64_t seed = 1;
  Until until = Until::seizure;
  int threads = 0;
};

/// The answers of draws `first` to `first + count - 1`: attempts by draws, asked in the lower 16 bits, yes in the
/// upper.
Eigen::MatrixXd simulate_answers(const std::vector<AttemptWorld>& worlds, const FreeParameters& free,
                                 const BankSettings& settings, std::uint64_t first, std::uint64_t count);

/// For each attempt and free parameter the questions (a `QuestionSet`'s number) whose answer, or whether they were
/// asked, changed in any of so many futures when that parameter alone moved from one end of its prior to the other, the
/// draws of everything else being the same.
Eigen::MatrixXd parameters_that_matter(const std::vector<AttemptWorld>& worlds, const FreeParameters& free,
                                       const BankSettings& settings, std::uint64_t futures);

/// Answers that a matrix of `simulate_answers` holds.
Answers unpack(double packed);
/// Whether a number is one that `unpack` reads: a yes only to what was asked, and no other bits.
bool is_packed(double number);
/// Whether a number stands for a set of questions, as in `parameters_that_matter`.
bool is_question_set(double number);

}  // namespace interregnum
