#pragma once

#include <array>
#include <string_view>

namespace interregnum {

/// How a country is ruled, in the order of V-Dem's regimes of the world.
inline constexpr std::array<std::string_view, 4> regime_names{"closed_autocracy", "electoral_autocracy",
                                                              "electoral_democracy", "liberal_democracy"};

/// Bounds of what is said of a country in its file and in tables of many countries alike, so that no table takes a
/// value that the file made from it does not.
struct FactBounds {
  double low = 0.0;
  double high = 1.0;
};
inline constexpr FactBounds bounds_of_shares{0.0, 1.0};
inline constexpr FactBounds bounds_of_dollars_per_head{100.0, 500000.0};

}  // namespace interregnum
