#include "fit/fit_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>
#include <system_error>

#include "base/diagnostics.hpp"
#include "files/netcdf.hpp"
#include "files/new_file.hpp"

namespace interregnum {

namespace {

namespace fs = std::filesystem;

constexpr const char* table_name = "values";
constexpr const char* rows_name = "row";
constexpr const char* columns_name = "column";
constexpr std::array<std::string_view, 7> pieces_of_a_fit{"bank-", "matters-",   "chains-",     "calibration-",
                                                          "fold-", "to-1989.nc", "posterior.nc"};

bool is_written_by_a_fit(const fs::path& path) {
  const std::string name = path.filename().string();
  if (path.extension() != ".nc") return false;
  return std::any_of(pieces_of_a_fit.begin(), pieces_of_a_fit.end(),
                     [&](std::string_view piece) { return name.starts_with(piece); });
}

std::optional<Eigen::MatrixXd> read_piece(const std::string& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return std::nullopt;
  try {
    const NetcdfFile file = NetcdfFile::open(path);
    return file.table(file.variable(table_name), rows_name, columns_name);
  } catch (const InputError& error) {
    throw InputError(fmt::format("{} (a piece of this fit; delete it and run the fit again)", error.what()));
  }
}

void write_piece(const std::string& path, const Eigen::MatrixXd& content) {
  NetcdfWriter file;
  const std::size_t rows = file.add_dimension(rows_name, static_cast<std::size_t>(content.rows()));
  const std::size_t columns = file.add_dimension(columns_name, static_cast<std::size_t>(content.cols()));
  file.add_table(table_name, rows, columns, content, false);
  write_text_file(path, file.bytes(), true);
}

}  // namespace

std::vector<std::string> files_of_fit_folder(const std::string& folder) {
  std::vector<std::string> files{(fs::path(folder) / "fit.txt").string()};
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (is_written_by_a_fit(entry->path())) files.push_back(entry->path().string());
  }
  return files;
}

FitStore open_fit_folder(const std::string& folder, const std::string& what, bool overwrite) {
  std::error_code error;
  const fs::path label = fs::path(folder) / "fit.txt";
  std::stringstream present;
  if (std::ifstream stream(label); stream) present << stream.rdbuf();
  const bool empty = !fs::exists(folder, error) || (fs::is_directory(folder, error) && fs::is_empty(folder, error));
  if (!empty && present.str() != what) {
    if (!present.str().starts_with("interregnum "))
      throw InputError(fmt::format("{}: is not a folder of a fit, and not empty", folder));
    if (!overwrite)
      throw InputError(fmt::format(
          "{}: belongs to a fit with another record, version or settings (--force begins it anew)", folder));
    // Nothing but what a fit writes: the folder may hold a user's own files besides.
    for (const std::string& file : files_of_fit_folder(folder)) {
      if (fs::path(file) != label) fs::remove(file, error);
    }
  }
  fs::create_directories(folder, error);
  if (error) throw InputError(fmt::format("{}: cannot be made", folder));
  write_text_file(label.string(), what, true);
  const auto path_of = [folder](const std::string& piece) { return (fs::path(folder) / (piece + ".nc")).string(); };
  return {
      [path_of](const std::string& piece) { return read_piece(path_of(piece)); },
      [path_of](const std::string& piece, const Eigen::MatrixXd& content) { write_piece(path_of(piece), content); }};
}

}  // namespace interregnum
