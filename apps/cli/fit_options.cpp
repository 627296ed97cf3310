#include "cli/fit_options.hpp"

#include <fmt/format.h>

#include "base/identifiers.hpp"
#include "base/version.hpp"
#include "cli/interrupts.hpp"
#include "cli/printing.hpp"
#include "fit/fit.hpp"
#include "fit/likelihoods.hpp"
#include "record/store.hpp"

namespace interregnum::cli {

namespace {

/// Answers of every attempt to a few futures: another model gives others.
std::string futures_of(const Record& record, const FitSettings& settings) {
  constexpr std::uint64_t draws = 2;
  const Eigen::MatrixXd answers = simulate_answers(attempt_worlds(record), all_parameters_free(),
                                                   {settings.seed, Until::horizon, settings.threads}, 0, draws);
  std::string text;
  for (const double answer : answers.reshaped()) text += fmt::format("{} ", answer);
  return text;
}

}  // namespace

std::string description_of_fit(const Record& record, const FitSettings& settings) {
  std::string priors;
  for (const ParameterEntry& entry : parameter_list())
    priors +=
        fmt::format("{}={}~{}[{},{}]", entry.key, entry.default_value, to_text(entry.prior), entry.low, entry.high);
  return fmt::format(
      "interregnum {}\nrevision {}\nseed {}\nseizure draws {}\nafter draws {}\nkept {}\nrecord {:016x}\nparameters "
      "{:016x}\nfutures "
      "{:016x}\n",
      version, fit_revision, settings.seed, settings.seizure_draws, settings.after_draws, settings.kept,
      hash_identifier(attempts_csv(record) + country_years_csv(record)), hash_identifier(priors),
      hash_identifier(futures_of(record, settings)));
}

FitCallbacks fit_callbacks() {
  FitCallbacks callbacks;
  callbacks.stop = interrupted;
  callbacks.progress = [](const std::string& what, std::uint64_t done, std::uint64_t total) {
    if (stderr_is_terminal()) show_progress(done, total, what.c_str());
  };
  callbacks.chains = [](const ChainsSummary& chains) {
    if (stderr_is_terminal()) clear_progress();
    print_message("{}, {}: R-hat {:.3f} at most, effective sample size {:.0f} at least, acceptance {:.2f}",
                  chains.records, chains.part, chains.largest_r_hat, chains.smallest_sample_size, chains.acceptance);
  };
  return callbacks;
}

}  // namespace interregnum::cli
