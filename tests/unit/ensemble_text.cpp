#include <cstdio>

#include "analysis/outcomes.hpp"
#include "engine/ensemble.hpp"
#include "scenario/files.hpp"

// Prints all counts of an ensemble: the same whether the engine has threads or not.
int main() {
  using namespace interregnum;
  const World world = compile(load_scenario(SCENARIOS "/mali-2020.yaml"));
  OutcomeSummary summary;
  EnsembleSettings settings;
  settings.replicates = 2500;
  EnsembleCallbacks callbacks;
  callbacks.records = [&](std::span<const RunRecord> records) { summary.add(records); };
  run_ensemble(world, default_theta(), settings, callbacks);
  std::puts(summary.text().c_str());
}
