#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/claims/futures.hpp"
#include "analysis/effect_over_draws.hpp"

namespace interregnum {

/// Estimates the effects that claims are judged by, over all futures and over single draws of the parameters.
class ClaimEffects {
 public:
  /// What is given must outlive this.
  ClaimEffects(const ThetaDraws& thetas, const ClaimSettings& settings);

  /// Plays a claim and returns its result, which has no verdict yet.
  ClaimResult estimate(const PreparedClaim& prepared) const;

 private:
  /// Single draws of the parameters, and how many futures each plays.
  struct SingleDraws {
    std::vector<ThetaDraws> thetas;
    std::uint64_t futures = 0;
  };
  /// Every draw of the parameters plays futures of its own, which the effect over all futures does not use either: else
  /// all draws would share the chance of the same futures, and their mean would keep it.
  FutureRange futures_of_draw(const SingleDraws& draws, std::size_t draw) const;

  /// By how much the share of futures in which it happens exceeds what was expected, and the same for single draws of
  /// the parameters.
  void estimate_share(const PreparedClaim& prepared, ClaimResult& result) const;
  std::optional<EffectOverDraws> share_over(const SingleDraws& draws, const PreparedClaim& prepared) const;
  /// Nothing if the question arises in too few of the futures.
  std::optional<Estimate> excess(const PreparedClaim& prepared, const ThetaDraws& thetas, FutureRange futures,
                                 Probability* share) const;

  void estimate_swap(const PreparedClaim& prepared, ClaimResult& result) const;
  /// Nothing if power is hardly ever seized on one of the sides, and the question is about what comes after.
  std::optional<Estimate> effect_of(const ClaimSwap& swap, const Measure& measure, std::uint64_t futures,
                                    Probability* from = nullptr, Probability* to = nullptr) const;
  std::optional<EffectOverDraws> effect_over(const SingleDraws& draws, const ClaimSwap& swap, const Measure& measure,
                                             double margin) const;

  const ThetaDraws& thetas_;
  const ClaimSettings& settings_;
  SingleDraws prior_, posterior_;
};

}  // namespace interregnum
