#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/printing.hpp"
#include "cli/theta_options.hpp"
#include "model/draw_table.hpp"
#include "report/parameter_listing.hpp"
#include "study/parameters.hpp"

namespace interregnum::cli {

void add_params_command(CLI::App& app, Action& action) {
  struct Options {
    bool json = false;
    bool markdown = false;
    bool draws = false;
    ThetaOptions theta;
  };
  CLI::App* command =
      app.add_subcommand("params", "list the model's parameters with default, bounds, prior, meaning and source");
  auto options = std::make_shared<Options>();
  CLI::Option* json = add_json(*command, options->json);
  CLI::Option* markdown =
      command->add_flag("--markdown", options->markdown, "print docs/parameters.md")->excludes(json);
  CLI::Option* draws =
      command
          ->add_flag("--draws", options->draws, "print the draws of --theta as JSON, for programs that read no netCDF")
          ->excludes(json)
          ->excludes(markdown);
  options->theta.add_to(*command)->needs(draws);
  command->footer("Set one for a run with --set, e.g. --set theta.seizure.chain_of_command=0");
  command->callback([options, &action] {
    action = [options] {
      if (options->draws) {
        print_text(draw_table(load_parameters(options->theta.source).thetas));
      } else if (options->json) {
        print_json(parameters_json());
      } else {
        print_text(options->markdown ? parameters_markdown() : parameters_text());
      }
      return exit_good;
    };
  });
}

}  // namespace interregnum::cli
