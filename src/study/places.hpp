#pragma once

#include <string>

namespace interregnum {

/// Where something that ships with the program is found, and how it was found.
struct ShippedPlace {
  std::string path, how;
};

// Looked for in this order: the folder that the user's variable names; beside the program, wherever it has been moved
// to; where it was to be installed when it was built (docs/decisions/0013-where-what-ships-is-found.md). A program that
// was copied away from all of them has nothing, and says so when it needs it.

/// The record that ships and the fitted parameters; INTERREGNUM_DATA.
const ShippedPlace& shipped_data_place();
/// The page that reports are written into; INTERREGNUM_PAGE.
const ShippedPlace& shipped_page_place();

inline const std::string& shipped_data() { return shipped_data_place().path; }
inline const std::string& shipped_page() { return shipped_page_place().path; }

}  // namespace interregnum
