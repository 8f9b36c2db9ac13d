// One fiber: a stack of its own and the place where it goes on. Beside the bare switch it keeps the C++
// runtime's record of exceptions in flight and tells the sanitizers.
#pragma once

#include <boost/context/stack_context.hpp>
#include <cstddef>

#include "core/runtime/context.hpp"

namespace lockstep {

/// Not movable: switches keep its address.
class Fiber {
 public:
  /// A thread's own stack, as somebody to switch back to.
  Fiber();
  /// A fiber that will run entry(argument), which must not return, when it is first switched to. The stack
  /// has a guard page below it: a recursion without end is a fault, not a corruption. Throws std::bad_alloc.
  Fiber(void (*entry)(void*), void* argument);
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  /// Leaves `from`, which runs, and goes on in `to`. Returns when somebody switches to `from` again. All
  /// fibers that switch to each other live in one OS thread.
  static void switch_between(Fiber& from, Fiber& to);

  static constexpr std::size_t kStackBytes = std::size_t{256} << 10;

 private:
  /// As the Itanium C++ ABI lays out __cxa_eh_globals (§2.2.2 of its exception handling).
  struct Exceptions {
    void* caught = nullptr;
    unsigned int uncaught = 0;
  };
  static Exceptions& exceptions_of_thread();
  static void begin(void* fiber);
  void arrive();

  Context context_ = nullptr;
  Exceptions exceptions_;
  boost::context::stack_context stack_;
  void (*entry_)(void*) = nullptr;
  void* argument_ = nullptr;
  // For the sanitizers.
  void* shadow_ = nullptr;
  Fiber* left_ = nullptr;  ///< who was left for this one last
  const void* stack_bottom_ = nullptr;
  std::size_t stack_size_ = 0;
};

}  // namespace lockstep
