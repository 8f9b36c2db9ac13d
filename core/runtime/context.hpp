// The bare switch from one stack to another.
//
// On x86-64 it is written here: it returns into the other stack instead of jumping there, so that the
// processor's prediction of returns stays right for all frames that both stacks have in common, and leaves
// out the floating-point control words, which all stacks of a thread share. Elsewhere Boost.Context does it.
#pragma once

#include <cstddef>

namespace lockstep {

/// Where a stack that was left goes on.
using Context = void*;

/// A stack of `size` bytes that ends at `top`, on which entry(argument) will run when it is first switched
/// to. `entry` must not return.
Context make_context(void* top, std::size_t size, void (*entry)(void*), void* argument);

/// Leaves the stack that runs, which will go on at `from`, and goes on at `to`. Registers that a callee must
/// keep are kept (System V ABI, AMD64, §3.2.1).
void switch_context(Context& from, Context to);

}  // namespace lockstep
