#include "core/process/channel_operations.hpp"

#include <cerrno>

#include "core/platform/socket.hpp"
#include "core/runtime/origin.hpp"

namespace lockstep {
namespace {

constexpr std::int64_t kMostBytes = 65536;

bool check_open(Application& a, PipeEnd end) {
  const bool open = (ends_held(a.state, a.arena.worker(a.worker).process) & end) != 0;
  if (!open) a.fail("OSError", "handle is closed");
  return open;
}

std::uint64_t depth(const ObjectState& state) { return state.put - state.got; }

bool may_send(const ObjectState& state, const PendingCall&, WorkerId) {
  const bool room = depth(state) < static_cast<std::uint64_t>(kChannelCapacity) && state.value < kMostBytes;
  return room || state.chosen.empty();
}

void send_one(Application& a) {
  a.extra = 0;
  const auto& call = *static_cast<const ChannelCall*>(a.context);
  if (!check_open(a, kWriteEnd)) return;
  if (a.state.chosen.empty()) return a.fail("BrokenPipeError", "[Errno 32] Broken pipe");
  const int fd = write_end(*call.word);
  if (fd >= 0) {
    const int error = platform::send_message(fd, a.state.put, encode(a.arena, call.message));
    // The kernel may know of a death that nobody has recorded yet.
    if (error == EPIPE || error == ECONNRESET) return a.fail("BrokenPipeError", "[Errno 32] Broken pipe");
  }
  a.arena.items(a.object)[a.state.put % kChannelCapacity] = {call.message.value.bits, call.message.value.type,
                                                             static_cast<std::uint8_t>(call.message.tag),
                                                             call.message.about};
  ++a.state.put;
  a.state.value += length_of(a.arena, call.message.value);
}

bool may_recv(const ObjectState& state, const PendingCall&, WorkerId) {
  return depth(state) > 0 || state.asleep.empty();
}

/// Whoever could write here could read the other direction, and gave that up first: nothing changes there.
bool left_data_unread(const Application& a) {
  if (a.object.related == kNoObject) return false;
  const ObjectState& other = current_state(a.arena.object(a.object.related));
  return other.put != other.got;
}

/// What a worker's history remembers of the end; no message has these bits.
constexpr Value kNothingMore{ValueType::none, 0x454F46};

/// As the kernel does, it tells of unread data once.
void find_end(Application& a, ChannelCall& call) {
  a.reply.result = kNothingMore;
  call.at_end = true;
  call.reset = a.state.generation == 0 && left_data_unread(a);
  a.state.generation = 1;
  a.flags = event_flag::kEnd;
  a.type = ValueType::none;
  a.arg = 0;
}

void recv_one(Application& a) {
  a.extra = 0;
  auto& call = *static_cast<ChannelCall*>(a.context);
  if (!check_open(a, kReadEnd)) return;
  if (depth(a.state) == 0) return find_end(a, call);
  const QueueSlot& item = a.arena.items(a.object)[a.state.got % kChannelCapacity];
  call.message = {{item.type, item.bits}, static_cast<MessageTag>(item.tag), item.about};
  const std::int64_t length = length_of(a.arena, call.message.value);
  const bool too_long = call.most >= 0 && call.message.tag == MessageTag::bytes && length > call.most;
  if (too_long) return a.fail("OSError", "bad message length");
  if (const int fd = read_end(*call.word); fd >= 0) {
    // What the kernel carried is what arrives. It lacks a message only if its sender died in the middle.
    const auto bytes = platform::take_message(fd, a.state.got);
    if (bytes && bytes->size() >= 2) call.message.value = decode(a.arena, *bytes);
  }
  ++a.state.got;
  a.state.value -= length;
  a.reply.result = call.message.value;
  a.arg = a.reply.result.bits;
  a.type = a.reply.result.type;
}

/// `arg` of the call: how many hold the write end.
bool may_await(const ObjectState& state, const PendingCall& call, WorkerId) {
  return depth(state) > 0 || state.asleep.count() != static_cast<std::uint32_t>(call.arg);
}

/// For a worker's history: not a result.
Value digest_of_workers(const Arena& arena, const WorkerSet& workers) {
  std::uint64_t sum = 0;
  workers.each([&](WorkerId worker) { sum += origin_of_worker(arena, worker); });
  return {ValueType::none, static_cast<std::int64_t>(sum)};
}

/// `context`: an Arrival.
void await_one(Application& a) {
  a.extra = 0;
  auto& arrival = *static_cast<Arrival*>(a.context);
  arrival.writers = a.state.asleep;
  if (depth(a.state) == 0) {
    a.flags = event_flag::kEnd;
    a.arg = a.state.asleep.count();
    a.reply.result = digest_of_workers(a.arena, a.state.asleep);
    return;
  }
  ChannelCall one{.word = &runtime().private_word(a.call.object), .message = {}};
  a.context = &one;
  recv_one(a);
  arrival.message = one.message;
}

void find_readable(Application& a) {
  if (!check_open(a, kReadEnd)) return;
  a.reply.result = Value::of_bool(true);
  a.arg = 1;
  a.type = ValueType::boolean;
}

void close_descriptors(ChannelWord& word, std::uint8_t ends) {
  const int write = (ends & kWriteEnd) != 0 ? write_end(word) : -1;
  const int read = (ends & kReadEnd) != 0 ? read_end(word) : -1;
  platform::close_descriptor(write);
  platform::close_descriptor(read);
  const std::int64_t marks = word.load(std::memory_order_relaxed) & (kUnreadable | kAccepted);
  word.store(marks | ends_of(write >= 0 ? -1 : write_end(word), read >= 0 ? -1 : read_end(word)),
             std::memory_order_relaxed);
}

void close_ends(Application& a) {
  const auto ends = static_cast<std::uint8_t>(a.call.arg);
  drop_ends(a.state, a.arena.worker(a.worker).process, ends);
  close_descriptors(*static_cast<ChannelCall*>(a.context)->word, ends);
}

/// `extra` of the call: the ends at most.
void inherit(Application& a) {
  const auto child = static_cast<WorkerId>(a.call.arg);
  const unsigned mine = ends_held(a.state, a.arena.worker(a.worker).process);
  const unsigned ends = mine & a.call.extra;
  if ((ends & kWriteEnd) != 0) a.state.asleep.insert(child);
  if ((ends & kReadEnd) != 0) a.state.chosen.insert(child);
  a.extra = ends;
}

}  // namespace

constinit const Operation kChannelSend{
    .kind = EventKind::pipe_send, .ready = may_send, .apply = send_one, .exclusive = true};
constinit const Operation kChannelRecv{
    .kind = EventKind::pipe_recv, .ready = may_recv, .apply = recv_one, .exclusive = true};
constinit const Operation kChannelAwait{
    .kind = EventKind::pipe_recv, .ready = may_await, .apply = await_one, .exclusive = true};
constinit const Operation kChannelPoll{
    .kind = EventKind::pipe_poll, .ready = may_recv, .apply = find_readable, .effect = Effect::reads};
constinit const Operation kChannelClose{.kind = EventKind::pipe_close, .apply = close_ends};
constinit const Operation kChannelInherit{.kind = EventKind::pipe_inherit, .apply = inherit};

}  // namespace lockstep
