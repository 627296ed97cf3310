#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

namespace interregnum {

/// A netCDF-4 file, or a group in one. Reading throws InputError with the file's name, writing likewise.
class NetcdfFile {
 public:
  /// Opens a file to be read.
  static NetcdfFile open(const std::string& path);
  /// Begins a file in memory; `path` is its name in messages.
  static NetcdfFile create(const std::string& path);
  NetcdfFile(NetcdfFile&& other) noexcept;
  NetcdfFile& operator=(NetcdfFile&&) = delete;
  NetcdfFile(const NetcdfFile&) = delete;
  NetcdfFile& operator=(const NetcdfFile&) = delete;
  ~NetcdfFile();

  /// A group by its name, which must be there when a file is read; it is closed with the file.
  NetcdfFile group(const std::string& name);
  void add_attribute(const std::string& name, const std::string& value);
  std::string attribute(const std::string& name) const;  ///< empty if there is none
  int add_dimension(const std::string& name, std::size_t size);
  void add_coordinates(int dimension, const std::string& name, std::size_t size);  ///< 0, 1, 2, …
  /// A table of numbers over two dimensions, compressed; in single precision if that is enough.
  void add_table(const std::string& name, int rows, int columns, const Eigen::MatrixXd& values, bool single);
  std::vector<std::string> tables() const;  ///< names of all that have two dimensions
  Eigen::MatrixXd table(const std::string& name) const;
  /// Closes a file that was begun; its bytes.
  std::string close();

 private:
  NetcdfFile(std::string path, int id, bool owner) : path_(std::move(path)), id_(id), owner_(owner) {}
  void check(int status) const;

  std::string path_;
  int id_;
  bool owner_;
};

}  // namespace interregnum
