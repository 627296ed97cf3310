#include "scenario/table_order.hpp"

#include <algorithm>
#include <span>
#include <tuple>

#include "scenario/format.hpp"

namespace interregnum {

namespace {

/// By what the entries of a list without ids are sorted. A new kind of list needs its own.
auto order_of(const Road& road) {
  return std::tuple(road.between.empty() ? std::string() : road.between.front().id,
                    road.between.empty() ? std::string() : road.between.back().id,
                    road.distance.distribution.to_text());
}
auto order_of(const EarlierAttempt& attempt) { return std::tuple(attempt.date, attempt.outcome.index, attempt.name); }
auto order_of(const CalendarEntry& entry) { return std::tuple(entry.date, entry.event.index, entry.name); }

/// Walks the declarations of format.hpp and sorts what they lead to.
class TableSorter {
 public:
  void text(std::string_view, std::string&, Need, std::string_view) {}
  void country_code(std::string_view, std::string&, std::string_view) {}
  void format_version(std::string_view, int&, std::string_view) {}
  void coordinates(std::string_view, std::array<double, 2>&, bool&, std::string_view) {}
  void partial_date(std::string_view, std::string&, Need, std::string_view) {}
  void date(std::string_view, std::string&, Need, std::string_view) {}
  void date_time(std::string_view, std::string&, Need, std::string_view) {}
  void flag(std::string_view, bool&, std::string_view) {}
  void reference(std::string_view, Reference&, Target, Need, std::string_view) {}
  void category(std::string_view, Listed&, std::span<const std::string_view>, Need, std::string_view) {}
  void category(std::string_view, std::vector<Listed>&, std::span<const std::string_view>, Need, std::string_view) {}
  void number(std::string_view, UncertainNumber&, const NumberRule&, Need, std::string_view) {}
  void uncertain_category(std::string_view, UncertainNumber&, std::span<const std::string_view>, Need,
                          std::string_view) {}

  void references(std::string_view, std::vector<Reference>& field, Target, Need, std::string_view) {
    if (keeps_order_) return;
    sort_by(field, [](const Reference& reference) -> const std::string& { return reference.id; });
  }
  void categories(std::string_view, std::vector<Listed>& field, std::span<const std::string_view>, std::string_view) {
    sort_by(field, [](const Listed& listed) { return listed.index; });
  }
  template <class T>
  void object(std::string_view, T& field, Need, std::string_view) {
    TableSorter inner;
    inner.keeps_order_ = std::is_same_v<T, Plot>;
    describe(inner, field);
  }
  template <class T>
  void table(std::string_view, std::vector<T>& field, Need, std::string_view) {
    for (T& entry : field) describe(*this, entry);
    sort_by(field, [](const T& entry) -> const std::string& { return entry.id; });
  }
  template <class T>
  void list(std::string_view, std::vector<T>& field, Need, std::string_view) {
    for (T& entry : field) describe(*this, entry);
    sort_by(field, [](const T& entry) { return order_of(entry); });
  }

 private:
  template <class T, class Order>
  static void sort_by(std::vector<T>& entries, const Order& order) {
    std::stable_sort(entries.begin(), entries.end(),
                     [&order](const T& left, const T& right) { return order(left) < order(right); });
  }

  bool keeps_order_ = false;  ///< the plot names who leads and what is wanted first
};

}  // namespace

void sort_tables(Scenario& scenario) {
  TableSorter sorter;
  describe(sorter, scenario);
}

}  // namespace interregnum
