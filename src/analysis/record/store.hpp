#pragma once

#include <string>

#include "analysis/record/attempt.hpp"
#include "analysis/record/match.hpp"

namespace interregnum {

/// The record that ships with the program, from its folder `data`. Throws InputError if a file is missing or damaged.
Record read_shipped_record(const std::string& folder);

/// The states of a table in the columns of data/states.csv, the periods of each below one another. Throws InputError.
States read_states(const std::string& path);

/// The attempts as a table separated by commas, in the columns of data/attempts.csv.
std::string attempts_csv(const Record& record);

/// The last month of each year on record, in the columns of data/country_years.csv.
std::string country_years_csv(const Record& record);

/// What was imported into a store (SQLite): a table for each dataset, and `attempts` as they were matched. A store that
/// does not exist holds nothing. Throws InputError for a file that is no store.
Imports read_store(const std::string& path);

/// Replaces the tables of the datasets in `changed` and the table of attempts, all of it or nothing (a transaction).
void write_store(const std::string& path, const Imports& changed, const Record& record);

}  // namespace interregnum
