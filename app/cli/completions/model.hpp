// What can be completed, read from the command line's own declaration and the catalogue; each shell's script
// is written from this.
#pragma once

#include <string>
#include <vector>

namespace lockstep::cli::completion {

enum class Values { flag, any, file, variant, param, words };

struct Option {
  std::string name;  ///< "--seed"
  std::string help;
  Values values = Values::any;
  std::vector<std::string> words;  ///< Values::words
};

/// What the words that are no options of a command are.
enum class Positional { none, scenario, scenario_and_file, file, shell };

struct Command {
  std::string name;  ///< "" for the window
  std::string help;
  Positional positional = Positional::none;
  std::vector<Option> options;
};

struct Scenario {
  std::string id;
  std::string title;
  std::vector<std::string> variants;
  std::vector<std::string> params;
};

struct Model {
  std::vector<Command> commands;  ///< the first is the window
  std::vector<Scenario> scenarios;
};

Model model();

std::string bash_script(const Model& model);
std::string zsh_script(const Model& model);
std::string fish_script(const Model& model);

/// The words, separated by `separator`.
std::string joined(const std::vector<std::string>& words, const char* separator = " ");
std::vector<std::string> command_names(const Model& model);
std::vector<std::string> scenario_ids(const Model& model);
std::vector<std::string> option_names(const Command& command);

}  // namespace lockstep::cli::completion
