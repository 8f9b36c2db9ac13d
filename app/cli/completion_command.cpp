// lockstep completion: a script that teaches a shell to complete lockstep's words.
#include "app/cli/commands.hpp"
#include "app/cli/completions/model.hpp"
#include "app/cli/failure.hpp"
#include "app/cli/output.hpp"

namespace lockstep::cli {
namespace {

constexpr OptionSpec kShell{"SHELL", "bash|zsh|fish", "The shell", "所用的 shell"};

void declare_options(CLI::App& app) { declare(app, kShell); }

std::string script(std::size_t shell) {
  const completion::Model model = completion::model();
  if (shell == 0) return completion::bash_script(model);
  return shell == 1 ? completion::zsh_script(model) : completion::fish_script(model);
}

int run(const Arguments& arguments) {
  const auto shell = arguments.alternative(kShell);
  if (!shell) fail_usage(Text::bad_missing, "SHELL (bash, zsh, fish)", "lockstep completion bash");
  Output out;
  out.write(script(*shell));
  return out.error() == 0 ? kOk : status_of_failed_output(out);
}

}  // namespace

const Command kCompletionCommand{"completion", Text::help_completion, Text::footer_completion,
                                 &declare_options, &run};

}  // namespace lockstep::cli
