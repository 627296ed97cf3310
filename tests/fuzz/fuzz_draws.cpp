// libFuzzer target: any bytes must end in a message or in draws that the model can be run with.
#include <cstdint>
#include <filesystem>
#include <fstream>

#include "fit/likelihoods.hpp"
#include "fit/posterior_file.hpp"
#include "model/draw_table.hpp"
#include "refused.hpp"

/// Good files to begin with, of both kinds, in the folder of inputs (the last argument): they follow the list of
/// parameters, which no file in the repository would.
extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  using namespace interregnum;
  const std::filesystem::path inputs = (*argv)[*argc - 1];
  if (!std::filesystem::is_directory(inputs)) return 0;
  Posterior posterior;
  const FreeParameters free = all_parameters_free();
  for (Eigen::Index position = 0; position < free.size(); ++position)
    posterior.names.push_back(free.entry(position).key);
  for (const FitQuantity& quantity : fit_quantities) posterior.names.emplace_back(quantity.name);
  for (const std::string_view part : {seizure_part, onset_part}) {
    for (const int year : {first_year_of_walks, first_year_of_walks + 1})
      posterior.names.push_back(year_level_name(part, year));
  }
  Eigen::MatrixXd draws = Eigen::MatrixXd::Constant(2, static_cast<Eigen::Index>(posterior.names.size()), 0.05);
  for (Eigen::Index position = 0; position < free.size(); ++position)
    draws.col(position).setConstant(free.entry(position).default_value);
  posterior.chains.assign(2, draws);
  posterior.left_out = {41, 432};
  write_posterior((inputs / "draws.nc").string(), posterior, "a good file");
  std::ofstream(inputs / "draws.json", std::ios::binary)
      << draw_table(ThetaDraws({draw_theta(default_theta(), 1, 0), draw_theta(default_theta(), 1, 1)}));
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace interregnum;
  const std::string content(reinterpret_cast<const char*>(data), size);
  done_or_refused([&] {
    const ThetaDraws draws =
        is_draw_table(content)
            ? read_draw_table(content, "fuzz")
            : ThetaDraws(thetas_of(parse_posterior("fuzz", content, DrawsNeeded::fit), default_theta()));
    for (std::size_t number = 0; number < draws.size(); ++number) {
      Theta theta = draws.draw(number);
      for (const ParameterEntry& entry : parameter_list()) {
        const double value = entry.value(theta);
        if (!(value >= entry.low && value <= entry.high)) std::abort();
      }
    }
  });
  return 0;
}
