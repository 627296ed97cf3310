#pragma once

#include <cstddef>
#include <string_view>

namespace interregnum {

/// Letters to insert, leave out, replace, or swap with their neighbour (Damerau 1964).
std::size_t edit_distance(std::string_view left, std::string_view right);

}  // namespace interregnum
