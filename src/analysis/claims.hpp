#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/associations.hpp"
#include "analysis/effect_over_draws.hpp"
#include "analysis/record_summary.hpp"
#include "analysis/verdict.hpp"
#include "model/theta_draws.hpp"
#include "scenario/claim_file.hpp"
#include "scenario/overrides.hpp"

namespace interregnum {

/// The effect when the claim is read in another way.
struct CodingEffect {
  std::string label;
  std::optional<Estimate> effect;  ///< nothing: power is hardly ever seized then, and the question is what comes after
};

struct ClaimResult {
  const Claim* claim = nullptr;
  std::string outcome_words;
  std::string command;   ///< that plays the two sides, one a line
  Probability from, to;  ///< the outcome on the two sides; `to` alone where nothing is swapped
  ClaimTest model, record;
  std::optional<EffectOverDraws> prior;
  std::optional<EffectOverDraws> posterior;  ///< nothing: the parameters in use are not fitted
  /// Draws that the verdict hangs on: fitted parameters, where there are any, know all that the priors do.
  const std::optional<EffectOverDraws>& judged_by() const { return posterior ? posterior : prior; }
  std::optional<Estimate> removed;  ///< the effect with the mechanism switched off
  std::vector<CodingEffect> codings;
  std::vector<std::string> signs_assumed, signs_open;  ///< of the parameters that carry the effect
  std::vector<Association> associations;
};

struct ClaimResults {
  std::vector<ClaimResult> claims;
  RecordExtent record;  ///< that the claims were put to
  std::uint64_t futures = 0;
  bool complete = true;  ///< false: interrupted, the claims that were done are there
};

struct ClaimSettings {
  /// All sizes of the tests, from the number of futures on each side of a swap. The number of draws stays: with fewer
  /// of them nine in ten could never be told. Their futures shrink, and the intervals over draws get wider.
  explicit ClaimSettings(std::uint64_t futures_of_side = 4000);

  std::uint64_t seed = 1;
  std::uint64_t futures;                  ///< on each side of a swap
  std::uint64_t variants;                 ///< likewise for other codings and with the mechanism switched off
  std::uint64_t draws = 96;               ///< of the parameters, that the verdict hangs on
  std::uint64_t draw_futures;             ///< for each of them
  std::uint64_t prior_draws_beside = 64;  ///< from their priors, where a verdict hangs on fitted ones
  std::uint64_t beside_futures;           ///< for each of those
  std::vector<Override> parameters;       ///< what is set in the parameters, and is not drawn from a prior
  bool fitted = false;                    ///< whether the parameters are draws given the record
  std::string options;  ///< what is typed behind a command that plays one side with the same parameters
  int threads = 0;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
  std::function<bool()> stop;
};

/// Tests every claim of a file on the model and, where it names something on the record, there. Throws InputError, with
/// the place in the claim file, for settings, outcomes, factors, parameters and associations that do not exist.
ClaimResults test_claims(const ClaimFile& file, const ThetaDraws& thetas, const Record& record,
                         const ClaimSettings& settings);

}  // namespace interregnum
