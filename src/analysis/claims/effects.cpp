#include "analysis/claims/effects.hpp"

#include <algorithm>
#include <numeric>

#include "analysis/paired_runs.hpp"

namespace interregnum {

namespace {

/// Fewer futures in which power is seized say nothing of what comes after, and their error would be told too small.
constexpr std::uint64_t fewest_seizures = 10;

}  // namespace

ClaimEffects::ClaimEffects(const ThetaDraws& thetas, const ClaimSettings& settings)
    : thetas_(thetas), settings_(settings) {
  const std::uint64_t of_prior = settings.fitted ? settings.prior_draws_beside : settings.draws;
  prior_.futures = settings.fitted ? settings.beside_futures : settings.draw_futures;
  posterior_.futures = settings.draw_futures;
  for (std::uint64_t draw = 0; draw < of_prior; ++draw) {
    prior_.thetas.emplace_back(draw_theta(thetas.draw(0), settings.seed, draw));
    for (const auto& [key, value] : settings.parameters) prior_.thetas.back().set(key, value);
  }
  // A draw that came twice would pass for two independent ones.
  const std::uint64_t fitted = std::min<std::uint64_t>(settings.draws, thetas.size());
  for (std::uint64_t draw = 0; settings.fitted && draw < fitted; ++draw)
    posterior_.thetas.emplace_back(thetas.of_replicate({settings.seed, 0, replicate_of_future(draw)}));
}

ClaimResult ClaimEffects::estimate(const PreparedClaim& prepared) const {
  ClaimResult result = prepared.result;
  if (prepared.swap) {
    estimate_swap(prepared, result);
  } else {
    estimate_share(prepared, result);
  }
  if (!result.associations.empty()) {
    const Association& first = result.associations.front();
    if (first.cases_with > 1 && first.cases_without > 1) result.record.effect = first.difference;
  }
  return result;
}

FutureRange ClaimEffects::futures_of_draw(const SingleDraws& draws, std::size_t draw) const {
  return {settings_.futures + draw * draws.futures, draws.futures};
}

void ClaimEffects::estimate_share(const PreparedClaim& prepared, ClaimResult& result) const {
  result.model.effect = excess(prepared, prepared.alone.thetas(thetas_), {0, settings_.futures}, &result.to);
  result.prior = share_over(prior_, prepared);
  result.posterior = share_over(posterior_, prepared);
}

std::optional<EffectOverDraws> ClaimEffects::share_over(const SingleDraws& draws, const PreparedClaim& prepared) const {
  std::vector<EffectOfDraw> by_draw;
  for (std::size_t draw = 0; draw < draws.thetas.size(); ++draw) {
    const auto effect =
        excess(prepared, prepared.alone.thetas(draws.thetas[draw]), futures_of_draw(draws, draw), nullptr);
    if (effect) by_draw.push_back({effect->value, effect->variance, 1.0 / effect->grain});
  }
  const double wanted = prepared.claim->at_least.distribution.mean();
  return effect_over_draws(by_draw, prepared.claim->margin.distribution.mean(), {-wanted, 1.0 - wanted});
}

std::optional<Estimate> ClaimEffects::excess(const PreparedClaim& prepared, const ThetaDraws& thetas,
                                             FutureRange futures, Probability* share) const {
  const std::vector<double> happened = play_claim(prepared, thetas, futures, settings_);
  const bool conditional = !prepared.sequence.empty() || prepared.measure->is_conditional();
  if (happened.size() < (conditional && share != nullptr ? fewest_seizures : 2)) return std::nullopt;
  const auto number = static_cast<double>(happened.size());
  const double times = std::accumulate(happened.begin(), happened.end(), 0.0);
  if (share != nullptr) *share = exact_interval(times, number);
  return share_less(times, number, prepared.claim->at_least.distribution.mean());
}

void ClaimEffects::estimate_swap(const PreparedClaim& prepared, ClaimResult& result) const {
  const Measure& measure = *prepared.measure;
  result.model.effect = effect_of(*prepared.swap, measure, settings_.futures, &result.from, &result.to);
  const double margin = prepared.claim->margin.distribution.mean();
  result.prior = effect_over(prior_, *prepared.swap, measure, margin);
  result.posterior = effect_over(posterior_, *prepared.swap, measure, margin);
  if (prepared.removed) result.removed = effect_of(*prepared.removed, measure, settings_.variants);
  for (std::size_t coding = 0; coding < prepared.codings.size(); ++coding)
    result.codings.push_back(
        {prepared.claim->codings[coding].label, effect_of(prepared.codings[coding], measure, settings_.variants)});
}

std::optional<Estimate> ClaimEffects::effect_of(const ClaimSwap& swap, const Measure& measure, std::uint64_t futures,
                                                Probability* from, Probability* to) const {
  const ThetaDraws thetas_from = swap.from.thetas(thetas_), thetas_to = swap.to.thetas(thetas_);
  PairedRuns runs({{swap.from.world.get(), &thetas_from}, {swap.to.world.get(), &thetas_to}}, measure, settings_.seed,
                  settings_.threads);
  runs.play(futures);
  if (from != nullptr) *from = runs.share(0);
  if (to != nullptr) *to = runs.share(1);
  if (measure.is_conditional() && std::min(runs.asked(0), runs.asked(1)) < fewest_seizures) return std::nullopt;
  return runs.contrast({-1.0, 1.0});
}

std::optional<EffectOverDraws> ClaimEffects::effect_over(const SingleDraws& draws, const ClaimSwap& swap,
                                                         const Measure& measure, double margin) const {
  if (draws.thetas.empty()) return std::nullopt;
  std::vector<ThetaDraws> thetas;
  for (const ThetaDraws& drawn : draws.thetas) {
    thetas.push_back(swap.from.thetas(drawn));
    thetas.push_back(swap.to.thetas(drawn));
  }
  std::vector<Case> cases;
  for (std::size_t index = 0; index < thetas.size(); ++index)
    cases.push_back(
        {(index % 2 == 0 ? swap.from : swap.to).world.get(), &thetas[index], futures_of_draw(draws, index / 2).first});
  PairedRuns runs(cases, measure, settings_.seed, settings_.threads);
  runs.play(draws.futures);
  std::vector<EffectOfDraw> by_draw;
  for (std::size_t draw = 0; draw < draws.thetas.size(); ++draw) {
    // Where power is hardly ever seized with these parameters, the question does not arise.
    const std::uint64_t asked = std::min(runs.asked(2 * draw), runs.asked(2 * draw + 1));
    if (asked < 2) continue;
    std::vector<double> weights(cases.size(), 0.0);
    weights[2 * draw] = -1.0;
    weights[2 * draw + 1] = 1.0;
    const Estimate effect = runs.contrast(weights);
    by_draw.push_back({effect.value, effect.variance, static_cast<double>(asked)});
  }
  return effect_over_draws(by_draw, margin, {-1.0, 1.0});
}

}  // namespace interregnum
