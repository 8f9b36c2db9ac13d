#include <fmt/format.h>

#include "app/cli/completions/model.hpp"

namespace lockstep::cli::completion {
namespace {

std::string literal(const std::string& text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result + "'";
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// Of the line so far: true if the command is `name` (the window: if there is none).
std::string condition(const Command& command, const Model& model) {
  if (command.name.empty()) return "not __fish_seen_subcommand_from " + joined(command_names(model));
  return "__fish_seen_subcommand_from " + command.name;
}

std::string action(const Option& option) {
  switch (option.values) {
    case Values::flag: return "";
    case Values::any: return " -x";
    case Values::file: return " -r -F";
    case Values::variant: return " -x -a '(__lockstep_variants)'";
    case Values::param: return " -x -a '(__lockstep_params)'";
    case Values::words: return fmt::format(" -x -a {}", literal(joined(option.words)));
  }
  return "";
}

std::string of_command(const Command& command, const Model& model) {
  const std::string when = literal(condition(command, model));
  std::string text;
  for (const Option& option : command.options) {
    text += fmt::format("complete -c lockstep -n {} -l {} -d {}{}\n", when, option.name.substr(2),
                        literal(option.help), action(option));
  }
  const bool scenario_then_file = command.positional == Positional::scenario_and_file;
  if (command.positional == Positional::scenario || scenario_then_file) {
    text += fmt::format("complete -c lockstep -n {} -a '(__lockstep_scenarios)'\n",
                        literal(condition(command, model) + "; and not __lockstep_scenario >/dev/null"));
  }
  if (scenario_then_file) {
    text += fmt::format("complete -c lockstep -n {} -F\n",
                        literal(condition(command, model) + "; and __lockstep_scenario >/dev/null"));
  }
  if (command.positional == Positional::shell) {
    text += fmt::format("complete -c lockstep -n {} -a 'bash zsh fish'\n", when);
  }
  if (command.positional == Positional::file) text += fmt::format("complete -c lockstep -n {} -F\n", when);
  return text;
}

std::string by_scenario(const Model& model, const char* function, std::vector<std::string> Scenario::*member,
                        const char* ending) {
  std::string text = fmt::format("function {}\n  switch (__lockstep_scenario)\n", function);
  for (const Scenario& scenario : model.scenarios) {
    if ((scenario.*member).empty()) continue;
    text += fmt::format("    case {}\n      printf '%s{}\\n' {}\n", scenario.id, ending,
                        joined(scenario.*member));
  }
  return text + "  end\nend\n";
}

std::string scenarios(const Model& model) {
  std::string list;
  for (const Scenario& scenario : model.scenarios) {
    list += fmt::format("  printf '%s\\t%s\\n' {} {}\n", scenario.id, literal(scenario.title));
  }
  return "function __lockstep_scenarios\n" + list +
         "end\n"
         "function __lockstep_scenario\n"
         "  for word in (commandline -opc)\n"
         "    contains -- $word " +
         joined(scenario_ids(model)) + "; and echo $word; and return 0\n  end\n  return 1\nend\n";
}

}  // namespace

std::string fish_script(const Model& model) {
  std::string text = "# fish completion of lockstep. To use it now: lockstep completion fish | source\n" +
                     scenarios(model) + by_scenario(model, "__lockstep_variants", &Scenario::variants, "") +
                     by_scenario(model, "__lockstep_params", &Scenario::params, "=") +
                     "complete -c lockstep -f\n";
  for (const Command& command : model.commands) {
    if (command.name.empty()) continue;
    text += fmt::format("complete -c lockstep -n __fish_use_subcommand -a {} -d {}\n", command.name,
                        literal(first_line(command.help)));
  }
  for (const Command& command : model.commands)
    text += of_command(command, model);
  return text;
}

}  // namespace lockstep::cli::completion
