// Ctrl-C and its kin while a command runs something.
#pragma once

#include <string_view>

namespace lockstep::cli {

/// While an object of this class exists, SIGINT, SIGTERM and SIGHUP are remembered instead of ending the
/// program, so that it can end its run in order. A second one ends the program at once. One at a time.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;
};

/// The signal that came since the last Interrupts was made, or 0.
int caught_signal();

/// "Ctrl-C" for SIGINT, else "SIGTERM" …
std::string_view name_of_signal(int signal);

/// From now on writing to a closed pipe, or past the limit on a file's size, is an error of the write and
/// does not end the program. Programs that are started later are not affected.
void survive_closed_pipes();

/// Opens /dev/null for each of the three standard streams that is closed, so that no other file takes its
/// number.
void open_standard_streams();

}  // namespace lockstep::cli
