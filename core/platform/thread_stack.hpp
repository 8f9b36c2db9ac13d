// How much memory a thread's stack takes.
#pragma once

#include <cstddef>

namespace lockstep::platform {

/// The stack of each thread that the calling process and its children create from now on: this many bytes,
/// not the 8 MiB of the shell. Without effect under a sanitizer, whose frames are larger.
void set_thread_stack(std::size_t bytes);

}  // namespace lockstep::platform
