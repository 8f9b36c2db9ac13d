#include "core/process/channel.hpp"

#include <cerrno>
#include <cstring>

#include "core/platform/socket.hpp"
#include "core/process/channel_operations.hpp"

namespace lockstep {
namespace {

ChannelWord& word_of(ObjectId channel) { return runtime().private_word(channel); }

WorkerId own_process() {
  Runtime& now = runtime();
  return now.arena().worker(now.self()).process;
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
  PendingCall send = make_call(kChannelSend, channel, at, message.value.bits);
  send.type = message.value.type;
  call(send, &context);
}

std::optional<Message> channel_recv(ObjectId channel, std::int64_t most, api::Where at,
                                    api::Timeout timeout) {
  ChannelCall context{.word = &word_of(channel), .message = {}, .most = most};
  if (!call(make_call(kChannelRecv, channel, at, 0, timeout), &context).done())
    raise("TimeoutError", "timed out", site_of(at));
  if (context.reset) raise("ConnectionResetError", "[Errno 104] Connection reset by peer", site_of(at));
  if (context.at_end) return std::nullopt;
  return context.message;
}

Arrival channel_await(ObjectId channel, std::uint32_t writers) {
  Arrival arrival;
  call(make_call(kChannelAwait, channel, api::kNowhere, writers), &arrival);
  return arrival;
}

bool channel_poll(ObjectId channel, api::Timeout timeout, api::Where at) {
  return call(make_call(kChannelPoll, channel, at, 0, timeout)).done();
}

void channel_close(ObjectId channel, std::uint8_t ends, api::Where at) {
  ChannelCall context{.word = &word_of(channel), .message = {}};
  call(make_call(kChannelClose, channel, at, ends), &context);
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
    PendingCall give = make_call(kChannelInherit, channel, at, child);
    give.extra = kBothEnds;
    call(give);
  }
}

void channel_offer(ObjectId channel, WorkerId child, std::uint8_t ends) {
  PendingCall give = make_call(kChannelInherit, channel, api::kNowhere, child);
  give.extra = ends;
  call(give);
}

}  // namespace lockstep
