// The visible operation: the unit in which programs run, are scheduled and are traced.
//
// A primitive (core/sync) declares its operations as constants: when one is possible, and what it does to the
// object's state. A runtime decides when a worker may perform it. So each primitive is written once and runs
// live, gated and on fibers alike.
#pragma once

#include <string_view>

#include "core/arena/arena.hpp"
#include "core/event/event.hpp"
#include "core/schedule/situation.hpp"

namespace lockstep {

/// What a call came to.
struct Reply {
  enum class Status : std::uint8_t { done, timed_out, would_block, error };
  Status status = Status::done;
  TextId error = 0;  ///< what it raises: "RuntimeError: release unlocked lock", or the type alone
  Value result;
  bool done() const { return status == Status::done; }
};

/// What an operation works on while it is applied.
struct Application {
  Arena& arena;
  ObjectSlot& object;
  ObjectState& state;  ///< a copy of the state; committed unless the call fails
  const PendingCall& call;
  void* context;  ///< the caller's, for operations with an effect outside the arena (files)
  WorkerId worker;

  // --- out ---
  ValueType type = ValueType::integer;
  std::uint8_t flags = 0;  ///< more bits of Event::flags
  TextId extra = 0;        ///< Event::extra, where the operation did not wait
  std::int64_t arg = 0;    ///< Event::arg
  Reply& reply;

  /// The call raises this ("RuntimeError"), and the state stays as it was.
  void fail(std::string_view error, std::string_view message = {});
};

struct Operation {
  /// The kind of the event that it records.
  EventKind kind;
  /// True if a worker could do it in this state. A pure function. Null: always possible.
  bool (*ready)(const ObjectState& state, const PendingCall& call, WorkerId worker) = nullptr;
  /// Does it. Only called when ready.
  void (*apply)(Application& application) = nullptr;
  /// Changes the state when a worker begins to wait for it, and when its time is out, also at once. Null:
  /// nothing changes.
  void (*enter)(ObjectState& state, const PendingCall& call, WorkerId worker) = nullptr;
  void (*expire)(ObjectState& state, const PendingCall& call, WorkerId worker) = nullptr;
  /// True if doing it can make it impossible for others who wait for it, so that one waiter at a time is
  /// woken.
  bool exclusive = false;
  /// How it touches the object, for whoever looks for schedules that differ. `reads` also for an operation
  /// that changes only what is the caller's own in the state.
  Effect effect = Effect::writes;
};

}  // namespace lockstep
