// The list of all commands. A command is one file: its options, its help and what it does.
#pragma once

#include <span>
#include <string_view>

#include "app/cli/arguments.hpp"
#include "app/cli/language.hpp"

namespace lockstep::cli {

struct Command {
  const char* name;
  Text help;
  Text footer;  ///< examples, shown by --help
  void (*declare)(CLI::App& app);
  int (*run)(const Arguments& arguments);  ///< returns the exit status or throws a Failure
};

extern const Command kListCommand;
extern const Command kRunCommand;
extern const Command kExploreCommand;
extern const Command kReplayCommand;
extern const Command kExportCommand;
extern const Command kScreenshotCommand;
extern const Command kCompletionCommand;
/// No command at all: the window.
extern const Command kWindowCommand;

/// All but the window, in the order of --help.
std::span<const Command* const> commands();

/// Declares the whole command line.
void declare_all(CLI::App& app);

}  // namespace lockstep::cli
