#include "record/match.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/dates.hpp"
#include "record/country_months.hpp"

namespace interregnum {

namespace {

constexpr std::size_t unmatched = static_cast<std::size_t>(-1);

int days_between(std::chrono::sys_days from, std::chrono::sys_days to) { return static_cast<int>((to - from).count()); }

/// For each row the attempt that it belongs to: the nearest pairs first, each row and each attempt once.
std::vector<std::size_t> pair_up(const std::vector<Attempt>& attempts, const std::vector<DatasetRow>& rows,
                                 const std::vector<bool>& counts) {
  struct Pair {
    int days;
    std::size_t attempt, row;
  };
  std::multimap<int, std::size_t> by_country;
  for (std::size_t index = 0; index < attempts.size(); ++index) by_country.emplace(attempts[index].country_code, index);
  std::vector<Pair> pairs;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (!counts[row]) continue;
    const auto [begin, end] = by_country.equal_range(rows[row].country_code);
    for (auto entry = begin; entry != end; ++entry) {
      const int days = std::abs(days_between(attempts[entry->second].date, rows[row].date));
      if (days <= days_apart) pairs.push_back({days, entry->second, row});
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.days < b.days; });
  std::vector<std::size_t> attempt_of(rows.size(), unmatched);
  std::set<std::size_t> taken;
  for (const Pair& pair : pairs) {
    if (attempt_of[pair.row] != unmatched || !taken.insert(pair.attempt).second) continue;
    attempt_of[pair.row] = pair.attempt;
  }
  return attempt_of;
}

class Rebuilding {
 public:
  Rebuilding(Record& record, const Imports& imports) : record_(record), imports_(imports) {}

  MatchReport rebuild() {
    shipped_until_ = record_.until;
    if (const auto* rows = rows_of("powell_thyne")) take_attempts(*rows);
    if (record_.attempts.empty()) return report_;
    if (const auto* rows = rows_of("cam")) add_cam(*rows);
    if (const auto* rows = rows_of("colpus")) add_colpus(*rows);
    if (const auto* rows = rows_of("cline_cdp")) add_cline(*rows);
    if (const auto* rows = rows_of("archigos")) add_leaders(*rows);
    if (const auto* rows = rows_of("country_months")) add_months(*rows);
    find_rank_disagreements();
    for (auto& [name, of] : report_.datasets) {
      of.until = name == "archigos" ? end_of_leaders() : imports_.find(name)->second.until;
      of.no_state = rows_without_state(dataset_named(name));
    }
    return report_;
  }

 private:
  const std::vector<DatasetRow>* rows_of(std::string_view name) const {
    const auto found = imports_.find(name);
    return found == imports_.end() || found->second.rows.empty() ? nullptr : &found->second.rows;
  }

  /// Rows under a code that no state had on their day: of another system of codes, or a slip. A spell of a leader and
  /// a month have more days than one; one day that the state has is enough. Nothing if the states are not known.
  std::vector<std::string> rows_without_state(const Dataset& dataset) const {
    std::vector<std::string> found;
    if (record_.states.all().empty()) return found;
    const int end = dataset.column("enddate");
    for (const DatasetRow& row : imports_.find(dataset.name)->second.rows) {
      std::chrono::sys_days to = row.date;
      if (dataset.name == "country_months") to = month_of(row.date) / std::chrono::last;
      if (end >= 0) to = parse_date(row.text(end)).value_or(last_day_of_tables);
      const bool is_state = dataset.codes == CodeSystem::gleditsch_ward
                                ? record_.states.of_gw_code(row.country_code, row.date, to) != nullptr
                                : record_.states.existed(row.country_code, row.date, to);
      if (!is_state) found.push_back(written(row));
    }
    return found;
  }

  static std::string written(const DatasetRow& row) {
    return fmt::format("{}-{} (line {})", row.country_code, to_text(row.date), row.line);
  }

  /// A list of leaders that leaves the ends of open spells blank does not say how far it goes; published lists go at
  /// least as far as the one that ships.
  std::chrono::sys_days end_of_leaders() const {
    const Import& leaders = imports_.find("archigos")->second;
    return leaders.until_was_given ? leaders.until : std::max(leaders.until, shipped_until_);
  }

  void take_attempts(const std::vector<DatasetRow>& rows) {
    const Dataset& dataset = dataset_named("powell_thyne");
    std::map<std::string, Attempt> known;
    for (Attempt& attempt : record_.attempts) known.emplace(attempt.id, std::move(attempt));
    record_.attempts.clear();
    for (const DatasetRow& row : rows) {
      const std::string id = fmt::format("{}-{}", row.country_code, to_text(row.date));
      Attempt attempt;
      if (const auto found = known.find(id); found != known.end()) attempt = found->second;
      attempt.id = id;
      attempt.country_code = row.country_code;
      const SovereignState* state = record_.states.of_code(row.country_code);
      attempt.country = state != nullptr ? state->last().name : row.text(dataset.column("country"));
      attempt.date = row.date;
      attempt.succeeded = row.number(dataset.column("coup")) == 2.0;
      record_.attempts.push_back(std::move(attempt));
    }
    record_.until = imports_.find("powell_thyne")->second.until;
    // What the shipped table knows of leaders goes beyond a record that ends earlier.
    if (record_.until < shipped_until_) {
      for (Attempt& attempt : record_.attempts) cut_leader_at(attempt, record_.until);
    }
    std::sort(record_.attempts.begin(), record_.attempts.end(), [](const Attempt& a, const Attempt& b) {
      return std::pair(a.country_code, a.date) < std::pair(b.country_code, b.date);
    });
    add_intervals(record_.attempts);
    report_.datasets["powell_thyne"] = {rows.size(), rows.size(), {}, {}, {}};
  }

  void clear(std::string_view source, const std::set<std::string_view>& kept = {}) {
    for (const AttemptColumn& column : attempt_columns()) {
      if (column.source != source || kept.contains(column.name)) continue;
      for (Attempt& attempt : record_.attempts)
        std::visit([&](const auto member) { attempt.*member = {}; }, column.member);
    }
  }

  /// Pairs rows and attempts, clears what the source said before (but for columns that are kept), and calls
  /// `take(attempt, row)` for each pair.
  template <class Take>
  void add(std::string_view name, const std::vector<DatasetRow>& rows, const std::vector<bool>& counts,
           const Take& take, const std::set<std::string_view>& kept = {}) {
    clear(name, kept);
    const auto attempt_of = pair_up(record_.attempts, rows, counts);
    MatchReport::OfDataset& of = report_.datasets[std::string(name)];
    const auto [first, last] = std::minmax_element(record_.attempts.begin(), record_.attempts.end(),
                                                   [](const Attempt& a, const Attempt& b) { return a.date < b.date; });
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (!counts[row]) continue;
      ++of.rows;
      if (attempt_of[row] != unmatched) {
        ++of.matched;
        take(record_.attempts[attempt_of[row]], rows[row]);
      } else if (rows[row].date >= first->date && rows[row].date <= last->date) {
        of.unmatched.push_back(written(rows[row]));
      }
    }
  }

  void compare_outcome(const Attempt& attempt, std::string_view name, bool succeeded) {
    if (succeeded == attempt.succeeded) return;
    report_.outcome_disagreements.push_back(fmt::format("{}: {} in Powell & Thyne, {} in {}", attempt.id,
                                                        attempt.succeeded ? "succeeded" : "failed",
                                                        succeeded ? "succeeded" : "failed", name));
  }

  void add_cam(const std::vector<DatasetRow>& rows) {
    const Dataset& dataset = dataset_named("cam");
    add("cam", rows, std::vector<bool>(rows.size(), true), [&](Attempt& attempt, const DatasetRow& row) {
      if (const Known combat = row.number(dataset.column("combat")))
        attempt.cam_rank = *combat > 0 ? "combat" : "elite";
      if (const Known success = row.number(dataset.column("successful"))) compare_outcome(attempt, "CAM", *success > 0);
    });
  }

  void add_colpus(const std::vector<DatasetRow>& rows) {
    const Dataset& dataset = dataset_named("colpus");
    add("colpus", rows, std::vector<bool>(rows.size(), true), [&](Attempt& attempt, const DatasetRow& row) {
      attempt.colpus_senior = row.number(dataset.column("srofficial"));
      attempt.colpus_junior = row.number(dataset.column("jrofficer"));
      attempt.colpus_outside_support = row.number(dataset.column("anyoutsidesupport"));
      // Colpus writes 1 for success and 2 for failure.
      if (const Known success = row.number(dataset.column("success")))
        compare_outcome(attempt, "Colpus", *success == 1);
    });
  }

  void add_cline(const std::vector<DatasetRow>& rows) {
    const Dataset& dataset = dataset_named("cline_cdp");
    std::vector<bool> counts;  // a conspiracy that never began is no attempt
    for (const DatasetRow& row : rows) counts.push_back(row.number(dataset.column("conspiracy")) != 1.0);
    const auto column_of = [&](const AttemptColumn& column) { return dataset.column(column.name.substr(4)); };  // cdp_
    // A file may lack columns that are not needed, as does a store of an earlier version: what the shipped table says
    // of them stays.
    std::set<std::string_view> kept;
    for (const AttemptColumn& column : attempt_columns()) {
      if (column.source != "cline_cdp" || dataset.columns[static_cast<std::size_t>(column_of(column))].needed) continue;
      if (std::none_of(rows.begin(), rows.end(), [&](const auto& row) { return row.number(column_of(column)); }))
        kept.insert(column.name);
    }
    const auto take = [&](Attempt& attempt, const DatasetRow& row) {
      for (const AttemptColumn& column : attempt_columns()) {
        if (column.source == "cline_cdp" && !kept.contains(column.name))
          attempt.*std::get<Known Attempt::*>(column.member) = row.number(column_of(column));
      }
      compare_outcome(attempt, "Cline CDP", row.number(dataset.column("realized")) == 1.0);
    };
    add("cline_cdp", rows, counts, take, kept);
  }

  /// Who ruled when the attempt began; after a success, whose time in office began about then.
  void add_leaders(const std::vector<DatasetRow>& rows) {
    const Dataset& dataset = dataset_named("archigos");
    clear("archigos");
    struct Spell {
      std::chrono::sys_days from, to;
      std::string leader, exit;
    };
    std::map<int, std::vector<Spell>> spells;
    const std::chrono::sys_days end = end_of_leaders();
    for (const DatasetRow& row : rows) {
      if (row.date > end) continue;
      // Blank, 9999-12-31 and whatever else lies after the last day observed: still in office then.
      const auto to = parse_date(row.text(dataset.column("enddate")));
      const bool open = !to || *to > end;
      spells[row.country_code].push_back({row.date, open ? end : *to, row.text(dataset.column("leader")),
                                          open ? "Still in Office" : row.text(dataset.column("exit"))});
    }
    MatchReport::OfDataset& of = report_.datasets["archigos"];
    of.rows = rows.size();
    for (Attempt& attempt : record_.attempts) {
      // Archigos counts by Gleditsch & Ward's codes, which differ by years: Yemen's 678 is 679 from 1990 on.
      std::vector<Spell>& list = spells[record_.states.gw_code(attempt.country_code, attempt.date)];
      std::sort(list.begin(), list.end(), [](const Spell& a, const Spell& b) { return a.from < b.from; });
      bool found = false;
      for (const Spell& spell : list) {
        if (spell.from < attempt.date && days_between(spell.to, attempt.date) <= days_apart) {
          attempt.leader_before = spell.leader;
          found = true;
        }
        // Sources differ by up to three days on when he took office (Oman 1970), and U Nu gave way a month after the
        // army had moved (Burma 1958), which is the longest in the record.
        const int since = days_between(attempt.date, spell.from);
        if (attempt.succeeded && attempt.leader_after.empty() && since >= -4 && since <= 45) {
          attempt.leader_after = spell.leader;
          attempt.leader_after_days = days_between(spell.from, spell.to);
          const bool open = spell.exit == "Still in Office";
          attempt.leader_after_censored = open ? 1.0 : 0.0;
          attempt.leader_after_exit = open ? "" : spell.exit;
        }
      }
      if (found) ++of.matched;
      if (!found) of.unmatched.push_back(attempt.id);
    }
  }

  void add_months(const std::vector<DatasetRow>& rows) {
    clear("country_months");
    record_.months.clear();
    for (CountryMonth& month : months_of(rows)) record_.months[month.country_code].push_back(std::move(month));
    MatchReport::OfDataset& of = report_.datasets["country_months"];
    of.rows = rows.size();
    for (Attempt& attempt : record_.attempts) {
      const auto facts = facts_before(record_, attempt.country_code, attempt.date);
      if (!facts) {
        of.unmatched.push_back(attempt.id);
        continue;
      }
      static_cast<Facts&>(attempt) = *facts;
      ++of.matched;
    }
  }

  void find_rank_disagreements() {
    for (const Attempt& attempt : record_.attempts) {
      const std::string colpus = attempt.colpus_rank();
      if ((attempt.cam_rank == "elite" && colpus == "junior") || (attempt.cam_rank == "combat" && colpus == "senior"))
        report_.rank_disagreements.push_back(
            fmt::format("{}: {} in CAM, {} in Colpus", attempt.id, attempt.cam_rank, colpus));
    }
  }

  Record& record_;
  const Imports& imports_;
  std::chrono::sys_days shipped_until_{};
  MatchReport report_;
};

}  // namespace

MatchReport rebuild(Record& record, const Imports& imports) { return Rebuilding(record, imports).rebuild(); }

}  // namespace interregnum
