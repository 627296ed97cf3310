#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/run_record.hpp"
#include "model/events.hpp"
#include "model/theta_draws.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace interregnum {

class NewFile;
class SqliteDatabase;

/// One run as an SQLite file (tables: docs/results-file.md). Written as a NewFile, whose errors it throws, and renamed
/// by `finish`; without that call nothing is left behind. The same run gives the same bytes.
class ResultsFile {
 public:
  /// Throws InputError if the file exists and `overwrite` is false, or if it cannot be written; with `overwrite`, what
  /// an ended program left beside the old file (X-journal, X-wal) goes with it.
  ResultsFile(const std::string& path, bool overwrite);
  ~ResultsFile();
  ResultsFile(const ResultsFile&) = delete;
  ResultsFile& operator=(const ResultsFile&) = delete;

  /// `settings`: name and value of what else is needed to run it again.
  void add_run(const Scenario& scenario, const ThetaDraws& thetas,
               const std::vector<std::pair<std::string, std::string>>& settings);
  void add_records(std::span<const RunRecord> records);
  void add_events(const World& world, std::uint64_t replicate, const std::vector<Event>& events);
  void finish();

 private:
  std::unique_ptr<NewFile> file_;
  std::unique_ptr<SqliteDatabase> database_;  ///< declared after the file, so that it is closed first
};

}  // namespace interregnum
