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

using boost::context::detail::jump_fcontext;
using boost::context::detail::transfer_t;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kStackFactor = 4;  // instrumented frames are larger
#else
constexpr std::size_t kStackFactor = 1;
#endif

/// Who is being left and who is being entered: what the arriving side has to know.
struct Passage {
  Fiber* from;
  Fiber* to;
};

}  // namespace

Fiber::Fiber() {
#if defined(__SANITIZE_THREAD__)
  shadow_ = __tsan_get_current_fiber();
#endif
}

Fiber::Fiber(void (*entry)(void*), void* argument)
    : stack_(boost::context::protected_fixedsize_stack(kStackBytes * kStackFactor).allocate()),
      entry_(entry),
      argument_(argument) {
  context_ = boost::context::detail::make_fcontext(stack_.sp, stack_.size, &Fiber::begin);
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
  auto* exceptions = reinterpret_cast<Exceptions*>(abi::__cxa_get_globals());
  from.exceptions_ = *exceptions;
  *exceptions = to.exceptions_;
  Passage passage{&from, &to};
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_start_switch_fiber(&from.shadow_, to.stack_bottom_, to.stack_size_);
#elif defined(__SANITIZE_THREAD__)
  __tsan_switch_to_fiber(to.shadow_, 0);
#endif
  arrive(jump_fcontext(to.context_, &passage));
}

void Fiber::arrive(transfer_t transfer) {
  const Passage passage = *static_cast<Passage*>(transfer.data);
  passage.from->context_ = transfer.fctx;
#if defined(__SANITIZE_ADDRESS__)
  // The first switch away from the thread's own stack tells where that stack lies.
  const void* bottom = nullptr;
  std::size_t size = 0;
  __sanitizer_finish_switch_fiber(passage.to->shadow_, &bottom, &size);
  passage.from->stack_bottom_ = bottom;
  passage.from->stack_size_ = size;
#endif
}

void Fiber::begin(transfer_t transfer) {
  Fiber& self = *static_cast<Passage*>(transfer.data)->to;
  arrive(transfer);
  self.entry_(self.argument_);
}

}  // namespace lockstep
