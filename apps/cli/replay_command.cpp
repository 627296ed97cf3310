#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/paired_options.hpp"
#include "cli/printing.hpp"
#include "report/chronicle.hpp"

namespace interregnum::cli {

namespace {

struct ReplayOptions {
  ScenarioOptions scenario;
  std::uint64_t seed = 1;
  std::uint64_t replicate = 0;
  bool nested = false;
  UntilOption until;
  bool json = false;
};

int replay_command(const ReplayOptions& options) {
  const LoadedCountry loaded = options.scenario.load();
  const ReplicateId id{options.seed, 0, options.replicate, options.nested ? Design::nested : Design::spread};
  const ToldFuture told = tell_future(world_of(loaded.scenario), loaded.parameters.thetas, id, options.until.until());
  if (options.json) {
    nlohmann::ordered_json chronicle = chronicle_json(told, options.seed);
    chronicle["theta"] = loaded.parameters.name;
    print_json(chronicle);
  } else {
    print_text(chronicle_text(told, options.seed));
  }
  return exit_good;
}

}  // namespace

void add_replay_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("replay", "tell one replicate as a dated chronicle");
  auto options = std::make_shared<ReplayOptions>();
  options->scenario.add_to(*command);
  add_seed(*command, options->seed);
  command->add_option("--replicate", options->replicate, "which future, counting from 0")
      ->check(whole_number_in_json())
      ->capture_default_str();
  command->add_flag("--nested", options->nested, "a future of `run --nested`");
  options->until.add_to(*command, "seizure: tell it only until the seizure is decided");
  add_json(*command, options->json);
  command->footer("Example: interregnum replay scenarios/mali-2020.yaml --seed 1 --replicate 7");
  perform(*command, action, options, replay_command);
}

}  // namespace interregnum::cli
