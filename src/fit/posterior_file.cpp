#include "fit/posterior_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <sstream>
#include <string_view>

#include "base/diagnostics.hpp"
#include "base/suggestions.hpp"
#include "base/version.hpp"
#include "files/netcdf.hpp"
#include "files/new_file.hpp"
#include "fit/likelihoods.hpp"

namespace interregnum {

namespace {

constexpr const char* left_out_attribute = "countries_left_out";
constexpr const char* log_likelihood_name = "log_likelihood_sum";
constexpr const char* chains_name = "chain";
constexpr const char* draws_name = "draw";

/// A quantity that a file of draws may hold, and what its draws can be.
struct Known {
  std::string name;
  double low, high;
};

std::vector<Known> known_quantities() {
  std::vector<Known> known;
  for (const ParameterEntry& entry : parameter_list()) known.push_back({entry.key, entry.low, entry.high});
  for (const FitQuantity& quantity : fit_quantities)
    known.push_back({std::string(quantity.name), quantity.low, quantity.high});
  for (const std::string_view part : {seizure_part, onset_part}) {
    for (int year = first_year_of_walks; year <= YearLevels::last; ++year)
      known.push_back({year_level_name(part, year), -YearLevels::farthest, YearLevels::farthest});
  }
  constexpr double largest = std::numeric_limits<double>::max();
  known.push_back({log_likelihood_name, -largest, largest});
  return known;
}

/// The one judge of files of draws, of a fit or of another program.
class DrawsReader {
 public:
  DrawsReader(const NetcdfFile& file, DrawsNeeded needed) : file_(file), needed_(needed), known_(known_quantities()) {}

  Posterior read() {
    for (const NetcdfFile::Variable& variable : file_.variables()) {
      if (file_.is_coordinate(variable)) continue;
      const Known& known = known_of(variable.name);
      Eigen::MatrixXd table = file_.table(variable, chains_name, draws_name);
      check(known, table);
      if (variable.name == log_likelihood_name) {
        log_likelihood_ = std::move(table);
        continue;
      }
      posterior_.names.push_back(variable.name);
      tables_.push_back(std::move(table));
    }
    require(!tables_.empty(), "holds no draws of parameters");
    require_all_that_are_needed();
    posterior_.left_out = countries_left_out();
    take_chains();
    return std::move(posterior_);
  }

 private:
  void require(bool holds, const std::string& problem) const {
    if (!holds) throw InputError(fmt::format("{}: {}", file_.name(), problem));
  }

  const Known& known_of(const std::string& name) const {
    const auto found =
        std::find_if(known_.begin(), known_.end(), [&](const Known& known) { return known.name == name; });
    if (found != known_.end()) return *found;
    std::vector<std::string> names;
    for (const Known& known : known_) names.push_back(known.name);
    const std::string nearest = did_you_mean(name, names);
    throw InputError(
        fmt::format("{}: the model has no parameter '{}' ({})", file_.name(), name,
                    nearest.empty() ? "the file may be of another version; `interregnum params` lists them" : nearest));
  }

  void check(const Known& known, const Eigen::MatrixXd& draws) const {
    require(draws.allFinite(), fmt::format("'{}' is not finite in every draw", known.name));
    // Files may be in single precision, which is rounded by a share of the number.
    constexpr double rounding = 1e-6;
    require(draws.minCoeff() >= known.low - rounding * std::abs(known.low) &&
                draws.maxCoeff() <= known.high + rounding * std::abs(known.high),
            fmt::format("'{}' has draws from {:.6g} to {:.6g}; the model takes {:.6g} to {:.6g}", known.name,
                        draws.minCoeff(), draws.maxCoeff(), known.low, known.high));
  }

  /// Every parameter that a fit leaves free; lengths of steps and the like need not be there.
  void require_all_that_are_needed() const {
    std::vector<std::string> missing;
    const auto need = [&](const std::string& name) {
      if (posterior_.find(name) == posterior_.names.size()) missing.push_back(name);
    };
    const FreeParameters free = all_parameters_free();
    for (Eigen::Index position = 0; position < free.size(); ++position) need(free.entry(position).key);
    for (const std::string_view part : {seizure_part, onset_part}) {
      need(year_step_name(part));
      const int last = last_level_of(part);
      for (int year = first_year_of_walks; year <= last; ++year) need(year_level_name(part, year));
    }
    if (needed_ == DrawsNeeded::fit) {
      for (const FitQuantity& quantity : fit_quantities) need(std::string(quantity.name));
    }
    if (missing.empty()) return;
    constexpr std::size_t most_named = 5;
    const std::size_t count = missing.size();
    missing.resize(std::min(count, most_named));
    require(false, fmt::format("has no draws of {}{} (every parameter that `fit` finds must be there)",
                               fmt::join(missing, ", "),
                               count > most_named ? fmt::format(" and {} others", count - most_named) : ""));
  }

  /// The last year whose level is there; the first year of all if none is.
  int last_level_of(std::string_view part) const {
    int last = YearLevels::last;
    while (last > first_year_of_walks && posterior_.find(year_level_name(part, last)) == posterior_.names.size())
      --last;
    return last;
  }

  std::vector<int> countries_left_out() const {
    std::vector<int> codes;
    std::istringstream words(file_.attribute(left_out_attribute));
    for (std::string word; words >> word;) {
      int code = 0;
      const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), code);
      require(error == std::errc() && end == word.data() + word.size() && code > 0 && code < 1000,
              fmt::format("'{}' names {}, which is no country code", left_out_attribute, word.substr(0, 40)));
      codes.push_back(code);
    }
    return codes;
  }

  /// From tables of one quantity to chains of all.
  void take_chains() {
    const Eigen::Index chains = tables_.front().rows(), draws = tables_.front().cols();
    for (Eigen::Index chain = 0; chain < chains; ++chain) {
      Eigen::MatrixXd& values = posterior_.chains.emplace_back(draws, static_cast<Eigen::Index>(tables_.size()));
      for (std::size_t name = 0; name < tables_.size(); ++name)
        values.col(static_cast<Eigen::Index>(name)) = tables_[name].row(chain).transpose();
      if (log_likelihood_.size() > 0) posterior_.log_likelihoods.emplace_back(log_likelihood_.row(chain).transpose());
    }
  }

  const NetcdfFile& file_;
  DrawsNeeded needed_;
  std::vector<Known> known_;
  Posterior posterior_;
  std::vector<Eigen::MatrixXd> tables_;
  Eigen::MatrixXd log_likelihood_;
};

}  // namespace

void write_posterior(const std::string& path, const Posterior& posterior, const std::string& about) {
  NetcdfWriter file;
  file.add_attribute("title", about);
  file.add_attribute("inference_library", "interregnum");
  file.add_attribute("inference_library_version", std::string(version));
  if (!posterior.left_out.empty())
    file.add_attribute(left_out_attribute, fmt::format("{}", fmt::join(posterior.left_out, " ")));
  const std::size_t chain = file.add_dimension(chains_name, posterior.chains.size());
  const std::size_t draw = file.add_dimension(draws_name, static_cast<std::size_t>(posterior.draws()));
  for (std::size_t name = 0; name < posterior.names.size(); ++name)
    file.add_table(posterior.names[name], chain, draw, posterior.of(name).transpose(), true);
  if (!posterior.log_likelihoods.empty()) {
    Eigen::MatrixXd values(static_cast<Eigen::Index>(posterior.chains.size()), posterior.draws());
    for (std::size_t of = 0; of < posterior.log_likelihoods.size(); ++of)
      values.row(static_cast<Eigen::Index>(of)) = posterior.log_likelihoods[of].transpose();
    file.add_table(log_likelihood_name, chain, draw, values, true);
  }
  write_text_file(path, file.bytes(), true);
}

Posterior read_posterior(const std::string& path, DrawsNeeded needed) {
  return DrawsReader(NetcdfFile::open(path), needed).read();
}

Posterior parse_posterior(const std::string& name, std::string bytes, DrawsNeeded needed) {
  return DrawsReader(NetcdfFile(name, std::move(bytes)), needed).read();
}

}  // namespace interregnum
