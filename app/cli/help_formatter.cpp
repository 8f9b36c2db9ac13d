#include "app/cli/help_formatter.hpp"

namespace lockstep::cli {

std::string HelpFormatter::make_usage(const CLI::App* app, std::string name) const {
  if (app->get_parent() == nullptr)
    return "\nUsage: " + name + " [ID] [OPTIONS]\n       " + name + " COMMAND …\n";
  std::string usage = "\nUsage: " + name;
  for (const CLI::Option* option : app->get_options()) {
    if (option->get_positional()) usage += " " + option->get_name(true);
  }
  return usage + " [OPTIONS]\n";
}

std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
  const bool shown = !option->get_positional() && option->get_items_expected_max() != 0;
  return shown ? " " + option->get_type_name() : "";
}

}  // namespace lockstep::cli
