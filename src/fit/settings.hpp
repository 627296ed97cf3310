#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace interregnum {

/// Where finished pieces of a fit are kept, so that one that was ended at any moment goes on from there.
struct FitStore {
  std::function<std::optional<Eigen::MatrixXd>(const std::string& piece)> load;
  std::function<void(const std::string& piece, const Eigen::MatrixXd& content)> save;
};

/// How well the chains of one part of the likelihood have met.
struct ChainsSummary {
  std::string records;  ///< which attempts they know: `all`, `without fold 3`, `to 1989`
  std::string part;     ///< onset, seizure, after
  double largest_r_hat = 0.0, smallest_sample_size = 0.0;  ///< not a number if those of one parameter cannot be told
  double acceptance = 0.0;                                 ///< steps for each evaluation of the likelihood
};

struct FitSettings {
  std::uint64_t seed = 1;
  int threads = 0;
  std::uint64_t seizure_draws = 8192;  ///< of the parameters, each played once in every attempt, to the seizure
  std::uint64_t after_draws = 4096;    ///< the same to the horizon
  int kept = 500;                      ///< draws kept of each chain
  bool folds = false;  ///< also fit what scoring needs: without each tenth of the countries, and to 1989
};

struct FitCallbacks {
  std::function<void(const std::string& what, std::uint64_t done, std::uint64_t total)> progress;
  std::function<void(const ChainsSummary&)> chains;  ///< a part's chains are done
  std::function<bool()> stop;
};

/// What a piece must be. One that is not, whatever wrote it, is refused before anything is read from it.
struct PieceForm {
  Eigen::Index rows = 0, columns = 0;
  /// Whether a number can stand in a column; numbers that are not finite cannot stand anywhere.
  std::function<bool(double value, Eigen::Index column)> holds;
};

/// Throws InputError with the piece's name if it is not what it must be.
void check_piece(const std::string& name, const Eigen::MatrixXd& content, const PieceForm& form);

/// Thrown between two pieces of work when the user asked to stop.
struct Interrupted {};

/// Work in pieces, each done once: now, or in an earlier run whose store this is.
class Pieces {
 public:
  Pieces(const FitStore& store, const FitCallbacks& callbacks) : store_(store), callbacks_(callbacks) {}

  std::optional<Eigen::MatrixXd> kept(const std::string& name, const PieceForm& form) const {
    std::optional<Eigen::MatrixXd> found = store_.load ? store_.load(name) : std::nullopt;
    if (found) check_piece(name, *found, form);
    return found;
  }
  void keep(const std::string& name, const Eigen::MatrixXd& content) const {
    if (store_.save) store_.save(name, content);
  }
  void stop_if_asked() const {
    if (callbacks_.stop && callbacks_.stop()) throw Interrupted{};
  }
  void progress(const std::string& what, std::uint64_t done, std::uint64_t total) const {
    if (callbacks_.progress) callbacks_.progress(what, done, total);
  }

  template <class Work>
  Eigen::MatrixXd piece(const std::string& name, const PieceForm& form, const Work& work) const {
    if (std::optional<Eigen::MatrixXd> found = kept(name, form)) return std::move(*found);
    stop_if_asked();
    Eigen::MatrixXd made = work();
    keep(name, made);
    return made;
  }

 private:
  const FitStore& store_;
  const FitCallbacks& callbacks_;
};

}  // namespace interregnum
