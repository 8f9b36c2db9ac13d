#include "core/sync/semaphore.hpp"

namespace lockstep::api {
namespace {

// State: value = permits; limit = bound of a BoundedSemaphore, 0 = none.

bool has_permit(const ObjectState& state, const PendingCall&, WorkerId) { return state.value > 0; }

void take(Application& a) { a.arg = --a.state.value; }

template <Among among>
void give(Application& a) {
  if (a.object.kind == ObjectKind::bounded_semaphore && a.state.value + a.call.arg > a.state.limit) {
    return a.fail("ValueError", among == Among::threads ? "Semaphore released too many times"
                                                        : "semaphore or lock released too many times");
  }
  a.arg = a.state.value += a.call.arg;
}

constexpr Operation kAcquire{
    .kind = EventKind::sem_acquire, .ready = has_permit, .apply = take, .exclusive = true};
template <Among among>
constexpr Operation kRelease{.kind = EventKind::sem_release, .apply = give<among>};

}  // namespace

Semaphore::Semaphore(ObjectKind kind, std::string_view name, std::int64_t permits, Among among, Where at)
    : id_(kNoObject), among_(among) {
  if (permits < 0 && among == Among::processes) raise("OSError", "[Errno 22] Invalid argument", site_of(at));
  if (permits < 0) raise("ValueError", "semaphore initial value must be >= 0", site_of(at));
  const std::int64_t bound = kind == ObjectKind::bounded_semaphore ? permits : 0;
  ObjectState state;
  ObjectSpec spec{.kind = kind, .name = name, .initial = permits, .limit = bound, .state = &state};
  state.value = permits;
  state.limit = bound;
  id_ = create_object(spec);
}

bool Semaphore::acquire(Timeout timeout, Where at) const {
  return call(make_call(kAcquire, id_, at, 0, timeout)).done();
}

bool Semaphore::try_acquire(Where at) const { return acquire(kNoWait, at); }

void Semaphore::release_many(std::int64_t n, Where at) const {
  if (n < 1) raise("ValueError", "n must be one or more", site_of(at));
  const bool threads = among_ == Among::threads;
  call(make_call(threads ? kRelease<Among::threads> : kRelease<Among::processes>, id_, at, n));
}

}  // namespace lockstep::api
