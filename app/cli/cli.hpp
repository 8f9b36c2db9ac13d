// The command line: from the arguments of main() to its exit status.
#pragma once

namespace lockstep::cli {

int run_command_line(int argc, char** argv);

}  // namespace lockstep::cli
