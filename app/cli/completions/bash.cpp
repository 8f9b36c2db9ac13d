#include <fmt/format.h>

#include <algorithm>

#include "app/cli/completions/model.hpp"

namespace lockstep::cli::completion {
namespace {

constexpr const char* kHead =
    R"(# bash completion of lockstep. To use it now: source <(lockstep completion bash)
_lockstep_of_scenario() {
  case $1:$2 in
)";

// {0}: the commands, {1}: the scenarios.
constexpr const char* kMiddle = R"(  esac
}}
_lockstep() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}}
  local command="" scenario="" words="" word
  # "--name=value" arrives as three words.
  if [[ $current == = ]]; then current=""; elif [[ $previous == = ]]; then previous=${{COMP_WORDS[COMP_CWORD-2]}}; fi
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    if [[ -z $command$scenario && " {0} " == *" $word "* ]]; then command=$word
    elif [[ -z $scenario && " {1} " == *" $word "* ]]; then scenario=$word; fi
  done
  case $previous in
    --variant) words=$(_lockstep_of_scenario variants "$scenario") ;;
    --param) words=$(_lockstep_of_scenario params "$scenario") ;;
)";

constexpr const char* kTail = R"(  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace
  return 0
}
complete -F _lockstep lockstep
)";

constexpr const char* kFiles = "COMPREPLY=($(compgen -f -- \"$current\")); return";

std::string scenario_cases(const Model& model) {
  std::string text;
  for (const Scenario& scenario : model.scenarios) {
    text += fmt::format("    variants:{}) echo \"{}\" ;;\n", scenario.id, joined(scenario.variants));
    if (!scenario.params.empty()) {
      text += fmt::format("    params:{}) echo \"{}=\" ;;\n", scenario.id, joined(scenario.params, "= "));
    }
  }
  return text;
}

/// After an option that takes a value: its words, a file or nothing. Options of one name take the same
/// everywhere.
std::string value_cases(const Model& model) {
  std::string text, any, file;
  std::vector<std::string> seen;
  for (const Command& command : model.commands) {
    for (const Option& option : command.options) {
      if (std::ranges::find(seen, option.name) != seen.end()) continue;
      seen.push_back(option.name);
      std::string& list = option.values == Values::file ? file : any;
      if (option.values == Values::words) {
        text += fmt::format("    {}) words=\"{}\" ;;\n", option.name, joined(option.words));
      } else if (option.values == Values::file || option.values == Values::any) {
        list += (list.empty() ? "" : "|") + option.name;
      }
    }
  }
  if (!file.empty()) text += fmt::format("    {}) {} ;;\n", file, kFiles);
  if (!any.empty()) text += fmt::format("    {}) return ;;\n", any);
  return text;
}

std::string positional(const Command& command, const Model& model) {
  std::string ids = joined(scenario_ids(model));
  if (command.name.empty()) ids = joined(command_names(model)) + " " + ids;
  const std::string scenario = fmt::format("if [[ -z $scenario ]]; then words=\"{}\"; ", ids);
  switch (command.positional) {
    case Positional::none: break;
    case Positional::scenario: return scenario + "fi";
    case Positional::scenario_and_file: return scenario + "else " + kFiles + "; fi";
    case Positional::file: return kFiles;
    case Positional::shell: return "words=\"bash zsh fish\"";
  }
  return ":";
}

/// Neither: options after a "-", else the positionals.
std::string command_cases(const Model& model) {
  std::string text = "    *) case $command in\n";
  for (const Command& command : model.commands) {
    text +=
        fmt::format("      {})\n        if [[ $current == -* ]]; then words=\"{}\"\n        else {}; fi ;;\n",
                    command.name.empty() ? "\"\"" : command.name, joined(option_names(command)),
                    positional(command, model));
  }
  return text + "    esac ;;\n";
}

}  // namespace

std::string bash_script(const Model& model) {
  return kHead + scenario_cases(model) +
         fmt::format(fmt::runtime(kMiddle), joined(command_names(model)), joined(scenario_ids(model))) +
         value_cases(model) + command_cases(model) + kTail;
}

}  // namespace lockstep::cli::completion
