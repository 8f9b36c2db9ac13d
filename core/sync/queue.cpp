#include "core/sync/queue.hpp"

#include <algorithm>

namespace lockstep::api {
namespace {

// State: put and got count items since the beginning, so the depth is their difference and item n lies in
// slot n % item_capacity; limit = maxsize; value = unfinished tasks.
constexpr std::uint32_t kUnboundedItems = 65536;

std::uint64_t depth(const ObjectState& state) { return state.put - state.got; }

bool has_room(const ObjectState& state, const PendingCall&, WorkerId) {
  return state.limit == 0 || depth(state) < static_cast<std::uint64_t>(state.limit);
}

void put_item(Application& a) {
  if (depth(a.state) >= a.object.item_capacity) {
    return a.fail("OverflowError", "a queue of the sandbox holds at most 65536 items");
  }
  a.arena.items(a.object)[a.state.put % a.object.item_capacity] = {a.call.arg, a.call.type, 0, kNoObject};
  ++a.state.put;
  ++a.state.value;
}

bool has_item(const ObjectState& state, const PendingCall&, WorkerId) { return depth(state) > 0; }

void take_item(Application& a) {
  const QueueSlot item = a.arena.items(a.object)[a.state.got % a.object.item_capacity];
  ++a.state.got;
  a.reply.result = {item.type, item.bits};
  a.arg = item.bits;
  a.type = item.type;
}

void finish_task(Application& a) {
  if (a.state.value <= 0) {
    return a.fail("ValueError", "task_done() called too many times");
  }
  a.arg = --a.state.value;
}

bool all_finished(const ObjectState& state, const PendingCall&, WorkerId) { return state.value == 0; }

void count_items(Application& a) {
  a.reply.result = Value::of_int(static_cast<std::int64_t>(depth(a.state)));
  a.arg = a.reply.result.bits;
}

constexpr Operation kPut{
    .kind = EventKind::queue_put, .ready = has_room, .apply = put_item, .exclusive = true};
constexpr Operation kGet{
    .kind = EventKind::queue_get, .ready = has_item, .apply = take_item, .exclusive = true};
constexpr Operation kTaskDone{.kind = EventKind::queue_task_done, .apply = finish_task};
constexpr Operation kJoin{.kind = EventKind::queue_join, .ready = all_finished, .effect = Effect::reads};
constexpr Operation kSize{.kind = EventKind::queue_size, .apply = count_items, .effect = Effect::reads};

}  // namespace

Queue::Queue(ObjectKind kind, std::string_view name, int maxsize, Among among)
    : id_(kNoObject), maxsize_(std::max(maxsize, 0)), among_(among) {
  ObjectState state;
  ObjectSpec spec{.kind = kind, .name = name, .limit = maxsize_, .state = &state};
  spec.item_capacity = maxsize_ > 0 ? static_cast<std::uint32_t>(maxsize_) : kUnboundedItems;
  state.limit = maxsize_;
  id_ = create_object(spec);
}

void Queue::check_time(Timeout timeout, const Where& at) const {
  if (among_ == Among::threads && !timeout.is_forever() && timeout.ns() < 0)
    raise("ValueError", "'timeout' must be a non-negative number", site_of(at));
}

void Queue::put(const Item& item, Timeout timeout, Where at) const {
  if (maxsize_ > 0) check_time(timeout, at);
  PendingCall put = make_call(kPut, id_, at, item.value().bits, timeout);
  put.type = item.value().type;
  if (!call(put).done()) raise("Full", "", put.site);
}

Item Queue::get(Timeout timeout, Where at) const {
  check_time(timeout, at);
  const PendingCall get = make_call(kGet, id_, at, 0, timeout);
  const Reply reply = call(get);
  if (!reply.done()) raise("Empty", "", get.site);
  return Item(reply.result);
}

int Queue::qsize(Where at) const { return static_cast<int>(call(make_call(kSize, id_, at)).result.bits); }

bool Queue::full(Where at) const { return maxsize_ > 0 && qsize(at) >= maxsize_; }

void JoinableQueue::task_done(Where at) const { call(make_call(kTaskDone, id_, at)); }

void JoinableQueue::join(Where at) const { call(make_call(kJoin, id_, at)); }

}  // namespace lockstep::api
