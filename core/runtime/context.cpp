#include "core/runtime/context.hpp"

#if defined(__x86_64__)

#include <cstdint>

extern "C" {
void lockstep_switch_stack(void** from, void* to);
void lockstep_start_stack();
}

// A stack that was left holds rbp, rbx, r12 … r15 and the address to return to, from its top down.
asm(R"(
  .pushsection .text
  .p2align 4
  .type lockstep_switch_stack, @function
lockstep_switch_stack:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
  .size lockstep_switch_stack, . - lockstep_switch_stack

  .p2align 4
  .type lockstep_start_stack, @function
lockstep_start_stack:
  .cfi_startproc
  .cfi_undefined rip
  movq %r12, %rdi
  callq *%rbx
  ud2
  .cfi_endproc
  .size lockstep_start_stack, . - lockstep_start_stack
  .popsection
)");

namespace lockstep {

Context make_context(void* top, std::size_t, void (*entry)(void*), void* argument) {
  constexpr std::uintptr_t kAligned = ~std::uintptr_t{15};  // as a call must find the stack
  auto* const end = reinterpret_cast<std::uintptr_t*>(reinterpret_cast<std::uintptr_t>(top) & kAligned);
  std::uintptr_t* const stack = end - 9;
  stack[0] = stack[1] = stack[2] = 0;                     // r15, r14, r13
  stack[3] = reinterpret_cast<std::uintptr_t>(argument);  // r12
  stack[4] = reinterpret_cast<std::uintptr_t>(entry);     // rbx
  stack[5] = 0;                                           // rbp: the outermost frame
  stack[6] = reinterpret_cast<std::uintptr_t>(&lockstep_start_stack);
  stack[7] = stack[8] = 0;
  return stack;
}

void switch_context(Context& from, Context to) { lockstep_switch_stack(&from, to); }

}  // namespace lockstep

#else

#include <boost/context/detail/fcontext.hpp>

namespace lockstep {
namespace {

using boost::context::detail::jump_fcontext;
using boost::context::detail::transfer_t;

struct Start {
  void (*entry)(void*);
  void* argument;
};

/// Comes by to learn what it will run, goes back, and begins when it is switched to again.
void begin(transfer_t maker) {
  const Start start = *static_cast<Start*>(maker.data);
  const transfer_t left = jump_fcontext(maker.fctx, nullptr);
  *static_cast<Context*>(left.data) = left.fctx;
  start.entry(start.argument);
}

}  // namespace

Context make_context(void* top, std::size_t size, void (*entry)(void*), void* argument) {
  Start start{entry, argument};
  return jump_fcontext(boost::context::detail::make_fcontext(top, size, &begin), &start).fctx;
}

void switch_context(Context& from, Context to) {
  const transfer_t left = jump_fcontext(to, &from);
  *static_cast<Context*>(left.data) = left.fctx;
}

}  // namespace lockstep

#endif
