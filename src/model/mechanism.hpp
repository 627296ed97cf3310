#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "model/country.hpp"

namespace interregnum {

/// Stands in a row for a part that the mechanism does not have.
struct Nothing {};
inline constexpr Nothing nothing;

/// A mechanism's part of all parameters. Lists show mechanisms by rank, not in the order of a step.
template <class Part, class Whole, std::size_t count>
struct Parameters {
  int rank;
  Part Whole::*part;
  const std::array<Parameter<Part>, count>& declared;
};
template <class Part, class Whole, std::size_t count>
constexpr Parameters<Part, Whole, count> parameters(int rank, Part Whole::*part,
                                                    const std::array<Parameter<Part>, count>& declared) {
  return {rank, part, declared};
}

/// One call at the start of a replicate. The lowest rank of all mechanisms comes first.
struct Start {
  int rank = 0;
  void (*function)(Country&) = nullptr;
};
template <class... Each>
constexpr std::array<Start, sizeof...(Each)> starts(Each... each) {
  return {each...};
}

/// A row of a table of mechanisms (model/mechanisms.hpp). `step` returns nothing or a Removal.
template <class Theta, class State, std::size_t start_count, class Step>
struct Mechanism {
  std::string_view name;
  Theta theta;
  State state;
  std::array<Start, start_count> starts;
  Step step;
};
template <class Theta, class State, std::size_t start_count, class Step>
Mechanism(std::string_view, Theta, State, std::array<Start, start_count>, Step)
    -> Mechanism<Theta, State, start_count, Step>;

namespace mechanism_table {

template <class Thing>
constexpr bool is_there = !std::is_same_v<std::remove_cvref_t<Thing>, Nothing>;

template <const auto& table>
using Rows = std::make_index_sequence<std::tuple_size_v<std::remove_cvref_t<decltype(table)>>>;

template <const auto& table>
constexpr auto starts_in_order() {
  constexpr std::size_t count = std::apply([](const auto&... row) { return (row.starts.size() + ...); }, table);
  std::array<Start, count> sorted{};
  auto next = sorted.begin();
  std::apply([&](const auto&... row) { ((next = std::copy(row.starts.begin(), row.starts.end(), next)), ...); }, table);
  std::sort(sorted.begin(), sorted.end(), [](const Start& one, const Start& other) { return one.rank < other.rank; });
  return sorted;
}

template <const auto& table, std::size_t row>
void step_row(Country& country, Removal& removal) {
  constexpr auto step = std::get<row>(table).step;
  if constexpr (is_there<decltype(step)>) {
    if constexpr (std::is_void_v<std::invoke_result_t<decltype(step), Country&>>) {
      step(country);
    } else {
      const Removal by_this = step(country);
      if (by_this.happens && !removal.happens) removal = by_this;
    }
  }
}

inline void list_row(std::map<int, std::vector<ParameterEntry>>&, std::string_view, Nothing) {}

template <class Part, class Whole, std::size_t count>
void list_row(std::map<int, std::vector<ParameterEntry>>& lists, std::string_view name,
              const Parameters<Part, Whole, count>& parameters) {
  for (const Parameter<Part>& parameter : parameters.declared) {
    lists[parameters.rank].push_back(
        {"theta." + std::string(name) + "." + std::string(parameter.name), std::string(name), parameter.unit,
         parameter.source, parameter.meaning, parameter.default_value, parameter.low, parameter.high, parameter.prior,
         parameter.sign, [part = parameters.part, member = parameter.member](Theta& theta) -> double& {
           return static_cast<Whole&>(theta).*part.*member;
         }});
  }
}

/// The levels of the years are no parameters: a part that has them holds them beside its own.
template <class Part>
constexpr std::size_t size_of_levels() {
  if constexpr (requires { &Part::level; }) {
    return sizeof(YearLevels);
  } else {
    return 0;
  }
}

constexpr std::size_t size_of(Nothing) { return 0; }
template <class Part, class Whole, std::size_t count>
constexpr std::size_t size_of(const Parameters<Part, Whole, count>&) {
  static_assert(sizeof(Part) == count * sizeof(double) + size_of_levels<Part>(),
                "a parameter is not declared, or declared twice");
  return sizeof(Part);
}

constexpr int rank_in_lists(Nothing, int otherwise) { return otherwise; }
template <class Part, class Whole, std::size_t count>
constexpr int rank_in_lists(const Parameters<Part, Whole, count>& parameters, int) {
  return parameters.rank;
}

template <class Values>
constexpr bool are_distinct(Values values) {
  std::sort(values.begin(), values.end());
  return std::adjacent_find(values.begin(), values.end()) == values.end();
}

}  // namespace mechanism_table

/// Starts every mechanism of a table. The order is known to the compiler, as are the functions: nothing is looked up.
template <const auto& table>
void start_mechanisms(Country& country) {
  static constexpr auto sorted = mechanism_table::starts_in_order<table>();
  [&]<std::size_t... number>(std::index_sequence<number...>) {
    (sorted[number].function(country), ...);
  }(std::make_index_sequence<sorted.size()>{});
}

/// One step of every mechanism, in the order of the table. Returns the first removal of the ruler that happens.
template <const auto& table>
Removal step_mechanisms(Country& country) {
  Removal removal;
  [&]<std::size_t... row>(std::index_sequence<row...>) {
    (mechanism_table::step_row<table, row>(country, removal), ...);
  }(mechanism_table::Rows<table>{});
  return removal;
}

/// The parameters of every mechanism of a table.
template <const auto& table>
std::vector<ParameterEntry> parameters_of() {
  std::map<int, std::vector<ParameterEntry>> lists;
  std::apply([&](const auto&... row) { (mechanism_table::list_row(lists, row.name, row.theta), ...); }, table);
  std::vector<ParameterEntry> entries;
  for (auto& [rank, list] : lists) std::move(list.begin(), list.end(), std::back_inserter(entries));
  return entries;
}

/// Whether no two rows have one name, or one rank in lists, and no two starts one rank.
template <const auto& table>
constexpr bool ranks_are_distinct() {
  const auto sorted = mechanism_table::starts_in_order<table>();
  const bool starts_are_distinct =
      std::adjacent_find(sorted.begin(), sorted.end(),
                         [](const Start& one, const Start& other) { return one.rank == other.rank; }) == sorted.end();
  return starts_are_distinct && std::apply(
                                    [](const auto&... row) {
                                      int none_listed = 0;  // a rank of its own for each row without parameters
                                      return mechanism_table::are_distinct(std::array{row.name...}) &&
                                             mechanism_table::are_distinct(std::array{
                                                 mechanism_table::rank_in_lists(row.theta, --none_listed)...});
                                    },
                                    table);
}

/// Size of all parameters that a table declares: that of the struct that holds them, if none is forgotten.
template <const auto& table>
constexpr std::size_t size_of_parameters() {
  return std::apply([](const auto&... row) { return (mechanism_table::size_of(row.theta) + ...); }, table);
}

}  // namespace interregnum
