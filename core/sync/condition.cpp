#include "core/sync/condition.hpp"

namespace lockstep::api {
namespace {

// State: asleep = waiting and not notified; chosen = notified and not yet awake. The order of arrival is in
// the workers' slots, each written by its worker before it joins `asleep`.

void fall_asleep(Application& a) {
  a.arena.worker(a.worker).condition_ticket = a.state.ticket++;
  a.state.asleep.insert(a.worker);
  a.arg = a.state.asleep.count();
}

bool is_notified(const ObjectState& state, const PendingCall&, WorkerId worker) {
  return state.chosen.contains(worker);
}

void wake_up(Application& a) {
  a.state.chosen.erase(a.worker);
  a.arg = a.state.asleep.count();
}

void give_up(ObjectState& state, const PendingCall&, WorkerId worker) { state.asleep.erase(worker); }

void wake_others(Application& a) {
  std::int64_t woken = 0;
  for (; woken < a.call.arg && !a.state.asleep.empty(); ++woken) {
    WorkerId first = kNoWorker;
    a.state.asleep.each([&](WorkerId id) {
      if (first == kNoWorker ||
          a.arena.worker(id).condition_ticket < a.arena.worker(first).condition_ticket) {
        first = id;
      }
    });
    a.state.asleep.erase(first);
    a.state.chosen.insert(first);
  }
  a.arg = woken;
}

constexpr Operation kSleep{.kind = EventKind::cond_wait, .apply = fall_asleep};
constexpr Operation kResume{
    .kind = EventKind::cond_resume, .ready = is_notified, .apply = wake_up, .expire = give_up};
constexpr Operation kNotify{.kind = EventKind::notify, .apply = wake_others};

}  // namespace

Condition::Condition(std::string_view name, const AnyLock& lock)
    : lock_(lock),
      id_(create_object({.kind = ObjectKind::condition, .name = name, .related = lock.id(), .state = {}})) {}

void Condition::check_owned(const char* among_threads, const char* among_processes, const Where& at) const {
  if (lock_.is_owned()) return;
  if (lock_.among() == Among::processes) raise("AssertionError", among_processes, site_of(at));
  raise("RuntimeError", among_threads, site_of(at));
}

bool Condition::wait(Timeout timeout, Where at) const {
  check_owned("cannot wait on un-acquired lock", "must acquire() condition before using wait()", at);
  call(make_call(kSleep, id_, at));
  const int levels = lock_.release_all(at);
  const Reply reply = call(make_call(kResume, id_, at, 0, timeout));
  lock_.acquire_again(levels, at);
  return reply.done();
}

bool Condition::wait_for(const std::function<bool()>& predicate, Timeout timeout, Where at) const {
  const RunTime deadline = timeout.is_forever() ? 0 : runtime().now() + timeout.ns();
  bool holds = predicate();
  while (!holds) {
    if (!timeout.is_forever()) {
      const RunTime rest = deadline - runtime().now();
      if (rest <= 0) break;
      wait(std::chrono::nanoseconds(rest), at);
    } else {
      wait(kForever, at);
    }
    holds = predicate();
  }
  return holds;
}

void Condition::notify(std::int64_t n, Where at) const {
  check_owned("cannot notify on un-acquired lock", "lock is not owned", at);
  call(make_call(kNotify, id_, at, n));
}

void Condition::notify_all(Where at) const { notify(kMaxWorkers, at); }

}  // namespace lockstep::api
