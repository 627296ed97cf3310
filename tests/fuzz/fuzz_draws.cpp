// libFuzzer target: any bytes must end in a message or in draws that the model can be run with.
#include <cstdint>
#include <filesystem>

#include "fit/likelihoods.hpp"
#include "fit/posterior_file.hpp"
#include "refused.hpp"

/// A good file to begin with, in the folder of inputs (the last argument): it follows the list of parameters, which no
/// file in the repository would.
extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  using namespace interregnum;
  const std::filesystem::path inputs = (*argv)[*argc - 1];
  if (!std::filesystem::is_directory(inputs)) return 0;
  Posterior posterior;
  const FreeParameters free = all_parameters_free();
  Eigen::MatrixXd draws = Eigen::MatrixXd::Constant(2, free.size() + 2, 0.05);
  for (Eigen::Index position = 0; position < free.size(); ++position) {
    posterior.names.push_back(free.entry(position).key);
    draws.col(position).setConstant(free.entry(position).default_value);
  }
  for (const FitQuantity& quantity : fit_quantities) posterior.names.emplace_back(quantity.name);
  posterior.chains.assign(2, draws);
  posterior.left_out = {41, 432};
  write_posterior((inputs / "draws.nc").string(), posterior, "a good file");
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace interregnum;
  done_or_refused([&] {
    const Posterior posterior =
        parse_posterior("fuzz", std::string(reinterpret_cast<const char*>(data), size), DrawsNeeded::fit);
    for (Theta theta : thetas_of(posterior, default_theta())) {
      for (const ParameterEntry& entry : parameter_list()) {
        const double value = entry.value(theta);
        if (!(value >= entry.low && value <= entry.high)) std::abort();
      }
    }
  });
  return 0;
}
