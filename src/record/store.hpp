#pragma once

#include <functional>
#include <string>

#include "record/attempt.hpp"
#include "record/match.hpp"

namespace interregnum {

/// The record that ships with the program, from its folder `data`. Throws InputError if a file is missing or damaged.
Record read_shipped_record(const std::string& folder);

/// The states of a table in the columns of data/states.csv, the periods of each below one another. Throws InputError.
States read_states(const std::string& path);

/// The attempts as a table separated by commas, in the columns of data/attempts.csv.
std::string attempts_csv(const Record& record);

/// The last month of each year on record, in the columns of data/country_years.csv.
std::string country_years_csv(const Record& record);

/// Whether there is a store: a file that is not empty. Throws InputError if that cannot be found out, or if there is
/// something else: a folder, a device, a pipe.
bool has_store(const std::string& path);

/// What was imported into a store (SQLite): a table for each dataset, and `attempts` as they were matched. Where there
/// is no store, nothing was. Throws InputError for a file that is no store.
Imports read_store(const std::string& path);

/// The attempts on record given all that was imported.
using MakeRecord = std::function<Record(const Imports&)>;

/// Replaces what the store holds of the datasets in `changed`, and the attempts, by a new file beside the old one that
/// takes its name once it is whole (NewFile). Imports into stores of one folder wait for each other, so that none loses
/// the rows of another. Throws InputError or ResourceError; then the store is as it was.
void update_store(const std::string& path, const Imports& changed, const MakeRecord& make_record);

}  // namespace interregnum
