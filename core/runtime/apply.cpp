#include "core/runtime/apply.hpp"

#include "core/runtime/runtime.hpp"

namespace lockstep {
namespace {

ObjectState& next_state(ObjectSlot& object) {
  return object.states[(object.seq.load(std::memory_order_relaxed) + 1) & 1];
}

/// The call raises: the object's state stays as it was. `waiter`: the caller, if it had to wait.
Event event_of_error(Arena& arena, ObjectSlot& object, const PendingCall& call, const Reply& reply,
                     const WorkerSlot* waiter) {
  next_state(object) = current_state(object);
  const Error error(reply.error_type, reply.error_message);
  Event event{
      .arg = arena.intern(error.what()), .object = call.object, .site = call.site, .kind = EventKind::raise};
  event.flags = static_cast<std::uint8_t>(ValueType::text);
  if (waiter == nullptr) return event;
  event.extra = waiter->waker_seq;
  event.flags |= event_flag::kAfterWait;
  return event;
}

}  // namespace

Event apply_call(Arena& arena, WorkerId worker, const PendingCall& call, void* context, bool waited,
                 Reply& reply) {
  ObjectSlot& object = arena.object(call.object);
  ObjectState& next = next_state(object);
  next = current_state(object);
  Application application{arena,    object,    next,       call, worker,  context, {},
                          call.arg, call.type, call.extra, 0,    nullptr, {}};
  if (call.operation->apply != nullptr) call.operation->apply(application);
  if (application.error_type != nullptr) {
    reply.status = Reply::Status::error;
    reply.error_type = application.error_type;
    reply.error_message = std::move(application.error_message);
    return event_of_error(arena, object, call, reply, waited ? &arena.worker(worker) : nullptr);
  }
  reply.status = Reply::Status::done;
  // Member by member: what was just written in two parts is not read back in one.
  reply.result.type = application.result.type;
  reply.result.bits = application.result.bits;
  const bool timed = call.kind == EventKind::acquire && call.timeout_ns >= 0;
  return {.arg = application.arg,
          .extra = waited ? arena.worker(worker).waker_seq : application.extra,
          .object = call.object,
          .site = call.site,
          .kind = call.kind,
          .flags = static_cast<std::uint8_t>(static_cast<unsigned>(application.type) | application.flags |
                                             (waited ? unsigned{event_flag::kAfterWait} : 0U) |
                                             (timed ? unsigned{event_flag::kTimed} : 0U))};
}

Event prepare_without(ObjectSlot& object, const PendingCall& call, WorkerId worker, EventKind kind,
                      StateChange change) {
  ObjectState& next = next_state(object);
  next = current_state(object);
  if (change != nullptr) change(next, call, worker);
  Event event{
      .arg = static_cast<std::int64_t>(call.kind), .object = call.object, .site = call.site, .kind = kind};
  if (kind == EventKind::block && call.timeout_ns > 0) event.flags = event_flag::kTimed;
  return event;
}

}  // namespace lockstep
