#include "report/results_file.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/dates.hpp"
#include "base/version.hpp"
#include "files/sqlite.hpp"
#include "model/event_table.hpp"
#include "report/narrator.hpp"

namespace interregnum {

namespace {

constexpr const char* tables = R"(
CREATE TABLE run (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE parameters (key TEXT PRIMARY KEY, value REAL NOT NULL, unit TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE replicates (
  replicate INTEGER PRIMARY KEY, input_draw INTEGER NOT NULL, parameter_draw INTEGER NOT NULL, outcome TEXT NOT NULL, seized INTEGER NOT NULL, tier TEXT,
  attempt_hour REAL, taken_hour REAL, decided_hour REAL, ended_hour REAL NOT NULL, handover TEXT NOT NULL, another_attempt_hour REAL,
  another_seizure_hour REAL, leader_exit TEXT NOT NULL, leader_exit_hour REAL, deaths INTEGER, deaths_in_all INTEGER NOT NULL,
  initial_cohesion REAL, towns_lost INTEGER NOT NULL, peak_lost REAL NOT NULL, peak_against REAL NOT NULL, peak_for REAL NOT NULL,
  reasons TEXT, undecided_at_day_seven INTEGER);
CREATE TABLE events (
  replicate INTEGER NOT NULL, position INTEGER NOT NULL, hour REAL NOT NULL, date TEXT NOT NULL, event TEXT NOT NULL, actor TEXT, place TEXT,
  site TEXT, amount REAL, belief REAL, reasons TEXT, text TEXT NOT NULL, PRIMARY KEY (replicate, position)) WITHOUT ROWID;
)";

/// `crowds_against +1.30, support -0.42`; empty if nothing is known.
std::string reasons_text(const Reasons& reasons) {
  std::string text;
  for (const Reason& reason : reasons.top()) {
    if (reason.term == Term::nothing) continue;
    text += fmt::format("{}{} {:+.2f}", text.empty() ? "" : ", ",
                        term_descriptions[static_cast<std::size_t>(reason.term)].name, reason.amount);
  }
  return text;
}

}  // namespace

ResultsFile::ResultsFile(const std::string& path, bool overwrite)
    : file_(std::make_unique<NewFile>(path, overwrite, Content::sqlite)),
      database_(std::make_unique<SqliteDatabase>(*file_)) {
  database_->execute(tables);
}

ResultsFile::~ResultsFile() = default;

void ResultsFile::add_run(const Scenario& scenario, const ThetaDraws& thetas,
                          const std::vector<std::pair<std::string, std::string>>& settings) {
  SqliteStatement insert(*database_, "INSERT INTO run VALUES (?, ?)");
  insert.bind(std::string("version")).bind(std::string(version)).execute();
  insert.bind(std::string("scenario")).bind(scenario.name).execute();
  insert.bind(std::string("scenario_text")).bind(scenario.text).execute();
  // Of two changes of the same key the later one holds.
  SqliteStatement setting(*database_, "INSERT OR REPLACE INTO run VALUES (?, ?)");
  for (const auto& [name, value] : settings) setting.bind(name).bind(value).execute();
  SqliteStatement parameter(*database_, "INSERT INTO parameters VALUES (?, ?, ?)");
  Theta mean = thetas.mean();
  for (const ParameterEntry& entry : parameter_list()) {
    parameter.bind(entry.key).bind(entry.value(mean)).bind(std::string(entry.unit)).execute();
  }
}

void ResultsFile::add_records(std::span<const RunRecord> records) {
  SqliteStatement insert(
      *database_,
      "INSERT INTO replicates VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const RunRecord& record : records) {
    // The columns of the first attempt are NULL where nobody moved.
    const auto of_attempt = [&](std::int64_t number) { record.tier ? insert.bind(number) : insert.bind_or_null(""); };
    insert.bind(static_cast<std::int64_t>(record.replicate))
        .bind(static_cast<std::int64_t>(record.input_draw))
        .bind(static_cast<std::int64_t>(record.parameter_draw))
        .bind(std::string(description_of(record.outcome).name))
        .bind(static_cast<std::int64_t>(is_seized(record.outcome)))
        .bind_or_null(record.tier ? std::string(rank_names[static_cast<std::size_t>(*record.tier)]) : "")
        .bind(record.attempt_hour)
        .bind(record.taken_hour)
        .bind(record.decided_hour)
        .bind(record.ended_hour)
        .bind(std::string(handover_names[static_cast<std::size_t>(record.handover)]))
        .bind(record.another_attempt_hour)
        .bind(record.another_seizure_hour)
        .bind(std::string(leader_exit_names[static_cast<std::size_t>(record.leader_exit)]))
        .bind(record.leader_exit_hour);
    of_attempt(static_cast<std::int64_t>(record.deaths));
    insert.bind(static_cast<std::int64_t>(record.deaths_in_all))
        .bind(record.initial_cohesion)
        .bind(static_cast<std::int64_t>(record.towns_lost))
        .bind(record.peak_lost)
        .bind(record.peak_against)
        .bind(record.peak_for)
        .bind_or_null(reasons_text(record.reasons));
    of_attempt(static_cast<std::int64_t>(record.undecided_at_day_seven));
    insert.execute();
  }
}

void ResultsFile::add_events(const World& world, std::uint64_t replicate, const std::vector<Event>& events) {
  SqliteStatement insert(*database_, "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  Narrator narrator(world);
  for (std::size_t position = 0; position < events.size(); ++position) {
    const Event& event = events[position];
    insert.bind(static_cast<std::int64_t>(replicate))
        .bind(static_cast<std::int64_t>(position))
        .bind(event.hour)
        .bind(date_time_after(world.start_time, event.hour))
        .bind(std::string(description_of(event.kind).name))
        .bind_or_null(event_actor(world, event))
        .bind_or_null(event_place(world, event))
        .bind_or_null(event_site(world, event))
        .bind(event.amount)
        .bind(event.belief)
        .bind_or_null(reasons_text(event.reasons))
        .bind(narrator.tell(event))
        .execute();
  }
}

void ResultsFile::finish() {
  database_->close();
  file_->commit();
}

}  // namespace interregnum
