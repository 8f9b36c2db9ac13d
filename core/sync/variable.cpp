#include "core/sync/variable.hpp"

namespace lockstep::detail {
namespace {

// Shared: ObjectState::value holds the bits. Global: the runtime holds a word for each process; `context`
// points to it.

void load(Application& a) {
  a.arg = a.state.value;
  a.reply.result = {a.type, a.arg};
}

void store(Application& a) { a.state.value = a.call.arg; }

void add(Application& a) {
  a.arg = a.state.value += a.call.arg;
  a.reply.result = {a.type, a.arg};
}

void load_private(Application& a) {
  a.arg = static_cast<std::atomic<std::int64_t>*>(a.context)->load(std::memory_order_relaxed);
  a.reply.result = {a.type, a.arg};
}

void store_private(Application& a) {
  static_cast<std::atomic<std::int64_t>*>(a.context)->store(a.call.arg, std::memory_order_relaxed);
}

constexpr Operation kLoad{.kind = EventKind::load, .apply = load, .effect = Effect::reads};
constexpr Operation kStore{.kind = EventKind::store, .apply = store};
constexpr Operation kAdd{.kind = EventKind::add, .apply = add};
constexpr Operation kGlobalLoad{
    .kind = EventKind::global_load, .apply = load_private, .effect = Effect::reads};
constexpr Operation kGlobalStore{.kind = EventKind::global_store, .apply = store_private};

PendingCall typed(const Operation& operation, ObjectId id, const std::source_location& at, Value value) {
  PendingCall call = make_call(operation, id, at, value.bits);
  call.type = value.type;
  return call;
}

ObjectId create_variable(ObjectKind kind, std::string_view name, Value initial) {
  ObjectState state = kNewState;
  state.value = initial.bits;
  return create_object(
      {.kind = kind, .name = name, .initial = initial.bits, .initial_type = initial.type, .state = &state});
}

ValueType type_of(ObjectId id) { return runtime().arena().object(id).initial_type; }

}  // namespace

ObjectId create_shared(std::string_view name, Value initial) {
  return create_variable(ObjectKind::shared, name, initial);
}

Value shared_load(ObjectId id, const std::source_location& at) {
  return call(typed(kLoad, id, at, {type_of(id), 0})).result;
}

void shared_store(ObjectId id, Value value, const std::source_location& at) {
  call(typed(kStore, id, at, value));
}

Value shared_add(ObjectId id, std::int64_t delta, const std::source_location& at) {
  return call(typed(kAdd, id, at, {type_of(id), delta})).result;
}

ObjectId create_local(std::string_view name) {
  const Value none = Value::nothing();
  return find_or_create_object({.kind = ObjectKind::local,
                                .name = name,
                                .initial = none.bits,
                                .initial_type = none.type,
                                .owner = runtime().self()});
}

void local_set(ObjectId id, Value value, const std::source_location& at) {
  lockstep::Event event{.arg = value.bits, .object = id, .site = site_of(at), .kind = EventKind::local_set};
  event.flags = static_cast<std::uint8_t>(value.type);
  runtime().note(event);
}

ObjectId create_global(std::string_view name, Value initial) {
  const ObjectId id = create_variable(ObjectKind::global, name, initial);
  runtime().private_word(id).store(initial.bits, std::memory_order_relaxed);
  return id;
}

Value global_load(ObjectId id, ValueType type, const std::source_location& at) {
  return call(typed(kGlobalLoad, id, at, {type, 0}), &runtime().private_word(id)).result;
}

void global_store(ObjectId id, Value value, const std::source_location& at) {
  call(typed(kGlobalStore, id, at, value), &runtime().private_word(id));
}

}  // namespace lockstep::detail
