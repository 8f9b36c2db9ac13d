#include "core/runtime/apply.hpp"

#include "core/runtime/runtime.hpp"

namespace lockstep {

namespace {

Event event_of_error(const Application& a) {
  next_state(a.object) = current_state(a.object);
  return {.arg = a.reply.error,
          .object = a.call.object,
          .site = a.call.site,
          .kind = EventKind::raise,
          .flags = static_cast<std::uint8_t>(ValueType::text)};
}

Event event_of_success(const Application& a) {
  const PendingCall& call = a.call;
  const bool timed = call.kind == EventKind::acquire && call.timeout_ns >= 0;
  return {.arg = a.arg,
          .extra = a.extra,
          .object = call.object,
          .site = call.site,
          .kind = call.kind,
          .flags = static_cast<std::uint8_t>(static_cast<unsigned>(a.type) | a.flags |
                                             (timed ? unsigned{event_flag::kTimed} : 0U))};
}

}  // namespace

void Application::fail(std::string_view error, std::string_view message) {
  reply.status = Reply::Status::error;
  reply.error = arena.intern(Error(std::string(error), std::string(message)).what());
}

Event event_of(const Application& application, bool waited) {
  Event event = application.reply.status == Reply::Status::error ? event_of_error(application)
                                                                 : event_of_success(application);
  if (waited) {
    event.extra = application.arena.worker(application.worker).waker_seq;
    event.flags |= event_flag::kAfterWait;
  }
  return event;
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
