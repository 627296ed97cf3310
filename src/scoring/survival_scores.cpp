#include "scoring/survival_scores.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/quantity.hpp"
#include "engine/paired.hpp"
#include "model/theta_draws.hpp"

namespace interregnum {

namespace {

constexpr double never = std::numeric_limits<double>::infinity();

/// One spell on record: when it ended, and for how long it was followed.
struct Spell {
  double ended = never;
  double followed = 0.0;
  std::size_t forecast = 0;
  std::size_t fold = 0;

  bool lasts(int day) const { return ended > day; }
};

/// Share of the spells of other folds, followed so long, that still last; not a number if there are none. What a
/// forecast from the record alone would be, made without the fold that it is scored on.
double share_elsewhere(const std::vector<Spell>& spells, std::size_t fold, int day) {
  double asked = 0.0;
  double last = 0.0;
  for (const Spell& spell : spells) {
    if (spell.fold == fold || spell.followed < day) continue;
    asked += 1.0;
    last += spell.lasts(day) ? 1.0 : 0.0;
  }
  return asked > 0 ? last / asked : std::numeric_limits<double>::quiet_NaN();
}

/// `curve` by curve_days(), at one of them.
double at(const std::vector<double>& curve, const std::vector<int>& days, int day) {
  return curve[static_cast<std::size_t>(std::find(days.begin(), days.end(), day) - days.begin())];
}

SurvivalScore score(const std::vector<Spell>& spells, const std::vector<std::vector<double>>& curves) {
  const std::vector<int> days = curve_days();
  SurvivalScore result;
  result.n = spells.size();
  double points = 0.0;
  for (const int day : days) {
    double happened = 0.0;
    double asked = 0.0;
    double expected = 0.0;
    double brier = 0.0;
    double brier_of_curve = 0.0;
    std::map<std::size_t, double> elsewhere;  // by fold
    for (const Spell& spell : spells) {
      // Also if it ended before: else of spells that were followed less long only those that ended would count.
      if (spell.followed < day) continue;
      const double lasts = spell.lasts(day) ? 1.0 : 0.0;
      const double p = at(curves[spell.forecast], days, day);
      happened += lasts;
      asked += 1.0;
      expected += p;
      brier += (p - lasts) * (p - lasts);
      const auto [found, is_new] = elsewhere.try_emplace(spell.fold, 0.0);
      if (is_new) found->second = share_elsewhere(spells, spell.fold, day);
      brier_of_curve += (found->second - lasts) * (found->second - lasts);
    }
    if (!(asked > 0) || day == 0) continue;
    if (std::find(interval_ends.begin(), interval_ends.end(), day) != interval_ends.end())
      result.curve.push_back({day, expected / asked, exact_interval(happened, asked), static_cast<std::size_t>(asked)});
    if (day % 30 != 0) continue;
    result.integrated_brier += brier / asked;
    result.integrated_brier_of_curve += brier_of_curve / asked;
    points += 1.0;
  }
  result.integrated_brier /= points;
  result.integrated_brier_of_curve /= points;
  double right = 0.0;
  double pairs = 0.0;
  for (const Spell& first : spells) {
    for (const Spell& second : spells) {
      // A pair can be ranked if the one that ended first is known to have.
      if (!(first.ended < std::min(second.ended, second.followed)) || first.ended > 730.0) continue;
      const double of_first = at(curves[first.forecast], days, 730);
      const double of_second = at(curves[second.forecast], days, 730);
      pairs += 1.0;
      right += of_first < of_second ? 1.0 : (of_first == of_second ? 0.5 : 0.0);
    }
  }
  result.concordance = pairs > 0 ? right / pairs : std::numeric_limits<double>::quiet_NaN();
  return result;
}

}  // namespace

std::vector<int> curve_days() {
  std::vector<int> days;
  for (int day = 0; day <= 720; day += 30) days.push_back(day);
  days.push_back(365);
  days.push_back(730);
  std::sort(days.begin(), days.end());
  return days;
}

SpellForecast forecast_spells(const AttemptWorld& attempt, std::span<const Theta> thetas,
                              const ForecastSettings& settings) {
  const std::vector<int> days = curve_days();
  SpellForecast forecast{std::vector<double>(days.size(), 0.0), std::vector<double>(days.size(), 0.0)};
  State state(attempt.world);
  const std::uint64_t first = first_turn(settings.seed, thetas.size());
  const std::uint64_t most = 8 * settings.replicates;
  double seized = 0.0;
  double led = 0.0;
  for (std::uint64_t replicate = 0; replicate < most && seized < static_cast<double>(settings.replicates);
       ++replicate) {
    const Theta& theta = thetas[scattered(first + replicate, thetas.size())];
    const ReplicateId id{settings.seed, attempt.stream, replicate_of_future(replicate)};
    const RunRecord record = run(attempt.world, theta, id, state, Until::horizon);
    if (!is_seized(record.outcome)) continue;
    seized += 1.0;
    const auto after = [&](double hour) {
      return std::isnan(hour) ? never : (hour - record.taken_hour) / hours_per_day;
    };
    const double next = after(record.another_seizure_hour);
    const double left = after(record.leader_exit_hour);
    const bool leads = left > days_to_hold;
    led += leads ? 1.0 : 0.0;
    for (std::size_t index = 0; index < days.size(); ++index) {
      if (next > days[index]) forecast.further[index] += 1.0;
      if (leads && left > days[index]) forecast.leader[index] += 1.0;
    }
  }
  // Half a future of each kind more (Jeffreys), for where hardly any seizes power.
  for (double& share : forecast.further) share = (share + 0.5) / (seized + 1.0);
  for (double& share : forecast.leader) share = (share + 0.5) / (led + 1.0);
  return forecast;
}

SurvivalScores score_survival(const Record& record, const std::vector<bool>& counts,
                              const std::vector<std::size_t>& folds, const std::vector<SpellForecast>& forecasts) {
  std::vector<Spell> further, leader;
  std::vector<std::vector<double>> further_curves, leader_curves;
  for (std::size_t index = 0; index < record.attempts.size(); ++index) {
    further_curves.push_back(forecasts[index].further);
    leader_curves.push_back(forecasts[index].leader);
    const Attempt& attempt = record.attempts[index];
    if (!counts[index] || !attempt.succeeded) continue;
    const auto followed = static_cast<double>((record.until - attempt.date).count());
    further.push_back({attempt.days_to_next_success.value_or(never), followed, index, folds[index]});
    if (!has_leader_spell(record, attempt)) continue;
    const bool open = attempt.leader_after_censored && *attempt.leader_after_censored > 0;
    leader.push_back(
        {open ? never : *attempt.leader_after_days, open ? *attempt.leader_after_days : followed, index, folds[index]});
  }
  return {score(further, further_curves), score(leader, leader_curves)};
}

}  // namespace interregnum
