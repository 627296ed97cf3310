#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace interregnum {

/// A netCDF classic file (CDF-1, CDF-2 or CDF-5; Unidata, NetCDF Classic Format Specification), read from memory within
/// its bounds: no size that the file declares is believed before the file is found to be long enough
/// (docs/decisions/0012-files-of-draws.md).
class NetcdfFile {
 public:
  struct Variable {
    std::string name;
    std::vector<std::size_t> dimensions;  ///< positions in the file's list of dimensions
    std::uint32_t type = 0;               ///< as the specification numbers them
    std::size_t begin = 0;                ///< byte where the values begin
    bool packed = false;                  ///< has a scale_factor or an add_offset
  };

  /// Reads a file of at most a gigabyte. Throws as read_file does, and InputError if it is no such file.
  static NetcdfFile open(const std::string& path);
  /// Reads what stands in memory; `name` is for messages. Throws InputError if it is no whole netCDF classic file.
  NetcdfFile(std::string name, std::string bytes);

  const std::string& name() const { return name_; }
  /// A text attribute of the file; empty if there is none.
  std::string attribute(const std::string& wanted) const;
  const std::vector<Variable>& variables() const { return variables_; }
  /// The variable of a name; throws InputError if there is none.
  const Variable& variable(const std::string& wanted) const;
  /// Whether a variable only numbers a dimension, whose name it bears.
  bool is_coordinate(const Variable& of) const;
  /// A variable over two dimensions as a table. The dimensions are found by their names, in whichever order the file
  /// has them. Throws InputError if it has others, an unlimited one, no numbers, or packed ones.
  Eigen::MatrixXd table(const Variable& of, const std::string& rows, const std::string& columns) const;

 private:
  struct Dimension {
    std::string name;
    std::size_t size = 0;  ///< 0: unlimited
  };
  class Header;

  std::string name_;
  std::string bytes_;
  std::vector<Dimension> dimensions_;
  std::vector<std::pair<std::string, std::string>> attributes_;
  std::vector<Variable> variables_;
};

/// Puts a netCDF classic file (CDF-2) together in memory.
class NetcdfWriter {
 public:
  void add_attribute(const std::string& name, const std::string& value);
  /// A dimension, and the numbers 0, 1, 2, … as its coordinates. Its position.
  std::size_t add_dimension(const std::string& name, std::size_t size);
  /// A table of numbers over two dimensions; in single precision if that is enough.
  void add_table(const std::string& name, std::size_t rows, std::size_t columns, const Eigen::MatrixXd& values,
                 bool single);
  std::string bytes() const;

 private:
  struct Variable {
    std::string name;
    std::vector<std::size_t> dimensions;
    std::uint32_t type = 0;
    std::string values;  ///< as the file has them
  };

  std::vector<std::pair<std::string, std::string>> attributes_;
  std::vector<std::pair<std::string, std::size_t>> dimensions_;
  std::vector<Variable> variables_;
};

}  // namespace interregnum
