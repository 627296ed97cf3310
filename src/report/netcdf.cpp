#include "report/netcdf.hpp"

#include <fmt/format.h>
#include <netcdf.h>
#include <netcdf_mem.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <utility>

#include "base/diagnostics.hpp"

namespace interregnum {

namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

}  // namespace

void NetcdfFile::check(int status) const {
  if (status == NC_NOERR) return;
  if (status == NC_ENOTNC || status == NC_EHDFERR)
    throw InputError(
        fmt::format("{}: is not a whole netCDF-4 file ({}); if a fit wrote it, delete it and run the fit "
                    "again",
                    path_, nc_strerror(status)));
  throw InputError(fmt::format("{}: {}", path_, nc_strerror(status)));
}

NetcdfFile NetcdfFile::open(const std::string& path) {
  NetcdfFile file(path, -1, true);
  const int status = nc_open(path.c_str(), NC_NOWRITE, &file.id_);
  if (status != NC_NOERR) file.owner_ = false;
  file.check(status);
  return file;
}

NetcdfFile NetcdfFile::create(const std::string& path) {
  NetcdfFile file(path, -1, true);
  const int status = nc_create_mem(path.c_str(), NC_NETCDF4 | NC_CLOBBER, 0, &file.id_);
  if (status != NC_NOERR) file.owner_ = false;
  file.check(status);
  return file;
}

NetcdfFile::NetcdfFile(NetcdfFile&& other) noexcept
    : path_(std::move(other.path_)), id_(other.id_), owner_(std::exchange(other.owner_, false)) {}

NetcdfFile::~NetcdfFile() {
  if (owner_) nc_close(id_);
}

std::string NetcdfFile::close() {
  NC_memio memory{};
  owner_ = false;
  check(nc_close_memio(id_, &memory));
  const std::unique_ptr<void, decltype(&std::free)> owner(memory.memory, &std::free);
  return {static_cast<const char*>(memory.memory), memory.size};
}

NetcdfFile NetcdfFile::group(const std::string& name) {
  int id = -1;
  if (nc_inq_grp_ncid(id_, name.c_str(), &id) != NC_NOERR) {
    const int status = nc_def_grp(id_, name.c_str(), &id);
    if (status != NC_NOERR) throw InputError(fmt::format("{}: has no group '{}'", path_, name));
  }
  return {path_, id, false};
}

void NetcdfFile::add_attribute(const std::string& name, const std::string& value) {
  check(nc_put_att_text(id_, NC_GLOBAL, name.c_str(), value.size(), value.c_str()));
}

std::string NetcdfFile::attribute(const std::string& name) const {
  std::size_t length = 0;
  if (nc_inq_attlen(id_, NC_GLOBAL, name.c_str(), &length) != NC_NOERR) return "";
  std::string value(length, '\0');
  check(nc_get_att_text(id_, NC_GLOBAL, name.c_str(), value.data()));
  return value;
}

int NetcdfFile::add_dimension(const std::string& name, std::size_t size) {
  int dimension = -1;
  check(nc_def_dim(id_, name.c_str(), size, &dimension));
  return dimension;
}

void NetcdfFile::add_coordinates(int dimension, const std::string& name, std::size_t size) {
  int variable = -1;
  check(nc_def_var(id_, name.c_str(), NC_INT, 1, &dimension, &variable));
  std::vector<int> numbers(size);
  std::iota(numbers.begin(), numbers.end(), 0);
  check(nc_put_var_int(id_, variable, numbers.data()));
}

void NetcdfFile::add_table(const std::string& name, int rows, int columns, const Eigen::MatrixXd& values, bool single) {
  const std::array<int, 2> dimensions{rows, columns};
  int variable = -1;
  check(nc_def_var(id_, name.c_str(), single ? NC_FLOAT : NC_DOUBLE, 2, dimensions.data(), &variable));
  check(nc_def_var_deflate(id_, variable, 1, 1, 4));
  const RowMajor in_order = values;
  check(nc_put_var_double(id_, variable, in_order.data()));
}

std::vector<std::string> NetcdfFile::tables() const {
  int count = 0;
  check(nc_inq_nvars(id_, &count));
  std::vector<std::string> names;
  for (int variable = 0; variable < count; ++variable) {
    std::array<char, NC_MAX_NAME + 1> name{};
    int dimensions = 0;
    check(nc_inq_var(id_, variable, name.data(), nullptr, &dimensions, nullptr, nullptr));
    if (dimensions == 2) names.emplace_back(name.data());
  }
  return names;
}

Eigen::MatrixXd NetcdfFile::table(const std::string& name) const {
  int variable = -1;
  std::array<int, 2> dimensions{};
  if (nc_inq_varid(id_, name.c_str(), &variable) != NC_NOERR)
    throw InputError(fmt::format("{}: has no table '{}'", path_, name));
  int number = 0;
  check(nc_inq_varndims(id_, variable, &number));
  if (number != 2) throw InputError(fmt::format("{}: '{}' is not a table", path_, name));
  check(nc_inq_vardimid(id_, variable, dimensions.data()));
  std::array<std::size_t, 2> sizes{};
  for (std::size_t axis = 0; axis < sizes.size(); ++axis) check(nc_inq_dimlen(id_, dimensions[axis], &sizes[axis]));
  RowMajor values(static_cast<Eigen::Index>(sizes[0]), static_cast<Eigen::Index>(sizes[1]));
  check(nc_get_var_double(id_, variable, values.data()));
  return values;
}

}  // namespace interregnum
