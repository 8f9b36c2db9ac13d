#include "core/runtime/fiber_switch.hpp"

#include <cxxabi.h>
#include <boost/context/protected_fixedsize_stack.hpp>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#elif defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif

namespace lockstep {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kStackFactor = 4;  // instrumented frames are larger
#else
constexpr std::size_t kStackFactor = 1;
#endif

}  // namespace

Fiber::Exceptions& Fiber::exceptions_of_thread() {
  constinit thread_local Exceptions* mine = nullptr;
  if (mine == nullptr) mine = reinterpret_cast<Exceptions*>(abi::__cxa_get_globals());
  return *mine;
}

Fiber::Fiber() = default;

Fiber::Fiber(void (*entry)(void*), void* argument)
    : stack_(boost::context::protected_fixedsize_stack(kStackBytes * kStackFactor).allocate()),
      entry_(entry),
      argument_(argument) {
  context_ = make_context(stack_.sp, stack_.size, &Fiber::begin, this);
  stack_bottom_ = static_cast<char*>(stack_.sp) - stack_.size;
  stack_size_ = stack_.size;
#if defined(__SANITIZE_ADDRESS__)
  // A fiber is destroyed in the middle of its entry, whose marks stay on memory that the next one may get.
  __asan_unpoison_memory_region(stack_bottom_, stack_size_);
#elif defined(__SANITIZE_THREAD__)
  shadow_ = __tsan_create_fiber(0);
#endif
}

Fiber::~Fiber() {
  if (entry_ == nullptr) return;
#if defined(__SANITIZE_THREAD__)
  __tsan_destroy_fiber(shadow_);
#endif
  boost::context::protected_fixedsize_stack(stack_.size).deallocate(stack_);
}

void Fiber::switch_between(Fiber& from, Fiber& to) {
  Exceptions& exceptions = exceptions_of_thread();
  from.exceptions_ = exceptions;
  exceptions = to.exceptions_;
#if defined(__SANITIZE_ADDRESS__)
  to.left_ = &from;
  __sanitizer_start_switch_fiber(&from.shadow_, to.stack_bottom_, to.stack_size_);
#elif defined(__SANITIZE_THREAD__)
  if (from.entry_ == nullptr) from.shadow_ = __tsan_get_current_fiber();  // the thread's own
  __tsan_switch_to_fiber(to.shadow_, 0);
#endif
  switch_context(from.context_, to.context_);
  from.arrive();
}

/// Somebody has switched to this fiber.
void Fiber::arrive() {
#if defined(__SANITIZE_ADDRESS__)
  // The first switch away from the thread's own stack tells where that stack lies.
  const void* bottom = nullptr;
  std::size_t size = 0;
  __sanitizer_finish_switch_fiber(shadow_, &bottom, &size);
  left_->stack_bottom_ = bottom;
  left_->stack_size_ = size;
#endif
}

void Fiber::begin(void* fiber) {
  Fiber& self = *static_cast<Fiber*>(fiber);
  self.arrive();
  self.entry_(self.argument_);
}

}  // namespace lockstep
