// The program lockstep: an explorer or the host of a run if it was started as one, else the command line.
#include "app/cli/cli.hpp"
#include "core/session/exploration.hpp"
#include "core/session/session.hpp"

int main(int argc, char** argv) {
  lockstep::become_explorer_if_asked(argc, argv);
  lockstep::become_host_if_asked(argc, argv);
  return lockstep::cli::run_command_line(argc, argv);
}
