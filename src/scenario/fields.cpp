#include "scenario/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "scenario/format.hpp"

namespace interregnum {

namespace {

/// The works that a file cites are no part of the country.
constexpr std::string_view no_part_of_the_country = "sources.";

std::string text_of(const UncertainNumber& number) { return number.given ? number.distribution.to_text() : ""; }

template <class T, class Word>
std::string words_of(const std::vector<T>& list, Word word) {
  std::vector<std::string> words;
  for (const T& item : list) words.push_back(word(item));
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string_view name_of(const Listed& listed, std::span<const std::string_view> names) {
  return listed.index < names.size() ? names[listed.index] : "";
}

/// Walks the declarations of format.hpp and collects what they lead to.
class FieldCollector {
 public:
  FieldCollector(std::string path, Fields& fields) : path_(std::move(path)), fields_(fields) {}

  void text(std::string_view, std::string&, Need, std::string_view) {}
  void country_code(std::string_view, std::string&, std::string_view) {}
  void format_version(std::string_view, int&, std::string_view) {}
  void coordinates(std::string_view, std::array<double, 2>&, bool&, std::string_view) {}

  void partial_date(std::string_view key, std::string& field, Need, std::string_view) { add(key, field, &field); }
  void date(std::string_view key, std::string& field, Need, std::string_view) { add(key, field, &field); }
  void date_time(std::string_view key, std::string& field, Need, std::string_view) { add(key, field, &field); }
  void flag(std::string_view key, bool& field, std::string_view) { add(key, field ? "true" : "false", &field); }
  void reference(std::string_view key, Reference& field, Target, Need, std::string_view) { add(key, field.id, &field); }
  void references(std::string_view key, std::vector<Reference>& field, Target, Need, std::string_view) {
    add(key, words_of(field, [](const Reference& reference) { return reference.id; }), &field);
  }
  void category(std::string_view key, Listed& field, std::span<const std::string_view> names, Need, std::string_view) {
    add(key, std::string(name_of(field, names)), &field);
  }
  void category(std::string_view key, std::vector<Listed>& field, std::span<const std::string_view> names, Need,
                std::string_view meaning) {
    categories(key, field, names, meaning);
  }
  void categories(std::string_view key, std::vector<Listed>& field, std::span<const std::string_view> names,
                  std::string_view) {
    add(key, words_of(field, [names](const Listed& listed) { return std::string(name_of(listed, names)); }), &field);
  }
  void number(std::string_view key, UncertainNumber& field, const NumberRule& rule, Need, std::string_view) {
    add(key, text_of(field), &field);
    fields_.values.back().dimension = rule.dimension;
  }
  void uncertain_category(std::string_view key, UncertainNumber& field, std::span<const std::string_view>, Need,
                          std::string_view) {
    add(key, text_of(field), &field);
  }
  template <class T>
  void object(std::string_view key, T& field, Need, std::string_view) {
    FieldCollector inner(path_of(key), fields_);
    describe(inner, field);
  }
  template <class T>
  void table(std::string_view key, std::vector<T>& field, Need, std::string_view) {
    for (T& entry : field) {
      const std::string path = path_of(key) + "." + entry.id;
      if (path.starts_with(no_part_of_the_country)) continue;
      fields_.entry_keys.insert(path);
      FieldCollector inner(path, fields_);
      describe(inner, entry);
    }
  }
  template <class T>
  void list(std::string_view key, std::vector<T>& field, Need, std::string_view) {
    for (std::size_t index = 0; index < field.size(); ++index) {
      FieldCollector inner(fmt::format("{}.{}", path_of(key), index), fields_);
      describe(inner, field[index]);
    }
  }

 private:
  std::string path_of(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  }
  void add(std::string_view key, std::string text, Field::Value value) {
    const std::string path = path_of(key);
    fields_.positions.emplace(path, fields_.values.size());
    fields_.values.push_back({path, std::move(text), value});
  }

  std::string path_;
  Fields& fields_;
};

}  // namespace

const Field* Fields::find(const std::string& key) const {
  const auto found = positions.find(key);
  return found == positions.end() ? nullptr : &values[found->second];
}

Fields fields_of(Scenario& scenario) {
  Fields fields;
  FieldCollector collector("", fields);
  describe(collector, scenario);
  return fields;
}

}  // namespace interregnum
