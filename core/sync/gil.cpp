#include "core/sync/gil.hpp"

#include <algorithm>

#include "core/sync/program.hpp"

namespace lockstep::api {
namespace {

// State: owner and count as of a Lock; asleep = who waits for it; limit = 1 + whoever gave it up last.

bool is_my_turn(const ObjectState& state, const PendingCall&, WorkerId worker) {
  if (state.count != 0) return false;
  const bool had_it_last = state.limit == worker + 1;
  const std::uint32_t others = state.asleep.count() - (state.asleep.contains(worker) ? 1 : 0);
  return !had_it_last || others == 0;
}

void begin_to_wait(ObjectState& state, const PendingCall&, WorkerId worker) { state.asleep.insert(worker); }

void take(Application& a) {
  a.state.owner = a.worker;
  a.state.count = 1;
  a.state.limit = 0;
  a.state.asleep.erase(a.worker);
  a.arg = 1;
}

void give_up(Application& a) {
  if (a.state.count == 0 || a.state.owner != a.worker) {
    return a.fail("RuntimeError", "the caller does not hold the interpreter lock");
  }
  a.state.owner = kNoWorker;
  a.state.count = 0;
  a.state.limit = a.worker + 1;
  a.arg = 0;
}

constexpr Operation kAcquire{.kind = EventKind::acquire,
                             .ready = is_my_turn,
                             .apply = take,
                             .enter = begin_to_wait,
                             .exclusive = true};
constexpr Operation kRelease{.kind = EventKind::release, .apply = give_up};

}  // namespace

Gil::Gil(std::string_view name, std::chrono::nanoseconds interval)
    : id_(create_object({.kind = ObjectKind::lock, .name = name, .state = {}})), interval_(interval) {
  if (interval.count() <= 0) raise("ValueError", "switch interval must be strictly positive");
}

void Gil::acquire(Timeout, Where at) const { call(make_call(kAcquire, id_, at)); }

void Gil::release(Where at) const { call(make_call(kRelease, id_, at)); }

void Gil::compute(std::chrono::nanoseconds duration, std::string_view activity, Where at) const {
  for (auto rest = duration; rest.count() > 0; rest -= interval_) {
    api::compute(std::min(rest, interval_), activity, at);
    if (rest <= interval_) return;
    release(at);
    acquire(kForever, at);
  }
}

void Gil::sleep(std::chrono::nanoseconds duration, std::string_view activity, Where at) const {
  release(at);
  api::sleep(duration, activity, at);
  acquire(kForever, at);
}

}  // namespace lockstep::api
