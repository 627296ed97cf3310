#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace interregnum {

/// `did you mean 'x'?` for the known word nearest to `word` (edit distance with transpositions, Damerau 1964); empty if
/// none is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

}  // namespace interregnum
