// The server process of a Manager: a thread for each connection, as CPython's.
#pragma once

#include "core/arena/arena.hpp"

namespace lockstep {

/// Serves whoever connects until somebody asks it to shut down. Runs in the server's own process.
void run_manager_server(ObjectId listener);

}  // namespace lockstep
