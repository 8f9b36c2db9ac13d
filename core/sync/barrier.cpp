#include "core/sync/barrier.hpp"

namespace lockstep::api {
namespace {

// State: limit = parties; value = how many are inside; asleep = those who wait for the rest; chosen = those
// who may leave; count = the phase, as in CPython's threading.py.
enum Phase : std::uint16_t { filling, draining, resetting, broken };

void become_empty(ObjectState& state) {
  if (state.value == 0 && (state.count == draining || state.count == resetting)) state.count = filling;
}

bool may_enter(const ObjectState& state, const PendingCall&, WorkerId) {
  return state.count == filling || state.count == broken;
}

void enter(Application& a) {
  if (a.state.count == broken) return a.fail("BrokenBarrierError");
  a.reply.result = Value::of_int(a.state.value);
  a.arg = ++a.state.value;
  a.state.asleep.insert(a.worker);
  if (a.state.value < a.state.limit) return;
  a.state.count = draining;
  a.state.chosen = a.state.asleep;
  a.state.asleep.clear();
}

bool may_leave(const ObjectState& state, const PendingCall&, WorkerId worker) {
  return state.chosen.contains(worker) || state.count == broken || state.count == resetting;
}

/// Result: 1 if all came, 0 if the barrier broke.
void leave(Application& a) {
  const bool passed = a.state.chosen.contains(a.worker);
  a.state.asleep.erase(a.worker);
  a.state.chosen.erase(a.worker);
  --a.state.value;
  become_empty(a.state);
  a.reply.result = Value::of_bool(passed);
  a.arg = a.call.arg;
}

void break_by_time(ObjectState& state, const PendingCall&, WorkerId worker) {
  state.asleep.erase(worker);
  --state.value;
  state.count = broken;
}

void start_over(Application& a) { a.state.count = a.state.value > 0 ? resetting : filling; }

void break_it(Application& a) { a.state.count = broken; }

constexpr Operation kArrive{.kind = EventKind::barrier_arrive, .ready = may_enter, .apply = enter};
constexpr Operation kPass{
    .kind = EventKind::barrier_pass, .ready = may_leave, .apply = leave, .expire = break_by_time};
constexpr Operation kReset{.kind = EventKind::barrier_reset, .apply = start_over};
constexpr Operation kAbort{.kind = EventKind::barrier_abort, .apply = break_it};

}  // namespace

Barrier::Barrier(std::string_view name, int parties, Where at) : id_(kNoObject) {
  if (parties < 1) raise("ValueError", "parties must be > 0", site_of(at));
  ObjectState state;
  ObjectSpec spec{.kind = ObjectKind::barrier, .name = name, .initial = 0, .limit = parties, .state = &state};
  state.limit = parties;
  id_ = create_object(spec);
}

int Barrier::wait(Timeout timeout, Where at) const {
  const std::int64_t index = call(make_call(kArrive, id_, at)).result.bits;
  const Reply reply = call(make_call(kPass, id_, at, index, timeout));
  if (!reply.done() || reply.result.bits == 0) raise("BrokenBarrierError", "", site_of(at));
  return static_cast<int>(index);
}

void Barrier::reset(Where at) const { call(make_call(kReset, id_, at)); }
void Barrier::abort(Where at) const { call(make_call(kAbort, id_, at)); }

}  // namespace lockstep::api
