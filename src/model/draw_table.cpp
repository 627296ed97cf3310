#include "model/draw_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <boost/archive/iterators/base64_from_binary.hpp>
#include <boost/archive/iterators/binary_from_base64.hpp>
#include <boost/archive/iterators/dataflow_exception.hpp>
#include <boost/archive/iterators/transform_width.hpp>
#include <cmath>
#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "base/suggestions.hpp"
#include "base/version.hpp"

namespace interregnum {

namespace {

constexpr const char* format_key = "interregnum_draws";
constexpr const char* single_precision = "float32";
constexpr const char* double_precision = "float64";

// In base64 three bytes are four characters; the last three may be filled up.
std::string to_base64(std::string bytes) {
  using namespace boost::archive::iterators;
  using Encoded = base64_from_binary<transform_width<std::string::const_iterator, 6, 8>>;
  const std::size_t filled = (3 - bytes.size() % 3) % 3;
  bytes.append(filled, '\0');
  std::string text(Encoded(bytes.cbegin()), Encoded(bytes.cend()));
  text.replace(text.size() - filled, filled, filled, '=');
  return text;
}

std::size_t size_in_base64(std::size_t bytes) { return (bytes + 2) / 3 * 4; }

/// The text must have the size that so many bytes have. Throws dataflow_exception at a character that is none of
/// base64.
std::string from_base64(std::string text, std::size_t bytes) {
  using namespace boost::archive::iterators;
  using Decoded = transform_width<binary_from_base64<std::string::const_iterator>, 8, 6>;
  const std::size_t filled = text.size() / 4 * 3 - bytes;
  text.replace(text.size() - filled, filled, filled, 'A');
  return std::string(Decoded(text.cbegin()), Decoded(text.cend())).substr(0, bytes);
}

template <class Unsigned>
void append(std::string& bytes, Unsigned bits) {
  for (std::size_t byte = 0; byte < sizeof(Unsigned); ++byte) bytes += static_cast<char>((bits >> (8U * byte)) & 0xffU);
}

template <class Unsigned>
Unsigned bits_at(std::string_view bytes, std::size_t at) {
  Unsigned bits = 0;
  for (std::size_t byte = 0; byte < sizeof(Unsigned); ++byte)
    bits |= static_cast<Unsigned>(static_cast<Unsigned>(static_cast<unsigned char>(bytes[at + byte])) << (8U * byte));
  return bits;
}

/// A quantity that a table holds of every draw: a parameter, or the level of a year.
struct Held {
  std::string key;
  double low, high;
  std::function<double&(Theta&)> value;
};

const std::vector<Held>& all_held() {
  static const std::vector<Held> list = [] {
    std::vector<Held> held;
    for (const ParameterEntry& entry : parameter_list())
      held.push_back({entry.key, entry.low, entry.high, entry.value});
    for (int year = YearLevels::first; year <= YearLevels::last; ++year) {
      held.push_back({fmt::format("level.seizure.{}", year), -YearLevels::farthest, YearLevels::farthest,
                      [year](Theta& theta) -> double& { return theta.seizure.level.at(year); }});
      held.push_back({fmt::format("level.onset.{}", year), -YearLevels::farthest, YearLevels::farthest,
                      [year](Theta& theta) -> double& { return theta.onset.level.at(year); }});
    }
    return held;
  }();
  return list;
}

/// The one judge of tables of draws.
class TableReader {
 public:
  TableReader(const std::string& text, const std::string& name) : name_(name) {
    try {
      table_ = nlohmann::json::parse(text);
    } catch (const nlohmann::json::parse_error& error) {
      throw InputError(fmt::format("{}: is not JSON (byte {})", name_, error.byte));
    } catch (const nlohmann::json::out_of_range&) {
      throw InputError(fmt::format("{}: holds a number that is too large", name_));
    }
  }

  ThetaDraws read() {
    require(table_.is_object() && table_.contains(format_key),
            fmt::format("is no table of draws (it has the key \"{}\"; `interregnum params --draws` writes one)",
                        format_key));
    require(table_[format_key] == 1,
            fmt::format("{}: is {:.40}; this program reads format 1", format_key, table_[format_key].dump()));
    read_fixed();
    read_names();
    require_every_parameter();
    read_draws();
    return ThetaDraws(std::move(draws_));
  }

 private:
  void require(bool holds, const std::string& problem) const {
    if (!holds) throw InputError(fmt::format("{}: {}", name_, problem));
  }

  const nlohmann::json& at(const char* key, nlohmann::json::value_t type, const char* kind) const {
    const auto found = table_.find(key);
    require(found != table_.end(), fmt::format("{}: is missing", key));
    require(found->type() == type, fmt::format("{}: is not {}", key, kind));
    return *found;
  }

  /// The parameter of a key, which none before it in this table has.
  const Held& parameter(const std::string& key) {
    const std::vector<Held>& known = all_held();
    const auto found = std::find_if(known.begin(), known.end(), [&](const Held& held) { return held.key == key; });
    if (found == known.end()) {
      std::vector<std::string> keys;
      for (const Held& held : known) keys.push_back(held.key);
      const std::string nearest = did_you_mean(key, keys);
      const std::string hint =
          nearest.empty() ? "the table may be of another version; `interregnum params` lists them" : nearest;
      require(false, fmt::format("the model has no parameter '{:.100}' ({})", key, hint));
    }
    const auto position = static_cast<std::size_t>(found - known.begin());
    require(!seen_[position], fmt::format("{}: is there twice", key));
    seen_[position] = true;
    return *found;
  }

  double checked(const Held& parameter, double value) const {
    if (value >= parameter.low && value <= parameter.high) return value;
    throw InputError(fmt::format("{}: {}: is {:.6g}; the model takes {:.6g} to {:.6g}", name_, parameter.key, value,
                                 parameter.low, parameter.high));
  }

  void read_fixed() {
    for (const auto& [key, value] : at("same_in_all", nlohmann::json::value_t::object, "a mapping").items()) {
      const Held& entry = parameter(key);
      require(value.is_number(), fmt::format("{}: is not a number", key));
      entry.value(fixed_) = checked(entry, value.get<double>());
    }
  }

  void read_names() {
    for (const nlohmann::json& key : at("names", nlohmann::json::value_t::array, "a list")) {
      require(key.is_string(), "names: are not all texts");
      columns_.push_back(&parameter(key.get_ref<const std::string&>()));
    }
  }

  void require_every_parameter() const {
    for (std::size_t index = 0; index < seen_.size(); ++index)
      require(seen_[index],
              fmt::format("{}: is missing (every parameter of the model must be there)", all_held()[index].key));
  }

  void read_draws() {
    const auto count = at("draws", nlohmann::json::value_t::number_unsigned, "a whole number").get<std::uint64_t>();
    const std::string numbers = at("numbers", nlohmann::json::value_t::string, "a text").get<std::string>();
    require(numbers == single_precision || numbers == double_precision,
            fmt::format("numbers: is '{:.40}'; {} or {} are known", numbers, single_precision, double_precision));
    const std::size_t width = numbers == single_precision ? sizeof(float) : sizeof(double);
    const auto& text = at("values", nlohmann::json::value_t::string, "a text").get_ref<const std::string&>();
    constexpr std::uint64_t most = 1'000'000;
    require(count > 0 && count <= most, fmt::format("draws: are {}; from 1 to {} are taken", count, most));
    const std::size_t bytes = count * columns_.size() * width;
    require(text.size() == size_in_base64(bytes),
            fmt::format("values: have {} characters; {} draws of {} parameters in {} have {}", text.size(), count,
                        columns_.size(), numbers, size_in_base64(bytes)));
    const std::string values = decoded(text, bytes);
    draws_.assign(count, fixed_);
    std::size_t position = 0;
    for (Theta& draw : draws_) {
      for (const Held* column : columns_) {
        const double value = width == sizeof(float) ? std::bit_cast<float>(bits_at<std::uint32_t>(values, position))
                                                    : std::bit_cast<double>(bits_at<std::uint64_t>(values, position));
        column->value(draw) = checked(*column, value);
        position += width;
      }
    }
  }

  std::string decoded(const std::string& text, std::size_t bytes) const {
    std::string values;
    try {
      values = from_base64(text, bytes);
    } catch (const boost::archive::iterators::dataflow_exception&) {
      require(false, "values: are not base64");
    }
    require(to_base64(values) == text, "values: are not base64");
    return values;
  }

  const std::string& name_;
  nlohmann::json table_;
  std::vector<bool> seen_ = std::vector<bool>(all_held().size());
  Theta fixed_ = default_theta();
  std::vector<const Held*> columns_;
  std::vector<Theta> draws_;
};

}  // namespace

std::string draw_table(const ThetaDraws& draws) {
  std::vector<Theta> thetas;
  for (std::size_t number = 0; number < draws.size(); ++number) thetas.push_back(draws.draw(number));
  nlohmann::ordered_json same = nlohmann::ordered_json::object();
  nlohmann::ordered_json names = nlohmann::ordered_json::array();
  std::vector<const Held*> columns;
  bool single_is_enough = true;
  for (const Held& parameter : all_held()) {
    const double first = parameter.value(thetas.front());
    const auto bits = std::bit_cast<std::uint64_t>(first);  // of -0, too
    const auto value_is = [&](const auto& holds) {
      return std::all_of(thetas.begin(), thetas.end(), [&](Theta& theta) { return holds(parameter.value(theta)); });
    };
    if (value_is([bits](double value) { return std::bit_cast<std::uint64_t>(value) == bits; })) {
      same[parameter.key] = first;
      continue;
    }
    names.push_back(parameter.key);
    columns.push_back(&parameter);
    single_is_enough = single_is_enough &&
                       value_is([](double value) { return static_cast<double>(static_cast<float>(value)) == value; });
  }
  std::string values;
  for (Theta& theta : thetas) {
    for (const Held* column : columns) {
      if (single_is_enough) {
        append(values, std::bit_cast<std::uint32_t>(static_cast<float>(column->value(theta))));
      } else {
        append(values, std::bit_cast<std::uint64_t>(column->value(theta)));
      }
    }
  }
  const nlohmann::ordered_json table{{format_key, 1},
                                     {"version", version},
                                     {"draws", thetas.size()},
                                     {"same_in_all", std::move(same)},
                                     {"names", std::move(names)},
                                     {"numbers", single_is_enough ? single_precision : double_precision},
                                     {"values", to_base64(std::move(values))}};
  return table.dump(1) + "\n";
}

ThetaDraws read_draw_table(const std::string& text, const std::string& name) { return TableReader(text, name).read(); }

bool is_draw_table(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string::npos && text[first] == '{';
}

}  // namespace interregnum
