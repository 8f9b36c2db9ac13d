#include "core/sync/event.hpp"

namespace lockstep::api {
namespace {

// State: value = the flag; asleep = those who wait since it was clear; chosen = those whom a set has freed.

void read_flag(Application& a) {
  a.reply.result = Value::of_bool(a.state.value != 0);
  a.type = ValueType::boolean;
  a.arg = a.reply.result.bits;
}

void raise_flag(Application& a) {
  a.state.value = 1;
  a.state.asleep.each([&](WorkerId id) { a.state.chosen.insert(id); });
  a.state.asleep.clear();
  a.arg = 0;
}

void lower_flag(Application& a) { a.state.value = 0; }

bool may_go(const ObjectState& state, const PendingCall&, WorkerId worker) {
  return state.value != 0 || state.chosen.contains(worker);
}

void go(Application& a) {
  a.state.asleep.erase(a.worker);
  a.state.chosen.erase(a.worker);
}

void fall_asleep(ObjectState& state, const PendingCall&, WorkerId worker) { state.asleep.insert(worker); }
void give_up(ObjectState& state, const PendingCall&, WorkerId worker) { state.asleep.erase(worker); }

constexpr Operation kIsSet{.kind = EventKind::event_is_set, .apply = read_flag, .effect = Effect::reads};
constexpr Operation kSet{.kind = EventKind::event_set, .apply = raise_flag};
constexpr Operation kClear{.kind = EventKind::event_clear, .apply = lower_flag};
constexpr Operation kWait{.kind = EventKind::event_wait,
                          .ready = may_go,
                          .apply = go,
                          .enter = fall_asleep,
                          .expire = give_up,
                          .effect = Effect::reads};

}  // namespace

Event::Event(std::string_view name)
    : id_(create_object({.kind = ObjectKind::event, .name = name, .state = {}})) {}

bool Event::is_set(Where at) const { return call(make_call(kIsSet, id_, at)).result.bits != 0; }
void Event::set(Where at) const { call(make_call(kSet, id_, at)); }
void Event::clear(Where at) const { call(make_call(kClear, id_, at)); }
bool Event::wait(Timeout timeout, Where at) const {
  return call(make_call(kWait, id_, at, 0, timeout)).done();
}

}  // namespace lockstep::api
