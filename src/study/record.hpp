#pragma once

#include <string>

#include "record/match.hpp"

namespace interregnum {

/// Where the user's store of imported datasets is, or would be written: `file` if it is not empty, else
/// $XDG_DATA_HOME/interregnum/record.db (XDG Base Directory Specification). Empty if there is no home.
std::string record_store(const std::string& file);

/// The record that ships with what the store holds. Throws InputError; a `file` that was named must exist.
Record load_record(const std::string& file);

}  // namespace interregnum
