#include "scenario/schema.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <span>

#include "scenario/format.hpp"

namespace interregnum {

namespace {

using Json = nlohmann::ordered_json;

const char* const id_pattern = "^[a-z][a-z0-9_]{0,63}$";

Json words(std::span<const std::string_view> names) {
  Json list = Json::array();
  for (const std::string_view name : names) list.push_back(std::string(name));
  return list;
}

Json text_of(std::string_view key) { return {{"type", "string"}, {"maxLength", longest_text(key)}}; }

Json provenance_properties() {
  const auto described = [](std::string_view key, const char* meaning) {
    Json schema = text_of(key);
    schema["description"] = meaning;
    return schema;
  };
  return {{"source",
           {{"description", "a key of `sources`, or a list of them"},
            {"anyOf", {{{"type", "string"}}, {{"type", "array"}, {"items", {{"type", "string"}}}}}}}},
          {"assumed", described("assumed", "the reason for the value, where there is no source")},
          {"note", described("note", "anything a reader should know")},
          {"unverified", {{"type", "boolean"}, {"description", "recalled from the source, not looked up again"}}}};
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

Json quantity(const NumberRule& rule) {
  const std::string number = "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?";
  std::string unit = quantity_unit_pattern(rule.dimension);
  if (!unit.empty()) unit = " *(" + unit + ")" + (unit_is_optional(rule.dimension) ? "?" : "");
  const std::string first_unit = unit.empty() || unit_is_optional(rule.dimension) ? unit : unit + "?";
  Json text{{"type", "string"},
            {"pattern", "^" + number + "(" + first_unit + " *\\.\\. *" + number + ")?" + unit + "$"}};
  if (!unit_is_optional(rule.dimension)) return text;
  Json plain{{"type", rule.dimension == Dimension::count ? "integer" : "number"}};
  if (std::isfinite(rule.low)) plain["minimum"] = rule.low;
  if (std::isfinite(rule.high)) plain["maximum"] = rule.high;
  return {{"anyOf", {plain, text}}};
}

class SchemaVisitor {
 public:
  Json properties = Json::object();
  Json required = Json::array();

  void text(std::string_view key, std::string&, Need need, std::string_view meaning) {
    add(key, text_of(key), need, meaning);
  }
  void partial_date(std::string_view key, std::string&, Need need, std::string_view meaning) {
    add(key, {{"anyOf", {{{"type", "string"}, {"pattern", "^[0-9]{4}(-[0-9]{2}){0,2}$"}}, {{"type", "integer"}}}}},
        need, meaning);
  }
  void date(std::string_view key, std::string&, Need need, std::string_view meaning) {
    add(key, {{"type", "string"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}}, need, meaning);
  }
  void date_time(std::string_view key, std::string&, Need need, std::string_view meaning) {
    add(key, {{"type", "string"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$"}}, need, meaning);
  }
  void country_code(std::string_view key, std::string&, std::string_view meaning) {
    add(key, {{"type", "string"}, {"pattern", "^[A-Z]{3}$"}}, Need::required, meaning);
  }
  void format_version(std::string_view key, int&, std::string_view meaning) {
    add(key, {{"const", 1}}, Need::required, meaning);
  }
  void flag(std::string_view key, bool&, std::string_view meaning) {
    add(key, {{"type", "boolean"}}, Need::optional, meaning);
  }
  void coordinates(std::string_view key, std::array<double, 2>&, bool&, std::string_view meaning) {
    add(key, {{"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", 2}, {"maxItems", 2}}, Need::optional,
        meaning);
  }
  void reference(std::string_view key, Reference&, Target, Need need, std::string_view meaning) {
    add(key, {{"type", "string"}}, need, meaning);
  }
  void references(std::string_view key, std::vector<Reference>&, Target, Need need, std::string_view meaning) {
    Json schema{{"type", "array"}, {"items", {{"type", "string"}}}};
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
    add(key, {{"type", "array"}, {"uniqueItems", true}, {"items", {{"enum", words(names)}}}}, Need::optional, meaning);
  }
  void number(std::string_view key, UncertainNumber&, const NumberRule& rule, Need need, std::string_view meaning) {
    const Json plain = quantity(rule);
    Json normal_properties{{"mean", plain}, {"sd", quantity(number_rule(rule.dimension, 0.0, INFINITY))}};
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
    for (const std::string_view name : names) weights[std::string(name)] = quantity(share());
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
