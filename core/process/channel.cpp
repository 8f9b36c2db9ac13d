#include "core/process/channel.hpp"

#include <cerrno>
#include <cstring>
#include <limits>

#include "core/platform/socket.hpp"
#include "core/runtime/apply.hpp"
#include "core/runtime/origin.hpp"

namespace lockstep {
namespace {

// State: put and got count messages, value = bytes under way, limit = capacity; the rest is in holders.hpp.
// generation = 1 once a reader has been told of the end. Message n lies in slot n % kChannelCapacity of the
// object's items.

constexpr std::int64_t kMostBytes = 65536;

// --- what a process has of a channel: its private word ---
// Bits 0-30: descriptor of its write end + 1; bits 31-61: of its read end + 1; bit 62: unreadable; bit 63:
// accepted.

constexpr std::int64_t kDescriptor = 0x7FFF'FFFF;
constexpr int kReadShift = 31;
constexpr std::int64_t kUnreadable = std::int64_t{1} << 62;
constexpr std::int64_t kAccepted = std::numeric_limits<std::int64_t>::min();

using Word = std::atomic<std::int64_t>;

int write_end(const Word& word) {
  return static_cast<int>(word.load(std::memory_order_relaxed) & kDescriptor) - 1;
}
int read_end(const Word& word) {
  return static_cast<int>(word.load(std::memory_order_relaxed) >> kReadShift & kDescriptor) - 1;
}
std::int64_t ends_of(int write, int read) {
  return static_cast<std::int64_t>(write + 1) | static_cast<std::int64_t>(read + 1) << kReadShift;
}

// --- messages as bytes ---

}  // namespace

std::string encode(const Arena& arena, const Message& message) {
  std::string bytes{static_cast<char>(message.value.type), static_cast<char>(message.tag)};
  if (message.value.type == ValueType::text) {
    bytes += arena.text(static_cast<TextId>(message.value.bits));
  } else {
    bytes.append(reinterpret_cast<const char*>(&message.value.bits), sizeof message.value.bits);
  }
  return bytes;
}

Value decode(Arena& arena, std::string_view bytes) {
  Value value{static_cast<ValueType>(bytes[0]), 0};
  bytes.remove_prefix(2);
  if (value.type == ValueType::text) return Value::of_text(arena.intern(bytes));
  std::memcpy(&value.bits, bytes.data(), std::min(bytes.size(), sizeof value.bits));
  return value;
}

namespace {

std::int64_t length_of(const Arena& arena, Value value) {
  if (value.type != ValueType::text) return sizeof value.bits;
  return static_cast<std::int64_t>(arena.text(static_cast<TextId>(value.bits)).size());
}

// --- operations; the context is the caller's ChannelCall ---

struct ChannelCall {
  Word* word = nullptr;
  Message message;         ///< to send, or received
  std::int64_t most = -1;  ///< bytes
  bool at_end = false;
  bool reset = false;  ///< the other side went away with data unread
};

void fail(Application& a, const char* type, std::string message) {
  a.error_type = type;
  a.error_message = std::move(message);
}

bool check_open(Application& a, PipeEnd end) {
  const bool open = (ends_held(a.state, a.arena.worker(a.worker).process) & end) != 0;
  if (!open) fail(a, "OSError", "handle is closed");
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
  if (a.state.chosen.empty()) return fail(a, "BrokenPipeError", "[Errno 32] Broken pipe");
  const int fd = write_end(*call.word);
  if (fd >= 0) {
    const int error = platform::send_message(fd, a.state.put, encode(a.arena, call.message));
    // The kernel may know of a death that nobody has recorded yet.
    if (error == EPIPE || error == ECONNRESET) return fail(a, "BrokenPipeError", "[Errno 32] Broken pipe");
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
  a.result = kNothingMore;
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
  if (too_long) return fail(a, "OSError", "bad message length");
  if (const int fd = read_end(*call.word); fd >= 0) {
    // What the kernel carried is what arrives. It lacks a message only if its sender died in the middle.
    const auto bytes = platform::take_message(fd, a.state.got);
    if (bytes && bytes->size() >= 2) call.message.value = decode(a.arena, *bytes);
  }
  ++a.state.got;
  a.state.value -= length;
  a.result = call.message.value;
  a.arg = a.result.bits;
  a.type = a.result.type;
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
    a.result = digest_of_workers(a.arena, a.state.asleep);
    return;
  }
  ChannelCall one{.word = &runtime().private_word(a.call.object), .message = {}};
  a.context = &one;
  recv_one(a);
  arrival.message = one.message;
}

void find_readable(Application& a) {
  if (!check_open(a, kReadEnd)) return;
  a.result = Value::of_bool(true);
  a.arg = 1;
  a.type = ValueType::boolean;
}

void close_descriptors(Word& word, std::uint8_t ends) {
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

constexpr Operation kSend{
    .kind = EventKind::pipe_send, .ready = may_send, .apply = send_one, .exclusive = true};
constexpr Operation kRecv{
    .kind = EventKind::pipe_recv, .ready = may_recv, .apply = recv_one, .exclusive = true};
constexpr Operation kAwait{
    .kind = EventKind::pipe_recv, .ready = may_await, .apply = await_one, .exclusive = true};
constexpr Operation kPoll{
    .kind = EventKind::pipe_poll, .ready = may_recv, .apply = find_readable, .effect = Effect::reads};
constexpr Operation kClose{.kind = EventKind::pipe_close, .apply = close_ends};
constexpr Operation kInherit{.kind = EventKind::pipe_inherit, .apply = inherit};

Word& word_of(ObjectId channel) { return runtime().private_word(channel); }

WorkerId own_process() {
  Runtime& now = runtime();
  return now.arena().worker(now.self()).process;
}

/// A call that no line of the program makes.
PendingCall internal_call(const Operation& operation, ObjectId channel) {
  PendingCall result;
  result.operation = &operation;
  result.kind = operation.kind;
  result.object = channel;
  return result;
}

struct Sockets {
  int first = -1;
  int second = -1;
};

Sockets open_sockets(const api::Where& at) {
  if (!runtime().has_kernel()) return {};
  auto [first, second] = platform::message_pair();
  if (!first) {
    const int error = errno;
    raise("OSError", "[Errno " + std::to_string(error) + "] " + std::strerror(error), site_of(at));
  }
  return {first.release(), second.release()};
}

}  // namespace

ObjectId create_single_channel(std::string_view name, api::Where at, Inheritance inheritance) {
  const Sockets sockets = open_sockets(at);
  const WorkerId opener = own_process();
  ObjectState state;
  ObjectSpec spec{.kind = ObjectKind::pipe,
                  .name = name,
                  .initial = inheritance == Inheritance::all ? 1 : 0,
                  .limit = kChannelCapacity,
                  .owner = opener,
                  .item_capacity = static_cast<std::uint32_t>(kChannelCapacity),
                  .state = &state};
  state.limit = kChannelCapacity;
  state.asleep.insert(opener);
  state.chosen.insert(opener);
  const ObjectId id = create_object(spec);
  word_of(id).store(ends_of(sockets.first, sockets.second), std::memory_order_relaxed);
  return id;
}

// Each way has sockets of its own: an end of one way can be closed alone.
std::pair<ObjectId, ObjectId> create_channel_pair(std::string_view name, api::Where at) {
  const ObjectId there = create_single_channel(std::string(name) + " →", at);
  const ObjectId back = create_single_channel(std::string(name) + " ←", at);
  Arena& arena = runtime().arena();
  arena.object(there).related = back;
  arena.object(back).related = there;
  return {there, back};
}

std::pair<ObjectId, ObjectId> create_connection(std::string_view name, WorkerId server) {
  const WorkerId client = own_process();
  ObjectState state;
  ObjectSpec spec{.kind = ObjectKind::pipe,
                  .name = {},
                  .initial = 2 + 2 * std::int64_t{server},
                  .limit = kChannelCapacity,
                  .owner = client,
                  .item_capacity = static_cast<std::uint32_t>(kChannelCapacity),
                  .state = &state};
  const std::string there_name = std::string(name) + " →";
  const std::string back_name = std::string(name) + " ←";
  spec.name = there_name;
  state.limit = kChannelCapacity;
  state.asleep.insert(client);
  state.chosen.insert(server);
  const ObjectId there = create_object(spec);
  spec.name = back_name;
  ++spec.initial;
  std::swap(state.asleep, state.chosen);
  spec.related = there;
  const ObjectId back = create_object(spec);
  runtime().arena().object(there).related = back;
  word_of(there).store(0, std::memory_order_relaxed);
  word_of(back).store(0, std::memory_order_relaxed);
  return {there, back};
}

void abandon_connection(const std::pair<ObjectId, ObjectId>& connection) {
  for (const ObjectId id : {connection.first, connection.second}) {
    ObjectState& state = runtime().arena().object(id).states[0];  // no operation has touched it
    state.asleep.clear();
    state.chosen.clear();
  }
}

bool adopt_socket(ObjectId out, ObjectId in, platform::Fd socket) {
  if (!socket) return true;
  const int reads = platform::duplicate(socket.get());
  if (reads < 0) return false;
  word_of(out).store(ends_of(socket.release(), -1), std::memory_order_relaxed);
  word_of(in).store(ends_of(-1, reads), std::memory_order_relaxed);
  return true;
}

void mark_accepted(ObjectId channel) { word_of(channel).fetch_or(kAccepted, std::memory_order_relaxed); }

namespace {

/// Its other side is at work on it, without a step so far: the calling process does not know of it yet.
bool awaits_acceptance(const ObjectSlot& slot, ObjectId channel) {
  const bool is_connection = slot.initial >= 2;
  if (!is_connection || (slot.initial - 2) / 2 != own_process()) return false;
  return (word_of(channel).load(std::memory_order_relaxed) & kAccepted) == 0;
}

}  // namespace

void channel_send(ObjectId channel, const Message& message, api::Where at) {
  ChannelCall context{.word = &word_of(channel), .message = message};
  PendingCall send = make_call(kSend, channel, at, message.value.bits);
  send.type = message.value.type;
  call(send, &context);
}

std::optional<Message> channel_recv(ObjectId channel, std::int64_t most, api::Where at,
                                    api::Timeout timeout) {
  ChannelCall context{.word = &word_of(channel), .message = {}, .most = most};
  if (!call(make_call(kRecv, channel, at, 0, timeout), &context).done())
    raise("TimeoutError", "timed out", site_of(at));
  if (context.reset) raise("ConnectionResetError", "[Errno 104] Connection reset by peer", site_of(at));
  if (context.at_end) return std::nullopt;
  return context.message;
}

Arrival channel_await(ObjectId channel, std::uint32_t writers) {
  Arrival arrival;
  PendingCall wait = internal_call(kAwait, channel);
  wait.arg = writers;
  call(wait, &arrival);
  return arrival;
}

bool channel_poll(ObjectId channel, api::Timeout timeout, api::Where at) {
  return call(make_call(kPoll, channel, at, 0, timeout)).done();
}

void channel_close(ObjectId channel, std::uint8_t ends, api::Where at) {
  ChannelCall context{.word = &word_of(channel), .message = {}};
  call(make_call(kClose, channel, at, ends), &context);
}

std::uint8_t channel_ends(ObjectId channel) {
  Runtime& now = runtime();
  ObjectSlot& slot = now.arena().object(channel);
  bool may_see_the_end = false;
  std::uint8_t ends = 0;
  {
    const Guard guard(slot.guard, now.self());
    ends = ends_held(current_state(slot), own_process());
    may_see_the_end = is_cut_off(now.arena(), now.self());
  }
  // On fibers such a worker is being unwound.
  if (may_see_the_end && now.has_kernel()) platform::stop_thread();
  return ends;
}

bool is_marked_unreadable(ObjectId channel) {
  return (word_of(channel).load(std::memory_order_relaxed) & kUnreadable) != 0;
}

void mark_unreadable(ObjectId channel) { word_of(channel).fetch_or(kUnreadable, std::memory_order_relaxed); }

void give_channels_to(WorkerId child, api::Where at) {
  Arena& arena = runtime().arena();
  for (std::uint32_t id = 1; id < arena.object_count(); ++id) {
    const auto channel = static_cast<ObjectId>(id);
    const ObjectSlot& slot = arena.object(channel);
    if (slot.kind != ObjectKind::pipe || slot.defined.load(std::memory_order_acquire) == 0) continue;
    if (slot.initial == 0 || awaits_acceptance(slot, channel) || channel_ends(channel) == 0) continue;
    PendingCall give = make_call(kInherit, channel, at, child);
    give.extra = kBothEnds;
    call(give);
  }
}

void channel_offer(ObjectId channel, WorkerId child, std::uint8_t ends) {
  PendingCall give = internal_call(kInherit, channel);
  give.arg = child;
  give.extra = ends;
  call(give);
}

std::string repr_of_bytes(std::string_view bytes) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string result = "b'";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\\' || c == '\'') {
      result += '\\';
      result += c;
    } else if (c == '\n' || c == '\r' || c == '\t') {
      result += c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";
    } else if (byte < 0x20 || byte >= 0x7F) {
      result += "\\x";
      result += kHex[byte >> 4];
      result += kHex[byte & 15];
    } else {
      result += c;
    }
  }
  return result + "'";
}

}  // namespace lockstep
