#include "files/netcdf.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <bit>
#include <set>
#include <string_view>

#include "base/diagnostics.hpp"
#include "files/read_file.hpp"

namespace interregnum {

namespace {

// Tags and types of the specification.
constexpr std::uint32_t tag_dimension = 10, tag_variable = 11, tag_attribute = 12;
constexpr std::uint32_t type_char = 2, type_int = 4, type_float = 5, type_double = 6;

/// Bytes of a value of each type, in the order of their numbers (from 1): byte, char, short, int, float, double, ubyte,
/// ushort, uint, int64, uint64. 0: there is no such type.
std::size_t size_of_type(std::uint32_t type) {
  constexpr std::array<std::size_t, 12> sizes{0, 1, 1, 2, 4, 4, 8, 1, 2, 4, 8, 8};
  return type < sizes.size() ? sizes[type] : 0;
}

constexpr std::size_t padded(std::size_t size) { return (size + 3) & ~std::size_t{3}; }

/// The bytes at `at`, most significant first.
template <class Unsigned>
Unsigned big_endian(std::string_view bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t index = 0; index < sizeof(Unsigned); ++index)
    value = (value << 8U) | static_cast<unsigned char>(bytes[at + index]);
  return static_cast<Unsigned>(value);
}

template <class Unsigned>
void append(std::string& bytes, Unsigned value) {
  for (std::size_t index = sizeof(Unsigned); index-- > 0;)
    bytes += static_cast<char>(static_cast<unsigned char>(static_cast<std::uint64_t>(value) >> (8U * index)));
}

double number_at(std::string_view bytes, std::size_t at, std::uint32_t type) {
  switch (type) {
    case 1:
      return static_cast<std::int8_t>(big_endian<std::uint8_t>(bytes, at));
    case 3:
      return static_cast<std::int16_t>(big_endian<std::uint16_t>(bytes, at));
    case type_int:
      return static_cast<std::int32_t>(big_endian<std::uint32_t>(bytes, at));
    case type_float:
      return static_cast<double>(std::bit_cast<float>(big_endian<std::uint32_t>(bytes, at)));
    case type_double:
      return std::bit_cast<double>(big_endian<std::uint64_t>(bytes, at));
    case 7:
      return big_endian<std::uint8_t>(bytes, at);
    case 8:
      return big_endian<std::uint16_t>(bytes, at);
    case 9:
      return big_endian<std::uint32_t>(bytes, at);
    case 10:
      return static_cast<double>(static_cast<std::int64_t>(big_endian<std::uint64_t>(bytes, at)));
    default:
      return static_cast<double>(big_endian<std::uint64_t>(bytes, at));
  }
}

}  // namespace

/// Walks through the header; every step is checked against the length of the file.
class NetcdfFile::Header {
 public:
  explicit Header(NetcdfFile& file) : file_(file), bytes_(file.bytes_) {}

  void read() {
    version();
    count();  // records: tables over an unlimited dimension are refused
    for (std::size_t left = list_of(tag_dimension); left > 0; --left) {
      std::string name = text();
      require(known_.insert("dimension " + name).second, fmt::format("has two dimensions '{}'", name));
      file_.dimensions_.push_back({std::move(name), count()});
    }
    attributes(&file_.attributes_);
    for (std::size_t left = list_of(tag_variable); left > 0; --left) variable();
  }

 private:
  void require(bool holds, const std::string& problem = "is damaged or cut off") const {
    if (!holds) throw InputError(fmt::format("{}: {}", file_.name_, problem));
  }

  void version() {
    require(!bytes_.starts_with("\x89HDF\r\n\x1a\n"),
            "is netCDF-4 (HDF5), which this program does not read (write it as netCDF classic, e.g. with xarray: "
            "open_dataset(FILE, group=\"posterior\").to_netcdf(NEW, format=\"NETCDF3_64BIT\"))");
    require(bytes_.starts_with("CDF") && bytes_.size() >= 4 && (bytes_[3] == 1 || bytes_[3] == 2 || bytes_[3] == 5),
            "is not a netCDF classic file");
    version_ = bytes_[3];
    at_ = 4;
  }

  template <class Unsigned>
  Unsigned next() {
    require(sizeof(Unsigned) <= bytes_.size() - at_);
    at_ += sizeof(Unsigned);
    return big_endian<Unsigned>(bytes_, at_ - sizeof(Unsigned));
  }

  /// A number of things: 64 bits in CDF-5, else 32. All bits set (records that are being written) is taken for a number
  /// too, as nothing depends on it.
  std::size_t count() { return version_ == 5 ? next<std::uint64_t>() : next<std::uint32_t>(); }

  /// Length of a list, of whose entries each takes at least eight bytes.
  std::size_t list_of(std::uint32_t tag) {
    const auto found = next<std::uint32_t>();
    const std::size_t length = count();
    require(found == tag || (found == 0 && length == 0));
    require(length <= (bytes_.size() - at_) / 8);
    return length;
  }

  std::string_view block(std::size_t size) {
    require(size <= bytes_.size() && padded(size) <= bytes_.size() - at_);
    at_ += padded(size);
    return bytes_.substr(at_ - padded(size), size);
  }

  std::string text() { return std::string(block(count())); }

  /// Attributes; text is kept if it is wanted. Whether numbers are packed.
  bool attributes(std::vector<std::pair<std::string, std::string>>* wanted) {
    bool packed = false;
    for (std::size_t left = list_of(tag_attribute); left > 0; --left) {
      std::string name = text();
      const auto type = next<std::uint32_t>();
      const std::size_t size = size_of_type(type), length = count();
      require(size > 0 && length <= bytes_.size() / size);
      const std::string_view values = block(length * size);
      packed = packed || name == "scale_factor" || name == "add_offset";
      if (wanted != nullptr && type == type_char) wanted->emplace_back(std::move(name), values);
    }
    return packed;
  }

  void variable() {
    Variable variable;
    variable.name = text();
    require(known_.insert("variable " + variable.name).second, fmt::format("has '{}' twice", variable.name));
    const std::size_t number = count();
    require(number <= (bytes_.size() - at_) / 4);
    for (std::size_t left = number; left > 0; --left) {
      variable.dimensions.push_back(count());
      require(variable.dimensions.back() < file_.dimensions_.size());
    }
    variable.packed = attributes(nullptr);
    variable.type = next<std::uint32_t>();
    require(size_of_type(variable.type) > 0);
    count();  // its size, which follows from the dimensions
    variable.begin = version_ == 1 ? next<std::uint32_t>() : next<std::uint64_t>();
    file_.variables_.push_back(std::move(variable));
  }

  NetcdfFile& file_;
  std::string_view bytes_;
  std::set<std::string> known_;
  std::size_t at_ = 0;
  int version_ = 0;
};

NetcdfFile NetcdfFile::open(const std::string& path) { return {path, read_file(path)}; }

NetcdfFile::NetcdfFile(std::string name, std::string bytes) : name_(std::move(name)), bytes_(std::move(bytes)) {
  Header(*this).read();
}

std::string NetcdfFile::attribute(const std::string& wanted) const {
  for (const auto& [name, value] : attributes_) {
    if (name == wanted) return value;
  }
  return "";
}

const NetcdfFile::Variable& NetcdfFile::variable(const std::string& wanted) const {
  const auto found = std::find_if(variables_.begin(), variables_.end(),
                                  [&](const Variable& variable) { return variable.name == wanted; });
  if (found == variables_.end()) throw InputError(fmt::format("{}: has no table '{}'", name_, wanted));
  return *found;
}

bool NetcdfFile::is_coordinate(const Variable& of) const {
  return of.dimensions.size() == 1 && dimensions_[of.dimensions.front()].name == of.name;
}

Eigen::MatrixXd NetcdfFile::table(const Variable& of, const std::string& rows, const std::string& columns) const {
  const auto require = [&](bool holds, const std::string& problem) {
    if (!holds) throw InputError(fmt::format("{}: '{}' {}", name_, of.name, problem));
  };
  std::vector<std::string> names;
  for (const std::size_t dimension : of.dimensions) names.push_back(dimensions_[dimension].name);
  const bool in_order = names == std::vector{rows, columns}, transposed = names == std::vector{columns, rows};
  require(in_order || transposed,
          fmt::format("is not a table over the dimensions {} and {} ({})", rows, columns,
                      names.empty() ? "it has none" : fmt::format("it has {}", fmt::join(names, ", "))));
  require(of.type != type_char, "is text");
  require(!of.packed, "is packed (scale_factor, add_offset); write plain numbers");
  const std::size_t slow = dimensions_[of.dimensions[0]].size, fast = dimensions_[of.dimensions[1]].size;
  require(slow > 0 && fast > 0, "is empty, or has an unlimited dimension (write it with a fixed one)");
  const std::size_t size = size_of_type(of.type);
  // No product before it is known not to overflow, no memory before the file is known to be as long.
  require(of.begin <= bytes_.size() && slow <= (bytes_.size() - of.begin) / size / fast,
          fmt::format("is cut off: the file has no room for {} by {} values", slow, fast));
  Eigen::MatrixXd values(static_cast<Eigen::Index>(in_order ? slow : fast),
                         static_cast<Eigen::Index>(in_order ? fast : slow));
  std::size_t at = of.begin;
  for (Eigen::Index outer = 0; outer < static_cast<Eigen::Index>(slow); ++outer) {
    for (Eigen::Index inner = 0; inner < static_cast<Eigen::Index>(fast); ++inner, at += size)
      (in_order ? values(outer, inner) : values(inner, outer)) = number_at(bytes_, at, of.type);
  }
  return values;
}

namespace {

void append_text(std::string& bytes, const std::string& text) {
  append(bytes, static_cast<std::uint32_t>(text.size()));
  bytes += text;
  bytes.append(padded(text.size()) - text.size(), '\0');
}

void append_list(std::string& bytes, std::uint32_t tag, std::size_t length) {
  append(bytes, length > 0 ? tag : 0U);
  append(bytes, static_cast<std::uint32_t>(length));
}

}  // namespace

void NetcdfWriter::add_attribute(const std::string& name, const std::string& value) {
  attributes_.emplace_back(name, value);
}

std::size_t NetcdfWriter::add_dimension(const std::string& name, std::size_t size) {
  dimensions_.emplace_back(name, size);
  Variable& numbers = variables_.emplace_back(Variable{name, {dimensions_.size() - 1}, type_int, {}});
  for (std::uint32_t number = 0; number < size; ++number) append(numbers.values, number);
  return dimensions_.size() - 1;
}

void NetcdfWriter::add_table(const std::string& name, std::size_t rows, std::size_t columns,
                             const Eigen::MatrixXd& values, bool single) {
  Variable& table = variables_.emplace_back(Variable{name, {rows, columns}, single ? type_float : type_double, {}});
  table.values.reserve(static_cast<std::size_t>(values.size()) * (single ? 4 : 8));
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    for (Eigen::Index column = 0; column < values.cols(); ++column) {
      const double value = values(row, column);
      if (single) {
        append(table.values, std::bit_cast<std::uint32_t>(static_cast<float>(value)));
      } else {
        append(table.values, std::bit_cast<std::uint64_t>(value));
      }
    }
  }
}

std::string NetcdfWriter::bytes() const {
  // The header has the same length wherever the values begin, so that it is laid out twice.
  std::size_t length = 0;
  for (;;) {
    std::string bytes = std::string("CDF\x02", 4) + std::string(4, '\0');
    append_list(bytes, tag_dimension, dimensions_.size());
    for (const auto& [name, size] : dimensions_) {
      append_text(bytes, name);
      append(bytes, static_cast<std::uint32_t>(size));
    }
    append_list(bytes, tag_attribute, attributes_.size());
    for (const auto& [name, value] : attributes_) {
      append_text(bytes, name);
      append(bytes, type_char);
      append_text(bytes, value);
    }
    append_list(bytes, tag_variable, variables_.size());
    std::size_t begin = length;
    for (const Variable& variable : variables_) {
      append_text(bytes, variable.name);
      append(bytes, static_cast<std::uint32_t>(variable.dimensions.size()));
      for (const std::size_t dimension : variable.dimensions) append(bytes, static_cast<std::uint32_t>(dimension));
      append_list(bytes, tag_attribute, 0);
      append(bytes, variable.type);
      append(bytes, static_cast<std::uint32_t>(padded(variable.values.size())));
      append(bytes, static_cast<std::uint64_t>(begin));
      begin += padded(variable.values.size());
    }
    if (bytes.size() != std::exchange(length, bytes.size())) continue;
    for (const Variable& variable : variables_) {
      bytes += variable.values;
      bytes.append(padded(variable.values.size()) - variable.values.size(), '\0');
    }
    return bytes;
  }
}

}  // namespace interregnum
