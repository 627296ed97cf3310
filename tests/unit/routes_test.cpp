#include <gtest/gtest.h>

#include <cmath>

#include "world/routes.hpp"

namespace interregnum {
namespace {

// 0 -10- 1 -10- 2, 0 -25- 2, and 3 alone. Lengths are inputs 0, 1, 2.
Routes three_roads() { return {4, {{0, 1, 10, 0}, {1, 2, 10, 1}, {0, 2, 25, 2}}}; }

TEST(Routes, TakeTheShortestWay) {
  const Routes routes = three_roads();
  EXPECT_DOUBLE_EQ(routes.length(0, 2, {10, 10, 25}), 20.0);
  EXPECT_DOUBLE_EQ(routes.length(2, 0, {10, 10, 25}), 20.0);
  EXPECT_DOUBLE_EQ(routes.length(1, 1, {10, 10, 25}), 0.0);
}

TEST(Routes, KeepTheWayAndDrawItsLength) { EXPECT_DOUBLE_EQ(three_roads().length(0, 2, {12, 11, 1}), 23.0); }

TEST(Routes, KnowWhatCannotBeReached) {
  EXPECT_FALSE(three_roads().reachable(0, 3));
  EXPECT_TRUE(three_roads().reachable(3, 3));
  EXPECT_TRUE(std::isinf(three_roads().length(3, 0, {10, 10, 25})));
}

}  // namespace
}  // namespace interregnum
