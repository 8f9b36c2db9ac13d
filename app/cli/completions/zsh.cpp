#include <fmt/format.h>

#include "app/cli/completions/model.hpp"

namespace lockstep::cli::completion {
namespace {

/// For text between single quotes inside an _arguments specification.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\'') {
      result += "'\\''";
    } else {
      if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
      result += c;
    }
  }
  return result;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string action(const Option& option) {
  switch (option.values) {
    case Values::flag: return "";
    case Values::any: return ":value: ";
    case Values::file: return ":file:_files";
    case Values::variant: return ":variant:_lockstep_variants";
    case Values::param: return ":param:_lockstep_params";
    case Values::words: return fmt::format(":value:({})", joined(option.words));
  }
  return "";
}

std::string positional(Positional kind) {
  switch (kind) {
    case Positional::none: return "";
    case Positional::scenario: return " '1:scenario:_lockstep_scenarios'";
    case Positional::scenario_and_file: return " '1:scenario:_lockstep_scenarios' '2:file:_files'";
    case Positional::file: return " '1:file:_files'";
    case Positional::shell: return " '1:shell:(bash zsh fish)'";
  }
  return "";
}

/// The call of _arguments for one command.
std::string arguments(const Command& command) {
  std::string text = "_arguments";
  for (const Option& option : command.options) {
    const char* again = option.values == Values::param ? "*" : "";
    text +=
        fmt::format(" \\\n        '{}{}[{}]{}'", again, option.name, escaped(option.help), action(option));
  }
  return text + positional(command.positional);
}

std::string scenarios(const Model& model) {
  std::string text = "_lockstep_scenarios() {\n  local -a list=(\n";
  for (const Scenario& scenario : model.scenarios) {
    text += fmt::format("    '{}:{}'\n", scenario.id, escaped(scenario.title));
  }
  return text + "  )\n  _describe scenario list\n}\n";
}

/// A function that offers a list that depends on the scenario among the words.
std::string by_scenario(const Model& model, const char* function, std::vector<std::string> Scenario::*member,
                        const char* options) {
  std::string text = fmt::format("{}() {{\n  local word\n  for word in $words; do case $word in\n", function);
  for (const Scenario& scenario : model.scenarios) {
    if ((scenario.*member).empty()) continue;
    text +=
        fmt::format("    {}) compadd {} -- {}; return ;;\n", scenario.id, options, joined(scenario.*member));
  }
  return text + "  esac; done\n}\n";
}

std::string main_function(const Model& model) {
  std::string commands, cases;
  for (const Command& command : model.commands) {
    if (command.name.empty()) continue;
    commands += fmt::format("    '{}:{}'\n", command.name, escaped(first_line(command.help)));
    cases += fmt::format("      {}) {} ;;\n", command.name, arguments(command));
  }
  return "_lockstep() {\n  local -a commands=(\n" + commands +
         "  )\n"
         "  if (( CURRENT > 2 )) && [[ -n ${commands[(r)$words[2]:*]} ]]; then\n"
         "    shift words\n    (( CURRENT-- ))\n"
         "    case $words[1] in\n" +
         cases +
         "    esac\n    return\n  fi\n"
         "  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
         "    _describe command commands\n    _lockstep_scenarios\n    return\n  fi\n"
         "  " +
         arguments(model.commands.front()) + "\n}\n";
}

}  // namespace

std::string zsh_script(const Model& model) {
  return "#compdef lockstep\n# zsh completion of lockstep. To use it now: source <(lockstep completion "
         "zsh)\n" +
         scenarios(model) + by_scenario(model, "_lockstep_variants", &Scenario::variants, "") +
         by_scenario(model, "_lockstep_params", &Scenario::params, "-S =") + main_function(model) +
         "if [[ $funcstack[1] == _lockstep ]]; then _lockstep \"$@\"; else compdef _lockstep lockstep; fi\n";
}

}  // namespace lockstep::cli::completion
