#include "app/cli/cli.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>

#include "app/cli/commands.hpp"
#include "app/cli/failure.hpp"
#include "app/cli/help_formatter.hpp"
#include "app/cli/interrupts.hpp"
#include "app/cli/output.hpp"

namespace lockstep::cli {
namespace {

constexpr std::array<const Command*, 7> kCommands{&kListCommand,      &kRunCommand,    &kExploreCommand,
                                                  &kReplayCommand,    &kExportCommand, &kScreenshotCommand,
                                                  &kCompletionCommand};

void check_arguments(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument.starts_with("--") && argument.ends_with('=') && argument.find('=') == argument.size() - 1) {
      const std::string name(argument.substr(0, argument.size() - 1));
      fail_usage(Text::bad_no_value_after, in_quotes(name), "lockstep --help");
    }
  }
}

/// The subcommand that was typed, or the app itself.
CLI::App& typed_command(CLI::App& app) {
  const auto typed = app.get_subcommands();
  return typed.empty() ? app : *typed.front();
}

std::string help_of(const CLI::App& app) {
  return app.get_parent() == nullptr ? "lockstep --help" : fmt::format("lockstep {} --help", app.get_name());
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_group().empty() && option->nonpositional()) names.push_back(option->get_name());
  }
  return names;
}

/// A word that no option and no positional took.
void complain_about(const CLI::App& app, const std::string& word) {
  if (word.starts_with('-')) {
    const std::string name = word.substr(0, word.find('='));
    fail_usage(Text::bad_option, in_quotes(name), did_you_mean(name, option_names(app)), help_of(app));
  }
  fail_usage(Text::bad_extra, in_quotes(word), help_of(app));
}

/// What stands before a command is the window's and would be lost.
void complain_about_words_before(const CLI::App& app, const CLI::App& typed) {
  for (const CLI::Option* option : app.get_options()) {
    if (&app == &typed || option->count() == 0) continue;
    fail_usage(Text::bad_before, in_quotes(option->results().front()), typed.get_name(), help_of(typed));
  }
}

const Command& command_of(const CLI::App& app) {
  for (const Command* command : commands()) {
    if (app.get_name() == command->name && app.get_parent() != nullptr) return *command;
  }
  return kWindowCommand;
}

/// What CLI11 itself found wrong, as our sentence.
void complain_about(const CLI::App& app, const CLI::ParseError& error) {
  const std::string what = error.what();
  const std::string name = what.substr(0, what.find(':'));
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const CLI::Option* option = app.get_option_no_throw(name);
    if (option == nullptr) fail_usage(Text::bad_no_value_after, one_line(name), help_of(app));
    fail_usage(Text::bad_no_value, name, option->get_type_name(), option->get_description(), help_of(app));
  }
  fail_usage(Text::bad_other, one_line(what), help_of(app));
}

int print(const std::string& text) {
  Output out;
  return out.write(text) ? kOk : status_of_failed_output(out);
}

/// What stands behind "help" is a command, or an option.
void check_help(const std::vector<std::string>& words) {
  if (words.empty() || words.front().starts_with('-')) return;
  std::vector<std::string> names;
  for (const Command* command : commands())
    names.emplace_back(command->name);
  const std::string& name = words.front();
  if (std::ranges::find(names, name) == names.end())
    fail_usage(Text::bad_help, in_quotes(name), did_you_mean(name, names), "lockstep --help");
  if (words.size() > 1 && !words[1].starts_with('-'))
    fail_usage(Text::bad_extra, in_quotes(words[1]), fmt::format("lockstep {} --help", name));
}

/// "help run" is "run --help".
std::vector<std::string> words_of(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  if (!words.empty() && words.front() == "help") {
    words.erase(words.begin());
    check_help(words);
    words.emplace_back("--help");
  }
  return words;
}

int parse_and_run(int argc, char** argv) {
  check_arguments(argc, argv);
  CLI::App app;
  declare_all(app);
  try {
    std::vector<std::string> words = words_of(argc, argv);
    std::ranges::reverse(words);  // as App::parse() takes them
    app.parse(std::move(words));
  } catch (const CLI::CallForHelp&) {
    return print(app.help());
  } catch (const CLI::CallForVersion&) {
    return print(fmt::format("lockstep {}\n", LOCKSTEP_VERSION));
  } catch (const CLI::ParseError& error) {
    complain_about(typed_command(app), error);
  }
  CLI::App& typed = typed_command(app);
  complain_about_words_before(app, typed);
  for (const std::string& word : app.remaining(true))
    complain_about(typed, word);
  return command_of(typed).run(Arguments(typed));
}

}  // namespace

std::span<const Command* const> commands() { return kCommands; }

void declare_all(CLI::App& app) {
  app.name("lockstep");
  app.require_subcommand(0, 1);
  app.formatter(std::make_shared<HelpFormatter>());  // subcommands inherit it
  app.get_formatter()->label("Positionals", say(Text::help_arguments));
  app.set_version_flag("--version", LOCKSTEP_VERSION, say(Text::help_version));
  const auto set_up = [](CLI::App& target, const Command& command) {
    target.description(say(command.help));
    target.footer(say(command.footer));
    target.allow_extras();
    target.set_help_flag("-h,--help", say(Text::help_help));
    command.declare(target);
  };
  set_up(app, kWindowCommand);
  for (const Command* command : commands())
    set_up(*app.add_subcommand(command->name)->group(say(Text::help_commands)), *command);
}

int run_command_line(int argc, char** argv) {
  open_standard_streams();
  survive_closed_pipes();
  choose_spoken_language(argc, argv);
  try {
    return parse_and_run(argc, argv);
  } catch (const Failure& failure) {
    fmt::print(stderr, "lockstep: {}\n", one_line(failure.sentence));
    return failure.status;
  } catch (const std::exception& error) {
    fmt::print(stderr, "lockstep: {}\n", one_line(error.what()));
    return kSandbox;
  }
}

}  // namespace lockstep::cli
