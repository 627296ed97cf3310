#include "scenario/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/dates.hpp"
#include "base/suggestions.hpp"
#include "base/text.hpp"

namespace interregnum {

namespace {

const std::vector<std::string> provenance_keys{"source", "assumed", "note", "unverified"};
const std::vector<std::string> no_keys;

std::string_view kind_name(DocumentNode::Kind kind) {
  switch (kind) {
    case DocumentNode::Kind::null:
      return "nothing";
    case DocumentNode::Kind::scalar:
      return "a single value";
    case DocumentNode::Kind::sequence:
      return "a list";
    case DocumentNode::Kind::mapping:
      return "a mapping";
  }
  return "";
}

bool is_scalar(const DocumentNode& node) { return node.kind == DocumentNode::Kind::scalar; }

std::vector<std::string> as_strings(std::span<const std::string_view> names) { return {names.begin(), names.end()}; }

bool read_flag(const DocumentNode& node, bool& field) {
  if (!is_scalar(node)) return false;
  const bool yes = std::find(yes_words.begin(), yes_words.end(), node.scalar) != yes_words.end();
  if (!yes && std::find(no_words.begin(), no_words.end(), node.scalar) == no_words.end()) return false;
  field = yes;
  return true;
}

}  // namespace

std::string ObjectReader::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

void ObjectReader::problem(const DocumentNode& node, std::string_view key, std::string text,
                           std::string suggestion) const {
  diagnostics_.error(node.location, path_of(key), std::move(text), std::move(suggestion));
}

const DocumentNode* ObjectReader::take(std::string_view key, Need need) {
  known_.emplace_back(key);
  const DocumentNode* child = node_.find(key);
  if (child != nullptr && child->kind != DocumentNode::Kind::null) return child;
  if (child != nullptr) {
    // The parser places an absent value where the next thing begins; a person looks for the key.
    const auto at = std::find_if(node_.keys.begin(), node_.keys.end(),
                                 [key](const DocumentNode::Key& own) { return own.text == key; });
    diagnostics_.error(at->location, path_of(key), "has no value",
                       need == Need::required ? "" : "give it one, or leave the key out");
  } else if (need == Need::required) {
    problem(node_, key, "is missing");
  }
  return nullptr;
}

const DocumentNode* ObjectReader::take(std::string_view key, Need need, DocumentNode::Kind kind) {
  const DocumentNode* child = take(key, need);
  return child != nullptr && expect(*child, kind, path_of(key)) ? child : nullptr;
}

const DocumentNode* ObjectReader::take_scalar(std::string_view key, Need need) {
  return take(key, need, DocumentNode::Kind::scalar);
}

bool ObjectReader::expect(const DocumentNode& node, DocumentNode::Kind kind, const std::string& path) const {
  if (node.kind == kind) return true;
  diagnostics_.error(node.location, path,
                     fmt::format("is {} where {} is expected", kind_name(node.kind), kind_name(kind)));
  return false;
}

bool ObjectReader::check_id(const DocumentNode::Key& id, const std::string& path) const {
  const auto good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  if (!id.text.empty() && id.text.size() <= 64 && id.text[0] >= 'a' && id.text[0] <= 'z' &&
      std::all_of(id.text.begin(), id.text.end(), good)) {
    return true;
  }
  diagnostics_.error(
      id.location, path, "is no usable id",
      "lower-case letters, digits and _, beginning with a letter, at most 64; the name goes into `name:`");
  return false;
}

bool ObjectReader::check_entry_exists(const DocumentNode& table, std::size_t index, const std::string& path) const {
  const bool made_on_the_way = table.keys[index].location.line == 0 && !table.items[index].overridden;
  if (!made_on_the_way) return true;
  std::vector<std::string> known;
  for (const DocumentNode::Key& key : table.keys) {
    if (key.location.line > 0) known.push_back(key.text);
  }
  const std::string nearest = did_you_mean(table.keys[index].text, known);
  diagnostics_.error(
      table.keys[index].location, path, "there is no such entry",
      nearest.empty() ? fmt::format("a new one is given whole: --set '{}={{key: value, …}}'", path) : nearest);
  return false;
}

void ObjectReader::report_unknown_keys() const {
  for (const DocumentNode::Key& key : node_.keys) {
    if (std::find(known_.begin(), known_.end(), key.text) == known_.end()) {
      diagnostics_.error(key.location, path_of(key.text), "unknown key", did_you_mean(key.text, known_));
    }
  }
}

Provenance ObjectReader::read_own_provenance() {
  known_.insert(known_.end(), provenance_keys.begin(), provenance_keys.end());
  inherited_ = provenance_of(node_, path_);
  return inherited_;
}

Provenance ObjectReader::provenance_of(const DocumentNode& node, const std::string& path) const {
  Provenance own;
  const auto cite = [&](const DocumentNode& source) {
    if (!expect(source, DocumentNode::Kind::scalar, path + ".source")) return;
    own.sources.push_back(source.scalar);
    notes_.citations.push_back({source.scalar, source.location, path + ".source"});
  };
  if (const DocumentNode* source = node.find("source")) {
    if (source->kind == DocumentNode::Kind::sequence) {
      for (const DocumentNode& item : source->items) cite(item);
    } else {
      cite(*source);
    }
  }
  if (const DocumentNode* assumed = node.find("assumed");
      assumed != nullptr && expect(*assumed, DocumentNode::Kind::scalar, path + ".assumed")) {
    check_length(*assumed, "assumed", path + ".assumed");
    own.assumed = assumed->scalar;
  }
  if (const DocumentNode* note = node.find("note");
      note != nullptr && expect(*note, DocumentNode::Kind::scalar, path + ".note")) {
    check_length(*note, "note", path + ".note");
    own.note = note->scalar;
  }
  if (const DocumentNode* unverified = node.find("unverified")) {
    if (!read_flag(*unverified, own.unverified)) {
      diagnostics_.error(unverified->location, path + ".unverified", "is neither true nor false");
    }
  }
  if (!own.empty()) return own;
  own.sources = inherited_.sources;
  own.assumed = inherited_.assumed;
  if (own.note.empty()) own.note = inherited_.note;
  own.unverified = own.unverified || inherited_.unverified;
  return own;
}

void ObjectReader::report_unknown_keys_of_value(const DocumentNode& node, const std::string& path,
                                                const std::vector<std::string>& allowed) const {
  for (const DocumentNode::Key& key : node.keys) {
    if (std::find(allowed.begin(), allowed.end(), key.text) == allowed.end()) {
      diagnostics_.error(key.location, path + "." + key.text, "unknown key", did_you_mean(key.text, allowed));
    }
  }
}

const DocumentNode* ObjectReader::unwrap(const DocumentNode& node, const std::string& path,
                                         Provenance& provenance) const {
  provenance = inherited_;
  if (node.overridden) {
    provenance = Provenance{};
    provenance.assumed = "set on the command line";
  }
  if (node.kind != DocumentNode::Kind::mapping) return &node;
  const DocumentNode* value = node.find("value");
  if (value == nullptr) return &node;
  provenance = provenance_of(node, path);
  if (value->overridden) {
    provenance = Provenance{};
    provenance.assumed = "set on the command line";
  }
  std::vector<std::string> keys{"value"};
  keys.insert(keys.end(), provenance_keys.begin(), provenance_keys.end());
  report_unknown_keys_of_value(node, path, keys);
  return value;
}

void ObjectReader::note_if_unsourced(const DocumentNode& node, const UncertainNumber& field) const {
  if (!field.provenance.empty()) return;
  notes_.unsourced.push_back(&node);
  notes_.unsourced_keys.push_back(field.key);
}

void ObjectReader::text(std::string_view key, std::string& field, Need need, std::string_view) {
  const DocumentNode* child = take_scalar(key, need);
  if (child == nullptr) return;
  if (child->scalar.empty() && need == Need::required) problem(*child, key, "is empty");
  check_length(*child, key, path_of(key));
  field = child->scalar;
}

void ObjectReader::check_length(const DocumentNode& node, std::string_view key, const std::string& path) const {
  const std::size_t length = characters(node.scalar), most = longest_text(key);
  if (length > most)
    diagnostics_.error(node.location, path, fmt::format("has {} characters", length), fmt::format("at most {}", most));
}

void ObjectReader::partial_date(std::string_view key, std::string& field, Need need, std::string_view) {
  const DocumentNode* child = take_scalar(key, need);
  if (child == nullptr) return;
  // A year that some program took for a number.
  const bool with_point_zero = child->scalar.size() == 6 && child->scalar.ends_with(".0");
  const std::string written = with_point_zero ? child->scalar.substr(0, 4) : child->scalar;
  if (!is_partial_date(written)) {
    problem(*child, key, fmt::format("'{}' is no date", child->scalar), "e.g. 2012, 2012-03 or 2012-03-22");
    return;
  }
  field = written;
}

void ObjectReader::date(std::string_view key, std::string& field, Need need, std::string_view) {
  const DocumentNode* child = take_scalar(key, need);
  if (child == nullptr) return;
  if (!parse_date(child->scalar)) {
    problem(*child, key, fmt::format("'{}' is no date", child->scalar), "e.g. 2012-04-29");
  }
  field = child->scalar;
}

void ObjectReader::date_time(std::string_view key, std::string& field, Need need, std::string_view) {
  const DocumentNode* child = take_scalar(key, need);
  if (child == nullptr) return;
  if (!parse_date_time(child->scalar)) {
    problem(*child, key, fmt::format("'{}' is no date and time", child->scalar), "e.g. 2020-08-18 07:00");
  }
  field = child->scalar;
}

void ObjectReader::country_code(std::string_view key, std::string& field, std::string_view) {
  const DocumentNode* child = take_scalar(key, Need::required);
  if (child == nullptr) return;
  field = child->scalar;
  if (field.size() != 3 || !std::all_of(field.begin(), field.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
    problem(*child, key, fmt::format("'{}' is no ISO 3166-1 alpha-3 code", field), "three capitals, e.g. MLI");
  }
}

void ObjectReader::format_version(std::string_view key, int& field, std::string_view) {
  const DocumentNode* child = take_scalar(key, Need::required);
  if (child == nullptr) return;
  if (child->scalar != "1" && child->scalar != "1.0") {
    problem(*child, key, fmt::format("format '{}' is not one that this program reads", child->scalar), "it reads 1");
  }
  field = 1;
}

void ObjectReader::flag(std::string_view key, bool& field, std::string_view) {
  const DocumentNode* child = take_scalar(key, Need::optional);
  if (child != nullptr && !read_flag(*child, field)) {
    problem(*child, key, fmt::format("'{}' is neither true nor false", child->scalar));
  }
}

void ObjectReader::coordinates(std::string_view key, std::array<double, 2>& field, bool& given, std::string_view) {
  const DocumentNode* child = take(key, Need::optional, DocumentNode::Kind::sequence);
  if (child == nullptr) return;
  constexpr std::array<double, 2> limits{90.0, 180.0};
  bool good = child->items.size() == 2;
  for (std::size_t index = 0; good && index < 2; ++index) {
    QuantityProblem ignored;
    const auto parsed = parse_quantity(child->items[index].scalar, Dimension::position, ignored);
    good = is_scalar(child->items[index]) && parsed && parsed->low == parsed->high &&
           std::abs(parsed->low) <= limits[index];
    if (good) field[index] = parsed->low;
  }
  given = good;
  if (!good)
    problem(*child, key, "is no position",
            "[degrees north -90 to 90, degrees east -180 to 180], latitude first, e.g. [12.65, -8.00]");
}

void ObjectReader::reference(std::string_view key, Reference& field, Target, Need need, std::string_view) {
  const DocumentNode* child = take_scalar(key, need);
  if (child == nullptr) return;
  if (child->scalar.empty()) problem(*child, key, "is empty", need == Need::required ? "" : "or leave the key out");
  field = {child->scalar, child->location, path_of(key)};
}

void ObjectReader::references(std::string_view key, std::vector<Reference>& field, Target, Need need,
                              std::string_view) {
  const DocumentNode* child = take(key, need, DocumentNode::Kind::sequence);
  if (child == nullptr) return;
  for (std::size_t index = 0; index < child->items.size(); ++index) {
    const std::string path = path_of(key) + "." + std::to_string(index);
    if (!expect(child->items[index], DocumentNode::Kind::scalar, path)) continue;
    if (child->items[index].scalar.empty()) diagnostics_.error(child->items[index].location, path, "is empty");
    field.push_back({child->items[index].scalar, child->items[index].location, path});
  }
  if (child->items.empty() && need == Need::required) problem(*child, key, "is empty", "it needs at least one entry");
}

bool ObjectReader::read_listed(const DocumentNode& node, const std::string& path,
                               std::span<const std::string_view> names, Listed& listed) const {
  const DocumentNode* value = unwrap(node, path, listed.provenance);
  if (!expect(*value, DocumentNode::Kind::scalar, path)) return false;
  const auto found = std::find(names.begin(), names.end(), value->scalar);
  if (found == names.end()) {
    const std::string nearest = did_you_mean(value->scalar, as_strings(names));
    diagnostics_.error(value->location, path,
                       fmt::format("'{}' is not one of {}", value->scalar, fmt::join(names, ", ")), nearest);
    return false;
  }
  listed.index = static_cast<std::size_t>(found - names.begin());
  listed.location = value->location;
  listed.key = path;
  return true;
}

void ObjectReader::category(std::string_view key, Listed& field, std::span<const std::string_view> names, Need need,
                            std::string_view) {
  if (const DocumentNode* child = take(key, need)) read_listed(*child, path_of(key), names, field);
}

void ObjectReader::category(std::string_view key, std::vector<Listed>& field, std::span<const std::string_view> names,
                            Need need, std::string_view) {
  const DocumentNode* child = take(key, need);
  if (child == nullptr) return;
  if (Listed listed; read_listed(*child, path_of(key), names, listed)) field.push_back(listed);
}

void ObjectReader::categories(std::string_view key, std::vector<Listed>& field, std::span<const std::string_view> names,
                              std::string_view) {
  const DocumentNode* child = take(key, Need::optional, DocumentNode::Kind::sequence);
  if (child == nullptr) return;
  for (std::size_t index = 0; index < child->items.size(); ++index) {
    const std::string path = path_of(key) + "." + std::to_string(index);
    Listed listed;
    if (!read_listed(child->items[index], path, names, listed)) continue;
    const bool twice =
        std::any_of(field.begin(), field.end(), [&](const Listed& other) { return other.index == listed.index; });
    if (twice) {
      diagnostics_.error(listed.location, path, fmt::format("'{}' stands twice", names[listed.index]),
                         "a place has one of a kind");
    } else {
      field.push_back(listed);
    }
  }
}

std::optional<ParsedQuantity> ObjectReader::read_quantity(const DocumentNode& node, const std::string& path,
                                                          const NumberRule& rule, QuantityRole role) const {
  if (!is_scalar(node)) {
    diagnostics_.error(node.location, path, fmt::format("is {} where a number is expected", kind_name(node.kind)),
                       fmt::format("e.g. {}", quantity_example(rule.dimension)));
    return std::nullopt;
  }
  QuantityProblem trouble;
  auto parsed = parse_quantity(node.scalar, rule.dimension, trouble, role);
  if (!parsed) {
    if (trouble.suggestion.empty()) trouble.suggestion = fmt::format("e.g. {}", quantity_example(rule.dimension));
    diagnostics_.error(node.location, path, trouble.problem, trouble.suggestion);
  }
  return parsed;
}

bool ObjectReader::read_number(const DocumentNode& node, const std::string& path, const NumberRule& rule,
                               UncertainNumber& field, const std::vector<std::string>& beside) const {
  // As it stands in the file, with bounds in its unit.
  const auto out_of_bounds = [&](const DocumentNode& where, const ParsedQuantity& value) {
    if (value.low >= rule.low && value.high <= rule.high) return false;
    diagnostics_.error(
        where.location, path,
        fmt::format("{} is {}", where.scalar, rule.low == 0.0 && value.low < 0.0 ? "negative" : "out of bounds"),
        bounds_in_words(rule.dimension, rule.low, rule.high, value.unit));
    return true;
  };
  const auto whole = [&](const DocumentNode& where, double value) {
    if (rule.dimension != Dimension::count || value == std::floor(value)) return true;
    diagnostics_.error(where.location, path, fmt::format("{} is not a whole number", value));
    return false;
  };
  if (node.kind == DocumentNode::Kind::mapping) {
    std::vector<std::string> keys{"mean", "sd"};
    keys.insert(keys.end(), beside.begin(), beside.end());
    report_unknown_keys_of_value(node, path, keys);
    const DocumentNode* mean = node.find("mean");
    const DocumentNode* sd = node.find("sd");
    if (mean == nullptr || sd == nullptr) {
      diagnostics_.error(node.location, path, "is no number",
                         "a number, a range, {mean: …, sd: …} or {value: …, source: …}");
      return false;
    }
    const auto centre = read_quantity(*mean, path + ".mean", rule, QuantityRole::moment);
    const auto width = read_quantity(*sd, path + ".sd", rule, QuantityRole::moment);
    if (!centre || !width) return false;
    if (centre->low != centre->high || width->low != width->high) {
      diagnostics_.error(node.location, path, "mean and sd must be single numbers, not ranges");
      return false;
    }
    if (width->low < 0) {
      diagnostics_.error(sd->location, path + ".sd", fmt::format("{} is negative", sd->scalar),
                         "a standard deviation is 0 or more");
      return false;
    }
    if (width->low > rule.high - rule.low) {  // almost all of it would lie out of bounds
      diagnostics_.error(sd->location, path + ".sd",
                         fmt::format("{} is wider than what is allowed for the value", sd->scalar),
                         bounds_in_words(rule.dimension, rule.low, rule.high, width->unit));
      return false;
    }
    if (out_of_bounds(*mean, *centre)) return false;
    field.distribution = Distribution::normal(centre->low, width->low, rule.low, rule.high);
    return true;
  }
  const auto value = read_quantity(node, path, rule, QuantityRole::value);
  if (!value || out_of_bounds(node, *value) || !whole(node, value->low) || !whole(node, value->high)) return false;
  field.distribution = Distribution::uniform(value->low, value->high);
  return true;
}

void ObjectReader::number(std::string_view key, UncertainNumber& field, const NumberRule& rule, Need need,
                          std::string_view) {
  const DocumentNode* child = take(key, need);
  field.key = path_of(key);
  field.location = node_.location;
  if (child == nullptr) {
    if (rule.has_default) {
      field.distribution = rule.default_value;
      field.provenance.assumed = "the format's default";
    }
    return;
  }
  field.location = child->location;
  const DocumentNode* value = unwrap(*child, field.key, field.provenance);
  if (value == child && value->kind == DocumentNode::Kind::mapping) field.provenance = provenance_of(*value, field.key);
  // Below `value:` a source would be passed over; it stands beside.
  field.given = read_number(*value, field.key, rule, field, value == child ? provenance_keys : no_keys);
  if (rule.needs_source) note_if_unsourced(*child, field);
}

bool ObjectReader::read_weights(const DocumentNode& node, const std::string& path,
                                std::span<const std::string_view> names, UncertainNumber& field,
                                const std::vector<std::string>& beside) const {
  std::vector<std::string> keys = as_strings(names);
  keys.insert(keys.end(), beside.begin(), beside.end());
  report_unknown_keys_of_value(node, path, keys);
  std::vector<double> weights(names.size(), 0.0);
  bool good = true;
  for (std::size_t index = 0; index < names.size(); ++index) {
    const DocumentNode* weight = node.find(names[index]);
    if (weight == nullptr) continue;
    UncertainNumber probability;
    const std::string weight_path = path + "." + std::string(names[index]);
    if (!read_number(*weight, weight_path, share(), probability, no_keys)) {
      good = false;
    } else if (!probability.distribution.is_fixed()) {
      diagnostics_.error(weight->location, weight_path, "must be a single probability, not a range");
      good = false;
    } else {
      weights[index] = probability.distribution.mean();
    }
  }
  if (!good) return false;
  double sum = 0.0;
  for (const double weight : weights) sum += weight;
  if (std::abs(sum - 1.0) > 1e-6) {
    diagnostics_.error(node.location, path, fmt::format("probabilities sum to {:g}, not to 1", sum),
                       fmt::format("one for each of {}", fmt::join(names, ", ")));
    return false;
  }
  field.distribution = Distribution::categorical(std::move(weights));
  return true;
}

void ObjectReader::uncertain_category(std::string_view key, UncertainNumber& field,
                                      std::span<const std::string_view> names, Need need, std::string_view) {
  const DocumentNode* child = take(key, need);
  field.key = path_of(key);
  field.location = node_.location;
  if (child == nullptr) return;
  field.location = child->location;
  const DocumentNode* value = unwrap(*child, field.key, field.provenance);
  if (value->kind == DocumentNode::Kind::mapping) {
    if (value == child) field.provenance = provenance_of(*value, field.key);
    field.given = read_weights(*value, field.key, names, field, value == child ? provenance_keys : no_keys);
  } else {
    Listed listed;
    field.given = read_listed(*value, field.key, names, listed);
    field.distribution = Distribution::fixed(static_cast<double>(listed.index));
  }
  note_if_unsourced(*child, field);
}

}  // namespace interregnum
