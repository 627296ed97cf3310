#include "scoring/validation.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <map>
#include <set>

#include "analysis/record_summary.hpp"
#include "analysis/thin_country.hpp"
#include "base/identifiers.hpp"
#include "base/quantity.hpp"
#include "engine/ensemble.hpp"
#include "fit/questions.hpp"
#include "record/success_shares.hpp"
#include "scoring/seizure_ends.hpp"
#include "world/world.hpp"

namespace interregnum {

namespace {

constexpr std::array<int, 5> survival_days{30, 90, 180, 365, 730};
constexpr int country_year_step = 9;

/// A quantity on both sides.
struct Both {
  std::string meaning;
  Tally record;
  GroupedCount model;
};

/// The quantities by name, in the order in which they were first named.
class Ledger {
 public:
  Both& of(const std::string& name, const std::string& meaning) {
    const auto [entry, added] = index_.try_emplace(name, list_.size());
    if (added) list_.push_back({name, {meaning, {}, {}}});
    return list_[entry->second].second;
  }
  std::vector<Check> checks() const {
    std::vector<Check> checks;
    for (const auto& [name, both] : list_) {
      if (both.record.n == 0 || both.model.trials() == 0) continue;
      checks.push_back({name, both.meaning, both.record.estimate(), both.model.estimate()});
    }
    return checks;
  }

 private:
  std::map<std::string, std::size_t> index_;
  std::vector<std::pair<std::string, Both>> list_;
};

double days_to_end(const Record& record, const Attempt& attempt) {
  return static_cast<double>((record.until - attempt.date).count());
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> success_quantities{{
    {"success", "attempts that succeed"},
    {"success_cam_combat", "attempts that succeed, CAM's rank combat"},
    {"success_cam_elite", "attempts that succeed, CAM's rank elite"},
    {"success_colpus_junior", "attempts that succeed, Colpus: junior officers"},
    {"success_colpus_others", "attempts that succeed, Colpus: others"},
}};

int decade_of(const Attempt& attempt) { return year_of(attempt.date) / 10 * 10; }

/// The decades, by their first year, of which most is on record.
std::set<int> decades_of(const Record& record) {
  constexpr int least_years = 5;
  std::set<int> decades;
  for (const Attempt& attempt : record.attempts) {
    if (year_of(record.until) - decade_of(attempt) + 1 >= least_years) decades.insert(decade_of(attempt));
  }
  return decades;
}

/// The quantities of success that an attempt belongs to, by what was known of it before.
std::vector<std::string> success_quantities_of(const Attempt& attempt, const std::set<int>& decades) {
  std::vector<std::string> names{"success"};
  if (!attempt.cam_rank.empty()) names.push_back("success_cam_" + attempt.cam_rank);
  if (const std::string rank = attempt.colpus_rank(); !rank.empty())
    names.emplace_back(rank == "junior" || rank == "both" ? "success_colpus_junior" : "success_colpus_others");
  if (decades.contains(decade_of(attempt))) names.push_back(fmt::format("success_{}s", decade_of(attempt)));
  return names;
}

enum class Exit { in_office, irregular, regular, foreign, other };
constexpr std::array exits_by_kind{Exit::irregular, Exit::regular, Exit::foreign, Exit::other};
constexpr std::array<std::string_view, 5> exit_names{"in_office", "irregular", "regular", "foreign", "other"};

Exit exit_on_record(const std::string& exit) {
  if (exit.empty()) return Exit::in_office;
  if (exit == "Irregular") return Exit::irregular;
  if (exit == "Regular") return Exit::regular;
  return exit == "Foreign" ? Exit::foreign : Exit::other;
}

struct FateQuantity {
  OverthrownFate fate;
  std::string_view name, meaning;
};
constexpr std::array<FateQuantity, 3> fate_quantities{{
    {OverthrownFate::fled, "fate_fled", "rulers overthrown who fled or were exiled"},
    {OverthrownFate::custody, "fate_custody", "rulers overthrown who were arrested, jailed or tried"},
    {OverthrownFate::killed, "fate_killed", "rulers overthrown who were killed (the model has no such end)"},
}};

/// As Archigos would code them: who is removed by force leaves irregularly; who hands over, or is replaced by the junta
/// itself, regularly.
Exit exit_of(const RunRecord& record) {
  switch (record.leader_exit) {
    case LeaderExit::in_office:
      return Exit::in_office;
    case LeaderExit::death:
      return Exit::other;
    case LeaderExit::succession:
    case LeaderExit::stand_in_replaced:
      return Exit::regular;
    case LeaderExit::with_the_junta:
      break;
  }
  if (record.outcome == Outcome::intervention) return Exit::foreign;
  return record.outcome == Outcome::handover ? Exit::regular : Exit::irregular;
}

class Validating {
 public:
  Validating(const Record& record, const ThetaDraws& thetas, const ValidationSettings& settings)
      : record_(record), thetas_(thetas), settings_(settings), decades_(decades_of(record)) {
    // In the order in which they are read.
    for (const auto& [name, meaning] : success_quantities) ledger_.of(std::string(name), std::string(meaning));
    for (const int decade : decades_)
      ledger_.of(fmt::format("success_{}s", decade), fmt::format("attempts that succeed, {}s", decade));
    deaths_of(true);
    deaths_of(false);
    costly();
    reversed();
    for (const FateQuantity& quantity : fate_quantities) fate(quantity);
    for (const int days : survival_days) further(days);
    for (const int days : survival_days) office(days);
    for (const Exit exit : exits_by_kind) exits(exit);
    for (const bool success : {false, true}) {
      for (const int years : {1, 2}) another(success, years);
    }
    for (const int count : {0, 1, 2}) years_with_attempt(count);
  }

  void attempt(const Attempt& attempt) {
    const World world = compile_country(thin_country(record_, attempt), attempt.id);
    GroupedCount seized;
    const auto quantities = success_quantities_of(attempt, decades_);
    add_record(attempt, quantities);
    EnsembleCallbacks callbacks;
    callbacks.records = [&](std::span<const RunRecord> records) {
      for (const RunRecord& run : records) {
        seized.add(run.input_draw, is_seized(run.outcome), run.parameter_draw);
        add_model(attempt, quantities, run);
      }
    };
    play(world, attempt.id, settings_.replicates, Until::horizon, callbacks);
    result_.attempts.push_back({attempt.id, seized.estimate(), attempt.succeeded});
  }

  void country_year(const SovereignState& country, int year) {
    const std::chrono::sys_days start(std::chrono::year(year) / 1 / 1);
    if (record_.month_before(country.code, start) == nullptr) return;
    const std::string id = fmt::format("{}-{}", country.code, year);
    const World world = compile_country(watched_country(record_, country, start, 12), id);
    Both& both = recent_attempts(country.code, year);
    EnsembleCallbacks callbacks;
    callbacks.records = [&](std::span<const RunRecord> records) {
      for (const RunRecord& run : records) add(both, run, !std::isnan(run.attempt_hour));
    };
    const std::uint64_t replicates = std::max<std::uint64_t>(4, settings_.replicates / 10);
    play(world, id, replicates, Until::seizure, callbacks);
  }

  /// Whether there was an attempt in the year, on record.
  void country_year_on_record(int code, int year) {
    bool seen = false;
    for (const Attempt& attempt : record_.attempts)
      seen = seen || (attempt.country_code == code && year_of(attempt.date) == year);
    recent_attempts(code, year).record.add(seen);
  }

  Validation finish() {
    result_.checks = ledger_.checks();
    score();
    return std::move(result_);
  }

 private:
  /// With a stream of its own, since attempts must be independent of each other, and with draws of the parameters that
  /// the one before has not used.
  void play(const World& world, const std::string& id, std::uint64_t replicates, Until until,
            const EnsembleCallbacks& callbacks) {
    run_ensemble(world, thetas_.without_first(draws_before_),
                 {settings_.seed, hash_identifier(id), replicates, settings_.threads, until}, callbacks);
    draws_before_ += ReplicateId{settings_.seed, 0, replicates - 1}.parameter_turn() + 1;
    ++groups_before_;
  }

  void add(Both& both, const RunRecord& run, bool happened) const {
    const std::uint64_t group = groups_before_ * (std::uint64_t{1} << 32U) + run.input_draw;
    both.model.add(group, happened, run.parameter_draw);
  }

  int attempts_before(int code, int year) const {
    int count = 0;
    for (const Attempt& attempt : record_.attempts) {
      const int other = year_of(attempt.date);
      if (attempt.country_code == code && other < year && other >= year - 5) ++count;
    }
    return count;
  }
  Both& years_with_attempt(int count) {
    return ledger_.of(fmt::format("attempt_in_a_year_after_{}", count),
                      fmt::format("years with an attempt, {} in the five years before",
                                  count == 2 ? "two or more" : (count == 1 ? "one" : "none")));
  }
  Both& recent_attempts(int code, int year) { return years_with_attempt(std::min(2, attempts_before(code, year))); }

  Both& deaths_of(bool succeeded) {
    return ledger_.of(succeeded ? "no_deaths_if_succeeded" : "no_deaths_if_failed",
                      succeeded ? "successes without deaths" : "failures without deaths");
  }
  Both& costly() { return ledger_.of("deaths_above_96", "attempts with more than 96 deaths"); }
  Both& reversed() { return ledger_.of("reversed", "takings of power that were lost again within seven days"); }
  Both& fate(const FateQuantity& quantity) {
    return ledger_.of(std::string(quantity.name), std::string(quantity.meaning));
  }
  Both& further(int days) {
    return ledger_.of(fmt::format("no_further_success_{}_days", days),
                      fmt::format("no further successful coup within {} days of a success", days));
  }
  Both& office(int days) {
    return ledger_.of(fmt::format("leader_in_office_{}_days", days),
                      fmt::format("first leader, if in office on day 7, still there after {} days", days));
  }
  Both& exits(Exit exit) {
    return ledger_.of(
        fmt::format("exit_{}", exit_names[static_cast<std::size_t>(exit)]),
        fmt::format("of his exits between day 7 and day 730: {}", exit_names[static_cast<std::size_t>(exit)]));
  }
  Both& another(bool succeeded, int years) {
    return ledger_.of(fmt::format("another_attempt_{}_year{}_after_{}", years, years > 1 ? "s" : "",
                                  succeeded ? "success" : "failure"),
                      fmt::format("another attempt within {} of a {}", years > 1 ? "two years" : "a year",
                                  succeeded ? "success" : "failure"));
  }

  void add_record(const Attempt& attempt, const std::vector<std::string>& quantities) {
    const bool won = attempt.succeeded;
    for (const std::string& name : quantities) ledger_.of(name, "").record.add(won);
    if (attempt.csp_deaths) {
      deaths_of(won).record.add(*attempt.csp_deaths == 0);
      costly().record.add(*attempt.csp_deaths > many_deaths);
    }
    if (const auto lost = lost_again(attempt)) reversed().record.add(*lost);
    if (const auto of_ruler = fate_of_overthrown(attempt); of_ruler && won) {
      for (const FateQuantity& quantity : fate_quantities) fate(quantity).record.add(*of_ruler == quantity.fate);
    }
    const double followed = days_to_end(record_, attempt);
    for (const int years : {1, 2}) {
      if (followed >= 365.0 * years)
        another(won, years).record.add(attempt.days_to_next_attempt && *attempt.days_to_next_attempt <= 365.0 * years);
    }
    if (!won) return;
    for (const int days : survival_days) {
      if (followed >= days)
        further(days).record.add(!(attempt.days_to_next_success && *attempt.days_to_next_success <= days));
    }
    if (!attempt.leader_after_days || *attempt.leader_after_days <= 7) return;
    const bool open = attempt.leader_after_censored && *attempt.leader_after_censored > 0;
    for (const int days : survival_days) {
      if (!open || *attempt.leader_after_days >= days) office(days).record.add(*attempt.leader_after_days >= days);
    }
    if (!open && *attempt.leader_after_days <= 730) {
      for (const Exit exit : exits_by_kind) exits(exit).record.add(exit_on_record(attempt.leader_after_exit) == exit);
    }
  }

  void add_model(const Attempt& attempt, const std::vector<std::string>& quantities, const RunRecord& run) {
    const bool won = is_seized(run.outcome);
    for (const std::string& name : quantities) add(ledger_.of(name, ""), run, won);
    if (attempt.csp_deaths) {
      add(deaths_of(won), run, run.deaths < 0.5);
      add(costly(), run, run.deaths > many_deaths);
    }
    // As on record: of the attempts that have an entry in the Cline project.
    if (const auto lost = lost_again(run); lost && attempt.cdp_realized) add(reversed(), run, *lost);
    if (won && fate_of_overthrown(attempt)) {
      for (const FateQuantity& quantity : fate_quantities)
        add(fate(quantity), run, fate_of_overthrown(run) == quantity.fate);
    }
    const auto within = [](double hour, double from, double days) {
      return !std::isnan(hour) && hour - from <= days * hours_per_day;
    };
    for (const int years : {1, 2})
      add(another(won, years), run, within(run.another_attempt_hour, run.attempt_hour, 365.0 * years));
    if (!won) return;
    for (const int days : survival_days)
      add(further(days), run, !within(run.another_seizure_hour, run.taken_hour, days));
    if (within(run.leader_exit_hour, run.taken_hour, 7)) return;
    for (const int days : survival_days) add(office(days), run, !within(run.leader_exit_hour, run.taken_hour, days));
    if (within(run.leader_exit_hour, run.taken_hour, 730)) {
      for (const Exit exit : exits_by_kind) add(exits(exit), run, exit_of(run) == exit);
    }
  }

  /// Beside the model: the share of successes, and the share by CAM's rank, in ten folds of whole countries.
  void score() {
    constexpr int folds = 10;
    std::map<int, int> fold;
    for (const Attempt& attempt : record_.attempts)
      fold.try_emplace(attempt.country_code, static_cast<int>(fold.size()) % folds);
    std::vector<SuccessShares> of_others;
    for (int left_out = 0; left_out < folds; ++left_out) {
      std::vector<bool> train;
      for (const Attempt& attempt : record_.attempts) train.push_back(fold[attempt.country_code] != left_out);
      of_others.emplace_back(record_.attempts, train);
    }
    std::map<std::string, Forecast> model;
    for (const AttemptForecast& forecast : result_.attempts)
      model[forecast.attempt] = {forecast.seized.p, forecast.succeeded};
    std::vector<Forecast> of_model;
    std::vector<Forecast> of_base;
    std::vector<Forecast> of_rank;
    for (const Attempt& attempt : record_.attempts) {
      const auto found = model.find(attempt.id);
      if (found == model.end()) continue;
      const SuccessShares& shares = of_others[static_cast<std::size_t>(fold[attempt.country_code])];
      of_model.push_back(found->second);
      of_base.push_back({shares.base_rate(), attempt.succeeded});
      of_rank.push_back({shares.by_rank(attempt), attempt.succeeded});
    }
    for (const auto& [name, forecasts] : {std::pair{"model", of_model}, {"base_rate", of_base}, {"rank", of_rank}}) {
      if (!forecasts.empty())
        result_.scores.push_back({name, brier_score(forecasts), log_loss(forecasts), roc_area(forecasts)});
    }
  }

  const Record& record_;
  const ThetaDraws& thetas_;
  const ValidationSettings& settings_;
  std::set<int> decades_;
  Ledger ledger_;
  Validation result_;
  std::uint64_t groups_before_ = 0, draws_before_ = 0;
};

}  // namespace

Validation validate(const Record& record, const ThetaDraws& thetas, const ValidationSettings& settings,
                    const std::function<void(std::uint64_t, std::uint64_t)>& progress,
                    const std::function<bool()>& stop) {
  Validating validating(record, thetas, settings);
  std::vector<std::pair<const SovereignState*, int>> years;
  int position = 0;
  const std::chrono::year_month last_december =
      std::chrono::year(last_whole_year(record.until)) / std::chrono::December;
  for (const auto& [code, months] : record.months) {
    for (const CountryMonth& month : months) {
      // A year counts if all of it is on record.
      if (month.month.month() != std::chrono::December || month.month >= last_december) continue;
      const int year = static_cast<int>(month.month.year()) + 1;
      const SovereignState* country = record.states.of_code(code);
      if (country != nullptr && !country->existed(std::chrono::sys_days(std::chrono::year(year) / 1 / 1))) continue;
      validating.country_year_on_record(code, year);
      if (country != nullptr && position++ % country_year_step == 0) years.emplace_back(country, year);
    }
  }
  const std::uint64_t total = record.attempts.size() + years.size();
  std::uint64_t done = 0;
  bool stopped = false;
  const auto go_on = [&] {
    stopped = stopped || (stop && stop());
    if (!stopped && progress) progress(done, total);
    ++done;
    return !stopped;
  };
  for (const Attempt& attempt : record.attempts) {
    if (go_on()) validating.attempt(attempt);
  }
  for (const auto& [country, year] : years) {
    if (go_on()) validating.country_year(*country, year);
  }
  if (progress && !stopped) progress(total, total);
  Validation result = validating.finish();
  result.complete = !stopped;
  return result;
}

}  // namespace interregnum
