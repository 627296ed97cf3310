#include "scenario/schema.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <span>

#include "scenario/format.hpp"

namespace interregnum {

namespace {

using Json = nlohmann::ordered_json;

const std::string id = "[a-z][a-z0-9_]{0,63}";
const std::string id_pattern = "^" + id + "$";

std::string any_of_words(std::span<const std::string_view> names) { return fmt::format("({})", fmt::join(names, "|")); }

/// Real days only: months of 30 and 31 days, the 29th of February in leap years of the Gregorian calendar.
const std::string year = "[1-9][0-9]{3}";
const std::string leap_year = "([1-9][0-9](0[48]|[2468][048]|[13579][26])|([2468][048]|[13579][26])00)";
const std::string day_of_year =
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))";
const std::string day_pattern = "(" + year + "-" + day_of_year + "|" + leap_year + "-02-29)";

/// The program reads a word, a number and a truth value alike as text, up to the length that texts of this key have.
Json any_text(std::string_view key, Need need) {
  Json schema{{"type", {"string", "number", "boolean"}}, {"maxLength", longest_text(key)}};
  if (need == Need::required) schema["minLength"] = 1;
  return schema;
}

/// A truth value, also where it is quoted.
Json truth_value() {
  Json names = Json::array();
  for (const std::string_view word : yes_words) names.push_back(std::string(word));
  for (const std::string_view word : no_words) names.push_back(std::string(word));
  return {{"anyOf", {{{"type", "boolean"}}, {{"enum", names}}}}};
}

Json words(std::span<const std::string_view> names) {
  Json list = Json::array();
  for (const std::string_view name : names) list.push_back(std::string(name));
  return list;
}

Json described(Json schema, const char* meaning) {
  schema["description"] = meaning;
  return schema;
}

Json provenance_properties() {
  return {
      {"source",
       {{"description", "a key of `sources`, or a list of them"},
        {"anyOf",
         {{{"type", "string"}, {"pattern", id_pattern}},
          {{"type", "array"}, {"items", {{"type", "string"}, {"pattern", id_pattern}}}}}}}},
      {"assumed", described(any_text("assumed", Need::optional), "the reason for the value, where there is no source")},
      {"note", described(any_text("note", Need::optional), "anything a reader should know")},
      {"unverified", described(truth_value(), "recalled from the source, not looked up again")}};
}

Json closed_object(Json properties, Json required = Json::array()) {
  Json schema{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

/// A value alone, or under `value:` with its provenance.
Json with_provenance(const Json& plain) {
  Json properties{{"value", plain}};
  properties.update(provenance_properties());
  return {{"anyOf", {plain, closed_object(std::move(properties), {"value"})}}};
}

/// A number as text: alone, or a range. Without a unit what is counted is whole, and nothing that is counted or paid is
/// written with three digits behind the point, as some countries group thousands (base/quantity.cpp). A moment of a
/// distribution may be a fraction, and is no range.
std::string quantity_pattern(const NumberRule& rule, QuantityRole role) {
  const bool of_people = rule.dimension == Dimension::people;
  const bool of_seats = rule.dimension == Dimension::count;
  const bool whole = (of_people || of_seats) && role == QuantityRole::value;
  const std::string blank = "[ \t\u00a0\u2009\u202f]*";
  const std::string sign = rule.low >= 0.0 ? "[+]?" : "[+-]?";
  const std::string exponent = "[eE][+-]?[0-9]+";
  const std::string decimal = "([0-9]+(\\.[0-9]*)?|\\.[0-9]+)";
  const std::string number = sign + decimal + "(" + exponent + ")?";
  const std::string bare = whole ? sign + "([0-9]+(\\.0*)?|" + decimal + exponent + ")" : number;
  const bool ungrouped = of_people || of_seats || rule.dimension == Dimension::money;
  // Not 1 to 3 digits, a point and three digits.
  const std::string not_grouped = ungrouped ? "(?!" + sign + "[1-9][0-9]{0,2}\\.[0-9]{3}(?![0-9eE]))" : "";
  const std::string unit = quantity_unit_pattern(rule.dimension);
  const std::string with_unit = unit.empty() ? "" : number + blank + "(" + unit + ")";
  std::string one = with_unit;
  if (unit_is_optional(rule.dimension)) one = not_grouped + bare + (unit.empty() ? "" : "|" + with_unit);
  std::string text = "(" + one + ")";
  if (role == QuantityRole::value) {
    const std::string dots = blank + "\\.\\." + blank + "(?!\\.)";
    const std::string range = text + dots + text;
    text += "|" + range;
    if (!unit.empty()) text += "|" + number + dots + with_unit;  // in `1.2..1.8k` the unit holds for both ends
  }
  // Three dots are a slip, though `0.` is a number and `..` makes a range.
  return "^(?!.*\\.\\.\\.)" + blank + "(" + text + ")" + blank + "$";
}

Json quantity(const NumberRule& rule, QuantityRole role = QuantityRole::value) {
  Json text{{"type", "string"}, {"pattern", quantity_pattern(rule, role)}};
  if (!unit_is_optional(rule.dimension)) return text;
  const bool counted = rule.dimension == Dimension::count || rule.dimension == Dimension::people;
  const bool whole = counted && role == QuantityRole::value;
  Json plain{{"type", whole ? "integer" : "number"}};
  if (std::isfinite(rule.low)) plain["minimum"] = rule.low;
  if (std::isfinite(rule.high)) plain["maximum"] = rule.high;
  return {{"anyOf", {plain, text}}};
}

class SchemaVisitor {
 public:
  Json properties = Json::object();
  Json required = Json::array();

  void text(std::string_view key, std::string&, Need need, std::string_view meaning) {
    add(key, any_text(key, need), need, meaning);
  }
  void partial_date(std::string_view key, std::string&, Need need, std::string_view meaning) {
    const std::string pattern = "^(" + year + "(-(0[1-9]|1[0-2]))?|" + day_pattern + ")$";
    add(key,
        {{"anyOf",
          {{{"type", "string"}, {"pattern", pattern}}, {{"type", "integer"}, {"minimum", 1000}, {"maximum", 9999}}}}},
        need, meaning);
  }
  void date(std::string_view key, std::string&, Need need, std::string_view meaning) {
    add(key, {{"type", "string"}, {"pattern", "^" + day_pattern + "$"}}, need, meaning);
  }
  void date_time(std::string_view key, std::string&, Need need, std::string_view meaning) {
    add(key, {{"type", "string"}, {"pattern", "^" + day_pattern + " ([01][0-9]|2[0-3]):[0-5][0-9]$"}}, need, meaning);
  }
  void country_code(std::string_view key, std::string&, std::string_view meaning) {
    add(key, {{"type", "string"}, {"pattern", "^[A-Z]{3}$"}}, Need::required, meaning);
  }
  void format_version(std::string_view key, int&, std::string_view meaning) {
    add(key, {{"enum", {1, "1", "1.0"}}}, Need::required, meaning);
  }
  void flag(std::string_view key, bool&, std::string_view meaning) { add(key, truth_value(), Need::optional, meaning); }
  void coordinates(std::string_view key, std::array<double, 2>&, bool&, std::string_view meaning) {
    const Json north = quantity(position_from(-90.0, 90.0));
    const Json east = quantity(position_from(-180.0, 180.0));
    add(key, {{"type", "array"}, {"prefixItems", {north, east}}, {"minItems", 2}, {"maxItems", 2}}, Need::optional,
        meaning);
  }
  void reference(std::string_view key, Reference&, Target target, Need need, std::string_view meaning) {
    add(key, reference_to(target), need, meaning);
  }
  void references(std::string_view key, std::vector<Reference>&, Target target, Need need, std::string_view meaning) {
    Json schema{{"type", "array"}, {"items", reference_to(target)}};
    if (need == Need::required) schema["minItems"] = 1;
    add(key, std::move(schema), need, meaning);
  }
  template <class Field>
  void category(std::string_view key, Field&, std::span<const std::string_view> names, Need need,
                std::string_view meaning) {
    add(key, with_provenance({{"enum", words(names)}}), need, meaning);
  }
  void categories(std::string_view key, std::vector<Listed>&, std::span<const std::string_view> names,
                  std::string_view meaning) {
    add(key, {{"type", "array"}, {"uniqueItems", true}, {"items", with_provenance({{"enum", words(names)}})}},
        Need::optional, meaning);
  }
  void number(std::string_view key, UncertainNumber&, const NumberRule& rule, Need need, std::string_view meaning) {
    const Json plain = quantity(rule);
    Json normal_properties{
        {"mean", quantity(rule, QuantityRole::moment)},
        {"sd", quantity(number_rule(rule.dimension, 0.0, rule.high - rule.low), QuantityRole::moment)}};
    const Json normal = closed_object(normal_properties, {"mean", "sd"});
    normal_properties.update(provenance_properties());
    Json valued{{"value", {{"anyOf", {plain, normal}}}}};
    valued.update(provenance_properties());
    add(key, {{"anyOf", {plain, closed_object(normal_properties, {"mean", "sd"}), closed_object(valued, {"value"})}}},
        need, meaning);
  }
  void uncertain_category(std::string_view key, UncertainNumber&, std::span<const std::string_view> names, Need need,
                          std::string_view meaning) {
    Json weights = Json::object();
    for (const std::string_view name : names) weights[std::string(name)] = quantity(share(), QuantityRole::moment);
    const Json plain{{"enum", words(names)}};
    Json valued{{"value", {{"anyOf", {plain, closed_object(weights)}}}}};
    valued.update(provenance_properties());
    weights.update(provenance_properties());
    add(key, {{"anyOf", {plain, closed_object(weights), closed_object(valued, {"value"})}}}, need, meaning);
  }
  template <class T>
  void object(std::string_view key, T&, Need need, std::string_view meaning) {
    add(key, schema_of<T>(), need, meaning);
  }
  template <class T>
  void table(std::string_view key, std::vector<T>&, Need need, std::string_view meaning) {
    add(key,
        {{"type", "object"}, {"propertyNames", {{"pattern", id_pattern}}}, {"additionalProperties", schema_of<T>()}},
        need, meaning);
  }
  template <class T>
  void list(std::string_view key, std::vector<T>&, Need need, std::string_view meaning) {
    add(key, {{"type", "array"}, {"items", schema_of<T>()}}, need, meaning);
  }

  template <class T>
  static Json schema_of() {
    T entity;
    SchemaVisitor visitor;
    describe(visitor, entity);
    if constexpr (T::carries_provenance) visitor.properties.update(provenance_properties());
    return closed_object(std::move(visitor.properties), std::move(visitor.required));
  }

 private:
  static Json reference_to(Target target) {
    const std::string pattern =
        target == Target::site ? "^(" + id + "\\.)?" + any_of_words(site_names) + "$" : id_pattern;
    return {{"type", "string"}, {"pattern", pattern}};
  }

  void add(std::string_view key, Json schema, Need need, std::string_view meaning) {
    schema["description"] = std::string(meaning);
    properties[std::string(key)] = std::move(schema);
    if (need == Need::required) required.push_back(std::string(key));
  }
};

}  // namespace

nlohmann::ordered_json scenario_schema() {
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "Interregnum country file"}};
  schema.update(SchemaVisitor::schema_of<Scenario>());
  return schema;
}

}  // namespace interregnum
