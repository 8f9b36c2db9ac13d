#include "app/cli/help_formatter.hpp"

#include "app/cli/language.hpp"
#include "app/cli/output.hpp"

namespace lockstep::cli {

std::string HelpFormatter::make_usage(const CLI::App* app, std::string name) const {
  const std::string title = say(Text::help_usage) + ": ";
  if (app->get_parent() == nullptr) {
    return "\n" + title + name + " [ID] [OPTIONS]\n" + std::string(display_width(title), ' ') + name +
           " COMMAND …\n";
  }
  std::string usage = "\n" + title + name;
  for (const CLI::Option* option : app->get_options()) {
    if (option->get_positional()) usage += " " + option->get_name(true);
  }
  return usage + " [OPTIONS]\n";
}

std::string HelpFormatter::make_group(std::string group, bool is_positional,
                                      std::vector<const CLI::Option*> options) const {
  if (group == "Options") group = say(Text::help_options);  // CLI11's own name of the default group
  return Formatter::make_group(std::move(group), is_positional, std::move(options));
}

std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
  const bool shown = !option->get_positional() && option->get_items_expected_max() != 0;
  return shown ? " " + option->get_type_name() : "";
}

}  // namespace lockstep::cli
