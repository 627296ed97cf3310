#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <nlohmann/json_fwd.hpp>

#include "analysis/claims.hpp"
#include "analysis/paired_runs.hpp"
#include "cli/options.hpp"
#include "cli/report_options.hpp"
#include "scenario/mixing.hpp"
#include "study/paired.hpp"

namespace interregnum::cli {

/// Options shared by the commands that set cases beside each other.
struct PairedOptions {
  explicit PairedOptions(std::uint64_t default_futures = 0) : futures(default_futures) {}

  std::uint64_t futures;
  double standard_error = 0.02;
  std::uint64_t seed = 1;
  int threads = 0;
  bool json = false;
  bool force = false;
  ReportOptions report;

  /// `futures_meaning` says what --replicates counts here; without a target for the standard error, the number given
  /// by `futures` is the default.
  void add_to(CLI::App& command, const std::string& futures_meaning, bool with_standard_error);
  PairedRunSettings settings() const;
  /// The circumstances of paired runs of one country, for their report.
  PairedDescription describe(const std::string& file, const LoadedCountry& country) const;
  /// Prints the result as JSON or as text; then makes and writes the page, if it is wanted, and says where it is. So
  /// the result is there even if the page cannot be written.
  void publish(const nlohmann::ordered_json& result, const std::string& text, const PageTemplate& page_template,
               const std::function<nlohmann::ordered_json()>& make_page) const;
  ClaimSettings claim_settings(const Parameters& parameters, const ThetaOptions& theta) const;
};

/// The question that is put to every future: --outcome.
struct OutcomeOption {
  std::string name = "in_power";

  void add_to(CLI::App& command);
  /// Throws InputError.
  Measure measure() const { return Measure(name); }
};

/// The kind of factors: --by section or key.
struct FactorOption {
  std::string by = "section";

  void add_to(CLI::App& command, const std::string& meaning);
  FactorKind kind() const { return by == "key" ? FactorKind::key : FactorKind::section; }
};

/// The claim file and the country files that it names.
void name_files_of_claims(FileRoles& files, const std::string& path, const ClaimFile& claims);

/// Runs something long with Ctrl-C caught and progress cleared afterwards; its seconds.
double timed(const std::function<void()>& work);

}  // namespace interregnum::cli
