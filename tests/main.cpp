// The main function of every test executable.
#define CATCH_CONFIG_RUNNER
#include "tests/catch.hpp"

#include "core/session/exploration.hpp"
#include "core/session/session.hpp"

int main(int argc, char** argv) {
  lockstep::become_explorer_if_asked(argc, argv);
  lockstep::become_host_if_asked(argc, argv);  // tests start runs, too
  return Catch::Session().run(argc, argv);
}
