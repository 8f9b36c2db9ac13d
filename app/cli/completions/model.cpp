#include "app/cli/completions/model.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>

#include "app/cli/arguments.hpp"
#include "app/cli/commands.hpp"
#include "core/scenario/lesson.hpp"
#include "core/scenario/scenario.hpp"

namespace lockstep::cli::completion {
namespace {

Values values_of(const CLI::Option& option) {
  const std::string name = option.get_name();
  const std::string type = option.get_type_name();
  if (option.get_items_expected_max() == 0) return Values::flag;
  if (name == option::kVariant.name) return Values::variant;
  if (name == option::kParam.name) return Values::param;
  if (type == "FILE") return Values::file;
  return type.find('|') == std::string::npos ? Values::any : Values::words;
}

/// What the positionals are together, given what those before `option` are.
Positional positional_of(const CLI::Option& option, Positional before) {
  const std::string type = option.get_type_name();
  if (type == option::kId.value) return Positional::scenario;
  if (type == "FILE")
    return before == Positional::scenario ? Positional::scenario_and_file : Positional::file;
  return Positional::shell;
}

Command read(const CLI::App& app, std::string name) {
  Command command{std::move(name), app.get_description(), Positional::none, {}};
  for (const CLI::Option* option : app.get_options()) {
    if (!option->nonpositional()) {
      command.positional = positional_of(*option, command.positional);
      continue;
    }
    if (option->get_group().empty()) continue;  // hidden
    const Values values = values_of(*option);
    const std::string long_name = "--" + option->get_lnames().front();
    command.options.push_back(
        {long_name, option->get_description(), values,
         values == Values::words ? alternatives_of(option->get_type_name()) : std::vector<std::string>{}});
  }
  return command;
}

Scenario read(const lockstep::Scenario& scenario) {
  Scenario result{std::string(scenario.id), lesson(scenario.id, "en").title, {}, {}};
  for (const Variant& variant : scenario.variants)
    result.variants.emplace_back(variant.name);
  for (const Param& param : scenario.params)
    result.params.emplace_back(param.name);
  return result;
}

}  // namespace

Model model() {
  CLI::App app;
  declare_all(app);
  Model model;
  model.commands.push_back(read(app, ""));
  for (const CLI::App* command :
       app.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); })) {
    model.commands.push_back(read(*command, command->get_name()));
  }
  for (const lockstep::Scenario* scenario : all_scenarios())
    model.scenarios.push_back(read(*scenario));
  return model;
}

std::string joined(const std::vector<std::string>& words, const char* separator) {
  return fmt::format("{}", fmt::join(words, separator));
}

std::vector<std::string> command_names(const Model& model) {
  std::vector<std::string> names;
  for (const Command& command : model.commands) {
    if (!command.name.empty()) names.push_back(command.name);
  }
  return names;
}

std::vector<std::string> scenario_ids(const Model& model) {
  std::vector<std::string> ids;
  for (const Scenario& scenario : model.scenarios)
    ids.push_back(scenario.id);
  return ids;
}

std::vector<std::string> option_names(const Command& command) {
  std::vector<std::string> names;
  for (const Option& option : command.options)
    names.push_back(option.name);
  return names;
}

}  // namespace lockstep::cli::completion
