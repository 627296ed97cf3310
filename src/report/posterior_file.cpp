#include "report/posterior_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "base/diagnostics.hpp"
#include "base/version.hpp"
#include "files/new_file.hpp"
#include "report/netcdf.hpp"
#include "scenario/suggestions.hpp"

namespace interregnum {

namespace {

/// Lets `write` fill a file in memory, which is then written as a NewFile: HDF5 crashes if the disk is full, and has
/// locks of its own that are at odds with those of a NewFile.
template <class Write>
void write_and_rename(const std::string& path, const Write& write) {
  NetcdfFile file = NetcdfFile::create(path);
  write(file);
  write_text_file(path, file.close(), true);
}

Eigen::MatrixXd read_piece(const std::string& path) { return NetcdfFile::open(path).table("values"); }

constexpr const char* left_out_attribute = "countries_left_out";
constexpr std::array<std::string_view, 7> pieces_of_a_fit{"bank-", "matters-",   "chains-",     "calibration-",
                                                          "fold-", "to-1989.nc", "posterior.nc"};

std::vector<int> codes_of(const std::string& text) {
  std::vector<int> codes;
  std::istringstream words(text);
  for (int code = 0; words >> code;) codes.push_back(code);
  return codes;
}

/// A parameter must be one of the model's, and its draws within the bounds of the model.
void check_draws(const std::string& path, const std::string& name, const Eigen::MatrixXd& draws) {
  for (const ParameterEntry& entry : parameter_list()) {
    if (entry.key != name) continue;
    // Files are in single precision.
    const double rounding = 1e-6 * std::max(std::abs(entry.low), std::abs(entry.high));
    if (draws.minCoeff() < entry.low - rounding || draws.maxCoeff() > entry.high + rounding)
      throw InputError(fmt::format("{}: '{}' has draws from {:.6g} to {:.6g}; the model takes {:.6g} to {:.6g}", path,
                                   name, draws.minCoeff(), draws.maxCoeff(), entry.low, entry.high));
  }
}

void check_name(const std::string& path, const std::string& name) {
  if (!name.starts_with("theta.")) return;
  std::vector<std::string> known;
  for (const ParameterEntry& entry : parameter_list()) known.push_back(entry.key);
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  const std::string nearest = did_you_mean(name, known);
  throw InputError(fmt::format("{}: the model has no parameter '{}' ({})", path, name,
                               nearest.empty() ? "the file may be of another version" : nearest));
}

bool is_written_by_a_fit(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  if (path.extension() != ".nc") return false;
  return std::any_of(pieces_of_a_fit.begin(), pieces_of_a_fit.end(),
                     [&](std::string_view piece) { return name.starts_with(piece); });
}

}  // namespace

void write_posterior(const std::string& path, const Posterior& posterior, const std::string& about) {
  write_and_rename(path, [&](NetcdfFile& file) {
    file.add_attribute("title", about);
    if (!posterior.left_out.empty())
      file.add_attribute(left_out_attribute, fmt::format("{}", fmt::join(posterior.left_out, " ")));
    const auto chains = posterior.chains.size();
    const auto draws = static_cast<std::size_t>(posterior.draws());
    const auto begin = [&](const std::string& name) {
      NetcdfFile group = file.group(name);
      group.add_attribute("inference_library", "interregnum");
      group.add_attribute("inference_library_version", std::string(version));
      const int chain = group.add_dimension("chain", chains), draw = group.add_dimension("draw", draws);
      group.add_coordinates(chain, "chain", chains);
      group.add_coordinates(draw, "draw", draws);
      return std::tuple{std::move(group), chain, draw};
    };
    auto [group, chain, draw] = begin("posterior");
    for (std::size_t name = 0; name < posterior.names.size(); ++name)
      group.add_table(posterior.names[name], chain, draw, posterior.of(name).transpose(), true);
    auto [statistics, chain_of_statistics, draw_of_statistics] = begin("sample_stats");
    Eigen::MatrixXd values(posterior.draws(), static_cast<Eigen::Index>(chains));
    for (std::size_t of = 0; of < chains; ++of)
      values.col(static_cast<Eigen::Index>(of)) = posterior.log_likelihoods[of];
    statistics.add_table("log_likelihood_sum", chain_of_statistics, draw_of_statistics, values.transpose(), true);
  });
}

Posterior read_posterior(const std::string& path) {
  NetcdfFile file = NetcdfFile::open(path);
  NetcdfFile group = file.group("posterior");
  Posterior posterior;
  posterior.names = group.tables();
  posterior.left_out = codes_of(file.attribute(left_out_attribute));
  std::vector<Eigen::MatrixXd> tables;
  for (const std::string& name : posterior.names) {
    check_name(path, name);
    tables.push_back(group.table(name));
    if (tables.back().size() == 0 || tables.back().rows() != tables.front().rows() ||
        tables.back().cols() != tables.front().cols() || !tables.back().allFinite())
      throw InputError(fmt::format("{}: '{}' has missing draws", path, name));
    check_draws(path, name, tables.back());
  }
  if (tables.empty()) throw InputError(fmt::format("{}: holds no draws of parameters", path));
  for (Eigen::Index chain = 0; chain < tables.front().rows(); ++chain) {
    Eigen::MatrixXd draws(tables.front().cols(), static_cast<Eigen::Index>(tables.size()));
    for (std::size_t name = 0; name < tables.size(); ++name)
      draws.col(static_cast<Eigen::Index>(name)) = tables[name].row(chain).transpose();
    posterior.chains.push_back(std::move(draws));
  }
  return posterior;
}

std::vector<std::string> files_of_fit_folder(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> files{(fs::path(folder) / "fit.txt").string()};
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (is_written_by_a_fit(entry->path())) files.push_back(entry->path().string());
  }
  return files;
}

FitStore open_fit_folder(const std::string& folder, const std::string& what, bool overwrite) {
  namespace fs = std::filesystem;
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
  return {[path_of](const std::string& piece) -> std::optional<Eigen::MatrixXd> {
            std::error_code ignored;
            if (!fs::exists(path_of(piece), ignored)) return std::nullopt;
            return read_piece(path_of(piece));
          },
          [path_of](const std::string& piece, const Eigen::MatrixXd& content) {
            write_and_rename(path_of(piece), [&](NetcdfFile& file) {
              const int rows = file.add_dimension("row", static_cast<std::size_t>(content.rows()));
              const int columns = file.add_dimension("column", static_cast<std::size_t>(content.cols()));
              file.add_table("values", rows, columns, content, false);
            });
          }};
}

}  // namespace interregnum
