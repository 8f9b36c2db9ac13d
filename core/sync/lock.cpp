#include "core/sync/lock.hpp"

namespace lockstep::api {
namespace {

// State: owner and count. The owner of a plain Lock is whoever took it last; anyone may release it.

bool is_free(const ObjectState& state, const PendingCall&, WorkerId) { return state.count == 0; }

bool is_free_or_mine(const ObjectState& state, const PendingCall&, WorkerId worker) {
  return state.count == 0 || state.owner == worker;
}

void take(Application& a) {
  const auto levels = static_cast<std::uint16_t>(a.call.arg);
  a.state.owner = a.worker;
  a.state.count = static_cast<std::uint16_t>(a.state.count + levels);
  a.arg = a.state.count;
}

void give_back(Application& a, std::uint16_t levels) {
  a.reply.result = Value::of_int(a.state.count);
  a.state.count = static_cast<std::uint16_t>(a.state.count - levels);
  if (a.state.count == 0) a.state.owner = kNoWorker;
  a.arg = a.state.count;
}

template <Among among>
void give_back_lock(Application& a) {
  if (a.state.count > 0) return give_back(a, 1);
  if (among == Among::processes) return a.fail("ValueError", "semaphore or lock released too many times");
  a.fail("RuntimeError", "release unlocked lock");
}

template <Among among>
void give_back_rlock(Application& a) {
  if (a.state.count > 0 && a.state.owner == a.worker) return give_back(a, 1);
  if (among == Among::processes)
    return a.fail("AssertionError", "attempt to release recursive lock not owned by thread");
  a.fail("RuntimeError", "cannot release un-acquired lock");
}

void give_back_all(Application& a) { give_back(a, a.state.count); }

void look(Application& a) {
  a.reply.result = Value::of_bool(a.state.count != 0);
  a.type = ValueType::boolean;
  a.arg = a.reply.result.bits;
}

constexpr Operation kAcquireLock{
    .kind = EventKind::acquire, .ready = is_free, .apply = take, .exclusive = true};
constexpr Operation kAcquireRLock{
    .kind = EventKind::acquire, .ready = is_free_or_mine, .apply = take, .exclusive = true};
template <Among among>
constexpr Operation kReleaseLock{.kind = EventKind::release, .apply = give_back_lock<among>};
template <Among among>
constexpr Operation kReleaseRLock{.kind = EventKind::release, .apply = give_back_rlock<among>};
constexpr Operation kReleaseAll{.kind = EventKind::release, .apply = give_back_all};
constexpr Operation kLocked{.kind = EventKind::locked, .apply = look, .effect = Effect::reads};

template <Among among>
const Operation& release_of(bool reentrant) {
  return reentrant ? kReleaseRLock<among> : kReleaseLock<among>;
}

}  // namespace

AnyLock::AnyLock(ObjectKind kind, std::string_view name, Among among)
    : id_(create_object({.kind = kind, .name = name, .state = {}})),
      reentrant_(kind == ObjectKind::rlock),
      among_(among) {}

bool AnyLock::acquire(Timeout timeout, Where at) const {
  if (among_ == Among::threads && !timeout.is_forever() && timeout.ns() < 0) {
    raise("ValueError", "timeout value must be a non-negative number", site_of(at));
  }
  return call(make_call(reentrant_ ? kAcquireRLock : kAcquireLock, id_, at, 1, timeout)).done();
}

bool AnyLock::try_acquire(Where at) const { return acquire(kNoWait, at); }

void AnyLock::release(Where at) const {
  const bool threads = among_ == Among::threads;
  call(make_call(threads ? release_of<Among::threads>(reentrant_) : release_of<Among::processes>(reentrant_),
                 id_, at));
}

bool AnyLock::is_owned() const {
  ObjectSlot& slot = runtime().arena().object(id_);
  const Guard guard(slot.guard, runtime().self());
  const ObjectState& state = slot.states[slot.seq.load(std::memory_order_relaxed) & 1];
  const bool by_anyone = !reentrant_ && among_ == Among::threads;
  return state.count != 0 && (by_anyone || state.owner == runtime().self());
}

int AnyLock::release_all(Where at) const {
  return static_cast<int>(call(make_call(kReleaseAll, id_, at)).result.bits);
}

void AnyLock::acquire_again(int levels, Where at) const {
  call(make_call(reentrant_ ? kAcquireRLock : kAcquireLock, id_, at, levels));
}

bool Lock::locked(Where at) const { return call(make_call(kLocked, id_, at)).result.bits != 0; }

}  // namespace lockstep::api
