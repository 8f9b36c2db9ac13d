// What all primitives share: making an object of the run, and calls on it.
//
// Everything in namespace lockstep::api is what scenario programs are written with. Its names, blocking rules
// and errors are those of Python's threading, queue and multiprocessing. Handles are small and are copied
// freely: like Python's references, all copies mean the same object, in every thread and process of the run.
#pragma once

#include <chrono>
#include <cstdint>
#include <source_location>
#include <string_view>

#include "core/runtime/runtime.hpp"

namespace lockstep {

struct ObjectSpec {
  ObjectKind kind = ObjectKind::none;
  std::string_view name;
  std::int64_t initial = 0;
  std::int64_t limit = 0;
  ValueType initial_type = ValueType::integer;
  WorkerId owner = kNoWorker;
  ObjectId related = kNoObject;
  std::uint32_t item_capacity = 0;
  bool found_by_name = false;  ///< whoever comes first makes it, so who made it does not say which it is
  const ObjectState* state = nullptr;  ///< at the beginning; null: ObjectState{}
  TextId name_id = 0;                  ///< instead of `name`, if it is known already
};

/// A new object of the run. Records nothing: the session learns of it with the first event that names it.
ObjectId create_object(const ObjectSpec& spec);
/// The object of that kind, owner and name, or a new one.
ObjectId find_or_create_object(ObjectSpec spec);

namespace api {

using namespace std::chrono_literals;
using Where = std::source_location;
/// Of what no line of the program does.
inline constexpr Where kNowhere{};

/// Between whom an object is: of threading and queue, or of multiprocessing. Both serve threads and processes
/// alike here. They differ in what misuse raises and in what a negative time-out means: in multiprocessing it
/// does not wait.
enum class Among : std::uint8_t { threads, processes };

/// How long to wait. From any std::chrono duration; kForever waits without end.
class Timeout {
 public:
  template <class Rep, class Period>
  Timeout(std::chrono::duration<Rep, Period> duration)  // NOLINT: meant to convert
      : ns_(std::chrono::duration_cast<std::chrono::nanoseconds>(duration).count()) {}
  static constexpr Timeout forever() { return Timeout(); }
  bool is_forever() const { return forever_; }
  std::int64_t ns() const { return ns_; }

 private:
  constexpr Timeout() : forever_(true) {}
  std::int64_t ns_ = -1;
  bool forever_ = false;
};
inline constexpr Timeout kForever = Timeout::forever();

}  // namespace api

/// The call of an operation. A time-out of zero or less does not wait, as in Python's threading.Condition.
inline PendingCall make_call(const Operation& operation, ObjectId object, const std::source_location& where,
                             std::int64_t arg = 0, api::Timeout timeout = api::kForever) {
  PendingCall call;
  call.operation = &operation;
  call.kind = operation.kind;
  call.object = object;
  call.site = site_of(where);
  call.arg = arg;
  call.timeout_ns = timeout.is_forever() ? -1 : timeout.ns() > 0 ? timeout.ns() : 0;
  return call;
}

inline constexpr auto kNoWait = std::chrono::nanoseconds(0);
namespace api {
using lockstep::kNoWait;
}

}  // namespace lockstep
