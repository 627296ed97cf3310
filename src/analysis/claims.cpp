#include "analysis/claims.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "analysis/paired_runs.hpp"
#include "base/quantity.hpp"
#include "base/suggestions.hpp"
#include "base/text.hpp"
#include "scenario/checks.hpp"
#include "scenario/mixing.hpp"
#include "scenario/read_scenario.hpp"

namespace interregnum {

namespace {

/// A mistake in a claim is reported with its place in the claim file, one in a country file with its place there.
template <class Work>
auto at(const Reference& place, Work work) {
  try {
    return work();
  } catch (const InputError& error) {
    Diagnostics diagnostics;
    for (const Diagnostic& found : error.diagnostics().list()) {
      if (is_about_setting(found)) {
        diagnostics.error(place.location, place.key, fmt::format("{}: {}", found.key, found.problem), found.suggestion);
      } else {
        diagnostics.error(found.location, found.key, found.problem, found.suggestion);
      }
    }
    if (!diagnostics.has_errors()) diagnostics.error(place.location, place.key, without_option(error.what()));
    throw InputError(std::move(diagnostics));
  }
}

Reference place_of(const Entry& entry, const char* key) { return {"", entry.location, entry.key + key}; }

bool is_of_theta(const Reference& setting) { return setting.id.starts_with("theta."); }

/// One side of a swap: the country, and what is set in the parameters, whichever they are otherwise.
struct Side {
  std::shared_ptr<const World> world;
  std::vector<Reference> of_theta;

  ThetaDraws thetas(ThetaDraws base) const {
    for (const Reference& setting : of_theta) {
      at(setting, [&] {
        const auto [key, value] = parse_override(setting.id);
        base.set(key, value);
      });
    }
    return base;
  }
};

struct Swap {
  Side from, to;
};

const ClaimCountry& country_of(const ClaimFile& file, const Reference& reference) {
  return file.files[*find_entry(file.files, reference.id)];
}

/// Reads a country file with settings, one after the other, so that what is wrong with one is said at its place.
Scenario read_country(const ClaimCountry& country, const std::vector<Reference>& settings) {
  std::vector<Override> overrides;
  Scenario scenario;
  const auto read = [&](const Reference& place) {
    at(place, [&] {
      Diagnostics diagnostics;
      scenario = read_scenario(country.text, country.path, overrides, diagnostics);
      throw_if_errors(diagnostics);
    });
  };
  read(place_of(country, ".path"));
  for (const Reference& setting : settings) {
    if (is_of_theta(setting)) continue;
    overrides.push_back(at(setting, [&] { return parse_override(setting.id); }));
    read(setting);
  }
  return scenario;
}

bool is_key_path(const Reference& factor) { return factor.id.find('.') != std::string::npos; }

Scenario take_factors(const Claim& claim, const Scenario& scenario, const Scenario& other) {
  const bool by_section = std::none_of(claim.take.begin(), claim.take.end(), is_key_path);
  const Mixer mixer(scenario, other, by_section ? FactorKind::section : FactorKind::key);
  std::vector<bool> from_b(mixer.factors().size(), false);
  for (const Reference& factor : claim.take) at(factor, [&] { from_b[mixer.factor(factor.id)] = true; });
  return mixer.mix(from_b);
}

std::vector<Reference> joined(std::initializer_list<const std::vector<Reference>*> lists) {
  std::vector<Reference> all;
  for (const auto* list : lists) all.insert(all.end(), list->begin(), list->end());
  return all;
}

Side side_of(const ClaimFile& file, const Claim& claim, const std::vector<Reference>& settings, bool takes) {
  Scenario scenario = read_country(country_of(file, claim.file), settings);
  if (takes && !claim.take.empty())
    scenario = take_factors(claim, scenario, read_country(country_of(file, claim.other), settings));
  Side side{std::make_shared<const World>(compile(scenario)), {}};
  std::copy_if(settings.begin(), settings.end(), std::back_inserter(side.of_theta), is_of_theta);
  return side;
}

Swap swap_of(const ClaimFile& file, const Claim& claim, const Coding* coding, bool switched_off) {
  static const std::vector<Reference> nothing;
  const auto& set = coding != nullptr ? coding->set : nothing;
  const auto& from = coding != nullptr && !coding->from.empty() ? coding->from : claim.from;
  const auto& to = coding != nullptr && !coding->to.empty() ? coding->to : claim.to;
  const auto& off = switched_off ? claim.without : nothing;
  return {side_of(file, claim, joined({&claim.set, &set, &from, &off}), false),
          side_of(file, claim, joined({&claim.set, &set, &to, &off}), true)};
}

/// Whether the events happen in this order within `window` hours, beginning with any that is the first of them.
bool happen_in_order(const std::vector<Event>& events, const std::vector<EventKind>& sequence, double window) {
  for (std::size_t first = 0; first < events.size(); ++first) {
    if (events[first].kind != sequence[0]) continue;
    std::size_t found = 0;
    for (std::size_t next = first; next < events.size() && events[next].hour <= events[first].hour + window; ++next) {
      if (events[next].kind == sequence[found] && ++found == sequence.size()) return true;
    }
  }
  return false;
}

/// Reads and plays all claims.
class ClaimTester {
 public:
  ClaimTester(const ClaimFile& file, const ThetaDraws& thetas, const Record& record, const ClaimSettings& settings)
      : file_(file), thetas_(thetas), record_(record), settings_(settings) {
    const std::uint64_t of_prior = settings.fitted ? settings.prior_draws_beside : settings.draws;
    for (std::uint64_t draw = 0; draw < of_prior; ++draw) {
      prior_.emplace_back(draw_theta(thetas.draw(0), settings.seed, draw));
      for (const auto& [key, value] : settings.parameters) prior_.back().set(key, value);
    }
    // A draw that came twice would pass for two independent ones.
    const std::uint64_t fitted = std::min<std::uint64_t>(settings.draws, thetas.size());
    for (std::uint64_t draw = 0; settings.fitted && draw < fitted; ++draw)
      posterior_.emplace_back(thetas.of_replicate({settings.seed, 0, replicate_of_future(draw)}));
  }

  ClaimResults run() {
    ClaimResults results;
    results.futures = settings_.futures;
    results.record = extent_of(record_);
    std::vector<Prepared> prepared;
    for (const Claim& claim : file_.claims) prepared.push_back(prepare(claim));  // all that is wrong before any work
    for (const Prepared& claim : prepared) {
      if (settings_.stop && settings_.stop()) {
        results.complete = false;
        break;
      }
      results.claims.push_back(test(claim));
      if (settings_.progress) settings_.progress(results.claims.size(), prepared.size());
    }
    judge_all(results);
    return results;
  }

 private:
  struct Prepared {
    const Claim* claim;
    std::optional<Measure> measure;
    std::vector<EventKind> sequence;
    std::optional<Swap> swap, removed;
    Side alone;  ///< where nothing is swapped
    std::vector<Swap> codings;
    ClaimResult result;
  };

  Prepared prepare(const Claim& claim) {
    Prepared prepared;
    prepared.claim = &claim;
    ClaimResult& result = prepared.result;
    result.claim = &claim;
    result.command = commands_of(claim);
    if (claim.sequence.empty()) {
      prepared.measure = at(place_of(claim, ".outcome"), [&] { return Measure(claim.outcome); });
      result.outcome_words = prepared.measure->words(horizon_words(claim));
    } else {
      prepared.sequence = events_of(claim);
      result.outcome_words = "the events happen in this order, if power was seized";
    }
    note_signs(claim, result);
    for (const Reference& name : claim.record)
      result.associations.push_back(at(name, [&] { return associate(record_, name.id); }));
    if (claim.from.empty() && claim.to.empty() && claim.take.empty()) {
      prepared.alone = side_of(file_, claim, claim.set, false);
      check_theta(prepared.alone);
      return prepared;
    }
    prepared.swap = swap_of(file_, claim, nullptr, false);
    if (!claim.without.empty()) prepared.removed = swap_of(file_, claim, nullptr, true);
    for (const Coding& coding : claim.codings) prepared.codings.push_back(swap_of(file_, claim, &coding, false));
    check_theta(prepared.swap->from);
    check_theta(prepared.swap->to);
    if (prepared.removed) check_theta(prepared.removed->to);
    for (const Swap& coding : prepared.codings) check_theta(coding.to);
    return prepared;
  }

  /// How far the claim looks; empty if that is what it swaps.
  std::string horizon_words(const Claim& claim) const {
    for (const auto* side : {&claim.from, &claim.to}) {
      for (const Reference& setting : *side) {
        if (setting.id.starts_with("horizon=")) return "";
      }
    }
    const Scenario scenario = read_country(country_of(file_, claim.file), claim.set);
    return duration_in_words(scenario.horizon.distribution.mean());
  }

  /// The runs of the two sides, one a line, as a user would type them.
  std::string commands_of(const Claim& claim) const {
    const auto command = [&](const std::vector<Reference>& settings) {
      std::string line = "interregnum run " + shell_word(country_of(file_, claim.file).path);
      for (const Reference& setting : settings) line += " --set " + shell_word(setting.id);
      return line + settings_.options;
    };
    if (!claim.take.empty()) {
      // A mixture of two files is no file that `run` could be given; `compare` plays it among others.
      const bool by_key = std::any_of(claim.take.begin(), claim.take.end(), is_key_path);
      std::string line = fmt::format(
          "interregnum compare {} {} --outcome {}{}", shell_word(country_of(file_, claim.file).path),
          shell_word(country_of(file_, claim.other).path), shell_word(claim.outcome), by_key ? " --by key" : "");
      for (const Reference& setting : claim.set) line += " --set " + shell_word(setting.id);
      return line + settings_.options;
    }
    const bool swaps_settings = !claim.from.empty() || !claim.to.empty();
    if (!swaps_settings) return command(claim.set);
    return command(joined({&claim.set, &claim.from})) + "\n" + command(joined({&claim.set, &claim.to}));
  }

  void check_theta(const Side& side) const { side.thetas(thetas_); }

  static std::vector<EventKind> events_of(const Claim& claim) {
    std::vector<EventKind> kinds;
    std::vector<std::string> known;
    for (const EventDescription& event : event_descriptions) known.emplace_back(event.name);
    for (const Reference& event : claim.sequence) {
      const auto found = std::find(known.begin(), known.end(), event.id);
      if (found == known.end())
        at(event, [&]() -> void {
          throw InputError(fmt::format("there is no event '{}' ({})", event.id, did_you_mean(event.id, known)));
        });
      kinds.push_back(static_cast<EventKind>(found - known.begin()));
    }
    return kinds;
  }

  static void note_signs(const Claim& claim, ClaimResult& result) {
    for (const Reference& wanted : claim.rests_on) {
      const auto& list = parameter_list();
      const auto found =
          std::find_if(list.begin(), list.end(), [&](const ParameterEntry& entry) { return entry.key == wanted.id; });
      if (found == list.end())
        at(wanted, [&]() -> void {
          throw InputError(fmt::format("there is no parameter '{}' (`interregnum params` lists them)", wanted.id));
        });
      (found->sign == Sign::assumed ? result.signs_assumed : result.signs_open).push_back(wanted.id);
    }
  }

  ClaimResult test(const Prepared& prepared) {
    ClaimResult result = prepared.result;
    if (prepared.swap) {
      test_swap(prepared, result);
    } else {
      test_share(prepared, result);
    }
    if (!result.associations.empty()) {
      const Association& first = result.associations.front();
      if (first.cases_with > 1 && first.cases_without > 1) result.record.effect = first.difference;
    }
    return result;
  }

  /// Which futures are played.
  struct Futures {
    std::uint64_t first = 0, count = 0;
  };

  /// Every draw of the parameters plays futures of its own, which the effect over all futures does not use either: else
  /// all draws would share the chance of the same futures, and their mean would keep it.
  Futures futures_of_draw(std::size_t draw) const {
    return {settings_.futures + draw * settings_.draw_futures, settings_.draw_futures};
  }

  /// Fewer futures in which power is seized say nothing of what comes after, and their error would be told too small.
  static constexpr std::uint64_t fewest_seizures = 10;

  /// By how much the share of futures in which it happens exceeds what was expected, and the same for single draws of
  /// the parameters.
  void test_share(const Prepared& prepared, ClaimResult& result) const {
    result.model.effect = excess(prepared, prepared.alone.thetas(thetas_), {0, settings_.futures}, &result.to);
    result.prior = share_over(prior_, prepared);
    result.posterior = share_over(posterior_, prepared);
  }

  std::optional<EffectOverDraws> share_over(const std::vector<ThetaDraws>& draws, const Prepared& prepared) const {
    std::vector<EffectOfDraw> by_draw;
    for (std::size_t draw = 0; draw < draws.size(); ++draw) {
      const auto effect = excess(prepared, prepared.alone.thetas(draws[draw]), futures_of_draw(draw), nullptr);
      if (effect) by_draw.push_back({effect->value, effect->variance, 1.0 / effect->grain});
    }
    const double wanted = prepared.claim->at_least.distribution.mean();
    return effect_over_draws(by_draw, prepared.claim->margin.distribution.mean(), {-wanted, 1.0 - wanted});
  }

  /// Nothing if the question arises in too few of the futures.
  std::optional<Estimate> excess(const Prepared& prepared, const ThetaDraws& thetas, Futures futures,
                                 Probability* share) const {
    const std::vector<double> happened =
        prepared.sequence.empty() ? values_of(prepared, thetas, futures) : sequences_of(prepared, thetas, futures);
    const bool conditional = !prepared.sequence.empty() || prepared.measure->is_conditional();
    if (happened.size() < (conditional && share != nullptr ? fewest_seizures : 2)) return std::nullopt;
    const auto number = static_cast<double>(happened.size());
    const double times = std::accumulate(happened.begin(), happened.end(), 0.0);
    if (share != nullptr) *share = exact_interval(times, number);
    return share_less(times, number, prepared.claim->at_least.distribution.mean());
  }

  /// What the measure says of each future in which the question arises.
  std::vector<double> values_of(const Prepared& prepared, const ThetaDraws& thetas, Futures futures) const {
    PairedRuns runs({{prepared.alone.world.get(), &thetas, futures.first}}, *prepared.measure, settings_.seed,
                    settings_.threads);
    runs.play(futures.count);
    std::vector<double> values;
    for (std::size_t future = 0; future < futures.count; ++future) {
      if (!std::isnan(runs.value(0, future))) values.push_back(runs.value(0, future));
    }
    return values;
  }

  /// Whether the events happened in their order, for each future in which power was seized.
  std::vector<double> sequences_of(const Prepared& prepared, const ThetaDraws& thetas, Futures futures) const {
    const World& world = *prepared.alone.world;
    const double window = prepared.claim->window.distribution.mean();
    std::vector<signed char> seen(futures.count, -1);  // not seized, 0, 1
    constexpr std::size_t block = 32;
    run_parallel((seen.size() + block - 1) / block, settings_.threads, [&](std::size_t task) {
      State state(world);
      state.log.keep_events = true;
      for (std::size_t future = task * block; future < std::min(seen.size(), (task + 1) * block); ++future) {
        const ReplicateId id{settings_.seed, 0, replicate_of_future(futures.first + future)};
        const RunRecord record = interregnum::run(world, thetas.of_replicate(id), id, state, Until::outcome);
        if (is_seized(record.outcome))
          seen[future] = happen_in_order(state.log.events, prepared.sequence, window) ? 1 : 0;
      }
    });
    std::vector<double> happened;
    for (const signed char of_future : seen) {
      if (of_future >= 0) happened.push_back(of_future);
    }
    return happened;
  }

  /// Nothing if power is hardly ever seized on one of the sides, and the question is about what comes after.
  std::optional<Estimate> effect_of(const Swap& swap, const Measure& measure, std::uint64_t futures,
                                    Probability* from = nullptr, Probability* to = nullptr) const {
    const ThetaDraws thetas_from = swap.from.thetas(thetas_), thetas_to = swap.to.thetas(thetas_);
    PairedRuns runs({{swap.from.world.get(), &thetas_from}, {swap.to.world.get(), &thetas_to}}, measure, settings_.seed,
                    settings_.threads);
    runs.play(futures);
    if (from != nullptr) *from = runs.share(0);
    if (to != nullptr) *to = runs.share(1);
    if (measure.is_conditional() && std::min(runs.asked(0), runs.asked(1)) < fewest_seizures) return std::nullopt;
    return runs.contrast({-1.0, 1.0});
  }

  void test_swap(const Prepared& prepared, ClaimResult& result) const {
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

  std::optional<EffectOverDraws> effect_over(const std::vector<ThetaDraws>& draws, const Swap& swap,
                                             const Measure& measure, double margin) const {
    if (draws.empty()) return std::nullopt;
    std::vector<ThetaDraws> thetas;
    for (const ThetaDraws& drawn : draws) {
      thetas.push_back(swap.from.thetas(drawn));
      thetas.push_back(swap.to.thetas(drawn));
    }
    std::vector<Case> cases;
    for (std::size_t index = 0; index < thetas.size(); ++index)
      cases.push_back(
          {(index % 2 == 0 ? swap.from : swap.to).world.get(), &thetas[index], futures_of_draw(index / 2).first});
    PairedRuns runs(cases, measure, settings_.seed, settings_.threads);
    runs.play(settings_.draw_futures);
    std::vector<EffectOfDraw> by_draw;
    for (std::size_t draw = 0; draw < draws.size(); ++draw) {
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

  void judge_all(ClaimResults& results) const {
    std::vector<ClaimTest*> model, record;
    for (ClaimResult& result : results.claims) {
      model.push_back(&result.model);
      record.push_back(&result.record);
    }
    adjust_for_many(model);
    adjust_for_many(record);
    for (ClaimResult& result : results.claims) {
      const Claim& claim = *result.claim;
      const auto expected =
          claim.expected.empty() ? Expectation::more : static_cast<Expectation>(claim.expected[0].index);
      const double margin = claim.margin.distribution.mean();
      result.model.verdict = judge_model(result, expected, margin);
      result.record.verdict = judge(result.record, expected, margin);
    }
  }

  /// The model's verdict stands only if it does not hang on values that nobody knows: nine of ten draws of the
  /// parameters must agree, on the sign or on there being no effect that matters, at the unfavourable end of the
  /// interval of their share, as their number and that of their futures is finite. Where they agree because the form
  /// fixes a sign, the claim was assumed.
  static ClaimVerdict judge_model(const ClaimResult& result, Expectation expected, double margin) {
    constexpr double agreement = 0.9;
    const ClaimVerdict verdict = judge(result.model, expected, margin);
    const std::optional<EffectOverDraws>& draws = result.judged_by();
    if (verdict == ClaimVerdict::cannot_tell || verdict == ClaimVerdict::cannot_be_tested) return verdict;
    // With hardly any draw the question arises: then nobody knows what they would say.
    if (!draws) return ClaimVerdict::cannot_tell;
    if (verdict == ClaimVerdict::no_detectable_effect)
      return draws->within_margin.low < agreement ? ClaimVerdict::cannot_tell : verdict;
    double agreeing = result.model.effect->value > 0 ? draws->positive.low : 1.0 - draws->positive.high;
    if (expected == Expectation::nothing)
      agreeing = verdict == ClaimVerdict::supported ? draws->within_margin.low : 1.0 - draws->within_margin.high;
    if (agreeing < agreement) return ClaimVerdict::cannot_tell;
    const bool sign_is_fixed = expected != Expectation::nothing && !result.signs_assumed.empty();
    return verdict == ClaimVerdict::supported && sign_is_fixed ? ClaimVerdict::assumed : verdict;
  }

  const ClaimFile& file_;
  const ThetaDraws& thetas_;
  const Record& record_;
  const ClaimSettings& settings_;
  std::vector<ThetaDraws> prior_, posterior_;  ///< single draws
};

}  // namespace

ClaimResults test_claims(const ClaimFile& file, const ThetaDraws& thetas, const Record& record,
                         const ClaimSettings& settings) {
  return ClaimTester(file, thetas, record, settings).run();
}

}  // namespace interregnum
