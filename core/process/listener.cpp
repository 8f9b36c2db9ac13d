#include "core/process/listener.hpp"

#include <cerrno>
#include <cstring>

#include "core/platform/socket.hpp"
#include "core/process/channel.hpp"
#include "core/runtime/death.hpp"
#include "core/runtime/origin.hpp"
#include "core/runtime/peek.hpp"

namespace lockstep {
namespace {

// State: put and got count connections, connection n lies in slot n % backlog; generation = ListenerStage;
// value = port; limit = backlog. A process's private word is its descriptor + 1.

enum ListenerStage : std::uint32_t { stage_closed = 0, stage_listens = 1 };

/// Where there is no kernel.
constexpr int kFirstModelledPort = 49152;

std::uint64_t depth(const ObjectState& state) { return state.put - state.got; }

void fail(Application& a, const char* type, int error, const std::string& where = {}) {
  a.fail(type, "[Errno " + std::to_string(error) + "] " + std::strerror(error) + where);
}

/// In the words of socket.create_server.
void fail_to_listen(Application& a, int port, int error) {
  fail(a, error == EACCES ? "PermissionError" : "OSError", error,
       " (while attempting to bind on address ('127.0.0.1', " + std::to_string(port) + "))");
}

std::atomic<std::int64_t>& word_of(ObjectId listener) { return runtime().private_word(listener); }
int descriptor_of(ObjectId listener) {
  return static_cast<int>(word_of(listener).load(std::memory_order_relaxed)) - 1;
}

/// `arg` of the call: the port.
void begin_to_listen(Application& a) {
  auto port = static_cast<int>(a.call.arg);
  const bool taken = port != 0 && find_listener(port) != kNoObject;
  if (taken) return fail_to_listen(a, port, EADDRINUSE);
  if (runtime().has_kernel()) {
    platform::Fd socket = platform::listen_on_loopback(port, static_cast<int>(a.state.limit));
    if (!socket) return fail_to_listen(a, port, errno);
    port = platform::port_of(socket.get());
    word_of(a.call.object).store(socket.release() + 1, std::memory_order_relaxed);
  } else if (port == 0) {
    port = kFirstModelledPort + a.call.object;
  }
  a.state.value = port;
  a.state.generation = stage_listens;
  a.extra = static_cast<TextId>(port);
  a.arg = 0;
}

bool has_ended(Arena& arena, WorkerId process) {
  return current_state(arena.object(arena.worker(process).object)).value == stage_ended;
}

bool may_connect(const ObjectState& state, const PendingCall&, WorkerId) {
  return state.generation != stage_listens || depth(state) < static_cast<std::uint64_t>(state.limit);
}

/// A manager's address is a file, which is gone once its server has ended of itself.
bool is_managers(const Application& a) { return a.object.owner != a.arena.worker(a.object.creator).process; }

/// `arg` of the call: the channel to the server.
void connect(Application& a) {
  if (a.state.generation != stage_listens && is_managers(a)) return fail(a, "FileNotFoundError", ENOENT);
  const bool gone = a.state.generation != stage_listens || has_ended(a.arena, a.object.owner);
  if (gone) return fail(a, "ConnectionRefusedError", ECONNREFUSED);
  const auto there = static_cast<ObjectId>(a.call.arg);
  const ObjectId back = a.arena.object(there).related;
  if (runtime().has_kernel()) {
    platform::Fd socket = platform::connect_on_loopback(static_cast<int>(a.state.value));
    if (!socket) return fail(a, errno == ECONNREFUSED ? "ConnectionRefusedError" : "OSError", errno);
    if (!adopt_socket(there, back, std::move(socket))) return fail(a, "OSError", errno);
  }
  const auto slot = a.state.put % static_cast<std::uint64_t>(a.state.limit);
  a.arena.items(a.object)[slot] = {0, ValueType::none, 0, there};
  ++a.state.put;
}

bool may_accept(const ObjectState& state, const PendingCall&, WorkerId) {
  return depth(state) > 0 || state.generation != stage_listens;
}

/// `context`: an optional ObjectId, the channel to the server.
void accept(Application& a) {
  a.extra = 0;
  a.arg = 0;
  a.reply.result = Value::nothing();
  if (depth(a.state) == 0) return;
  const auto slot = a.state.got % static_cast<std::uint64_t>(a.state.limit);
  const ObjectId there = a.arena.items(a.object)[slot].about;
  if (const int fd = descriptor_of(a.call.object); fd >= 0) {
    platform::Fd socket = platform::accept_connection(fd);
    const bool none_left = !socket && (errno == EMFILE || errno == ENFILE);
    if (none_left || !adopt_socket(a.arena.object(there).related, there, std::move(socket)))
      return fail(a, "OSError", errno);
  }
  mark_accepted(there);
  mark_accepted(a.arena.object(there).related);
  ++a.state.got;
  a.arg = there;
  a.reply.result = {ValueType::integer, static_cast<std::int64_t>(origin_of_object(a.arena, there))};
  *static_cast<std::optional<ObjectId>*>(a.context) = there;
}

/// `context`: a list of the connections that nobody accepted.
void close(Application& a) {
  auto& left = *static_cast<std::vector<ObjectId>*>(a.context);
  for (; a.state.got != a.state.put; ++a.state.got) {
    const auto slot = a.state.got % static_cast<std::uint64_t>(a.state.limit);
    left.push_back(a.arena.items(a.object)[slot].about);
  }
  a.state.generation = stage_closed;
  leave_listener(a.call.object);
}

constexpr Operation kListen{.kind = EventKind::socket_listen, .apply = begin_to_listen};
constexpr Operation kConnect{
    .kind = EventKind::socket_connect, .ready = may_connect, .apply = connect, .exclusive = true};
constexpr Operation kAccept{
    .kind = EventKind::socket_accept, .ready = may_accept, .apply = accept, .exclusive = true};
constexpr Operation kClose{.kind = EventKind::socket_close, .apply = close};

api::Connection server_end(ObjectId there) {
  return api::Connection::of(there, runtime().arena().object(there).related);
}

}  // namespace

ObjectId create_listener(std::string_view name, const ListenerOptions& options, api::Where at) {
  Arena& arena = runtime().arena();
  const SiteId site = site_of(at);
  if (options.port < 0 || options.port > 65535) raise("OverflowError", "bind(): port must be 0-65535.", site);
  ObjectState state;
  ObjectSpec spec{
      .kind = ObjectKind::socket,
      .name = name,
      .limit = options.backlog,
      .owner = options.server != kNoWorker ? options.server : arena.worker(runtime().self()).process,
      .item_capacity = static_cast<std::uint32_t>(options.backlog),
      .state = &state};
  state.limit = options.backlog;
  const ObjectId id = create_object(spec);
  word_of(id).store(0, std::memory_order_relaxed);
  call(make_call(kListen, id, at, options.port));
  return id;
}

int port_of_listener(ObjectId listener) { return static_cast<int>(peek(listener).value); }

ObjectId find_listener(int port) {
  Arena& arena = runtime().arena();
  for (std::uint32_t id = 1; id < arena.object_count(); ++id) {
    const ObjectSlot& slot = arena.object(static_cast<ObjectId>(id));
    if (slot.kind != ObjectKind::socket || slot.defined.load(std::memory_order_acquire) == 0) continue;
    const ObjectState& state = current_state(slot);
    if (state.generation == stage_listens && state.value == port) return static_cast<ObjectId>(id);
  }
  return kNoObject;
}

api::Connection connect_to(ObjectId listener, std::string_view name, api::Timeout timeout, api::Where at) {
  Arena& arena = runtime().arena();
  const auto connection = create_connection(name, arena.object(listener).owner);
  try {
    if (call(make_call(kConnect, listener, at, connection.first, timeout)).done())
      return api::Connection::of(connection.second, connection.first);
  } catch (const Error&) {
    abandon_connection(connection);
    throw;
  }
  abandon_connection(connection);
  raise("TimeoutError", "timed out", site_of(at));
}

std::optional<api::Connection> accept_from(ObjectId listener, api::Timeout timeout, api::Where at) {
  std::optional<ObjectId> there;
  if (!call(make_call(kAccept, listener, at, 0, timeout), &there).done())
    raise("TimeoutError", "timed out", site_of(at));
  if (!there) return std::nullopt;
  return server_end(*there);
}

void close_listener(ObjectId listener, api::Where at) {
  std::vector<ObjectId> left;
  call(make_call(kClose, listener, at), &left);
  for (const ObjectId there : left)
    server_end(there).close(at);
}

void leave_listener(ObjectId listener) {
  platform::close_descriptor(descriptor_of(listener));
  word_of(listener).store(0, std::memory_order_relaxed);
}

}  // namespace lockstep
