#include "core/process/manager.hpp"

#include "core/process/channel.hpp"
#include "core/process/joined.hpp"
#include "core/process/listener.hpp"
#include "core/process/manager_message.hpp"
#include "core/process/manager_server.hpp"
#include "core/process/raise_text.hpp"
#include "core/runtime/peek.hpp"

namespace lockstep {
namespace {

using api::Connection;
using api::Item;
using api::kNowhere;

/// The name of a worker's connection says to which manager.
std::string connection_name(ObjectId listener) {
  Arena& arena = runtime().arena();
  return std::string(arena.text(arena.worker(runtime().self()).name)) + " – " +
         std::string(arena.text(arena.object(listener).name));
}

/// The calling worker's own connection, if it has one.
std::optional<Connection> find_connection(ObjectId listener) {
  Arena& arena = runtime().arena();
  const TextId name = arena.intern(connection_name(listener) + " →");
  for (std::uint32_t id = 1; id < arena.object_count(); ++id) {
    const auto there = static_cast<ObjectId>(id);
    const ObjectSlot& slot = arena.object(there);
    const bool mine = slot.kind == ObjectKind::pipe && slot.creator == runtime().self() &&
                      slot.initial >= 2 && slot.name == name && slot.related != kNoObject;
    if (mine && (channel_ends(there) & kWriteEnd) != 0) return Connection::of(slot.related, there);
  }
  return std::nullopt;
}

/// One round trip. Raises what the server answers with.
std::vector<Item> ask(ObjectId listener, const ManagedRequest& request, const api::Where& at) {
  auto connection = find_connection(listener);
  if (!connection) connection = connect_to(listener, connection_name(listener), api::kForever, at);
  channel_send(connection->sends_to(), {Item(message_of(request)).value()}, at);
  const auto message = channel_recv(connection->receives_from(), -1, at);
  if (!message) raise("EOFError", "", site_of(at));
  ManagedAnswer answer = answer_in(Item(message->value).str());
  if (!answer.error.empty()) raise_text(answer.error, site_of(at));
  return std::move(answer.items);
}

void close_connection(ObjectId listener, const api::Where& at) {
  if (const auto connection = find_connection(listener)) connection->close(at);
}

void ask_to_shut_down(ObjectId listener, const api::Where& at) {
  ask(listener, {.object = kNoObject, .method = std::string(kShutdown)}, at);
}

bool listens(ObjectId listener) { return peek(listener).generation != 0; }

}  // namespace

void shut_down_managers_at_exit() {
  Arena& arena = runtime().arena();
  for (std::uint32_t id = 1; id < arena.object_count(); ++id) {
    const auto listener = static_cast<ObjectId>(id);
    const ObjectSlot& slot = arena.object(listener);
    const bool made_here = slot.kind == ObjectKind::socket && slot.creator == runtime().self();
    if (!made_here || slot.owner == runtime().self() || !listens(listener)) continue;
    try {
      ask_to_shut_down(listener, kNowhere);
      close_connection(listener, kNowhere);
    } catch (const Error&) {  // NOLINT: it is gone
    }
  }
}

namespace api {

std::vector<Item> Proxy::call(std::string_view method, const std::vector<Item>& arguments,
                              const Where& at) const {
  return ask(listener_, {object_, std::string(method), arguments}, at);
}

namespace {

/// Made first, so that the server's body can be told of the listener that is made for its process.
using Listener = std::shared_ptr<ObjectId>;

Process server_process(const Listener& listener) {
  return Process({.name = next_process_name("SyncManager-")}, [listener] { run_manager_server(*listener); });
}

}  // namespace

Manager::Manager(std::string_view name, Where at)
    : Manager(name, std::make_shared<ObjectId>(kNoObject), at) {}

Manager::Manager(std::string_view name, const std::shared_ptr<ObjectId>& listener, Where at)
    : server_(server_process(listener)),
      listener_(create_listener(name, {.backlog = 128, .server = server_.id()}, at)) {
  *listener = listener_;
  server_.start(at);
  leave_listener(listener_);
}

ObjectId Manager::create(std::string_view name, std::string_view method, const std::vector<Item>& content,
                         const Where& at) const {
  if (has_joined(server_.id())) lockstep::raise("AssertionError", "server not yet started", site_of(at));
  // What it will hold before the first call on it.
  const std::string initial = ManagedContent(method == kCreateDict, content).repr();
  const ObjectId object = create_object({.kind = ObjectKind::managed,
                                         .name = name,
                                         .initial = runtime().arena().intern(initial),
                                         .initial_type = ValueType::text,
                                         .owner = server_.id(),
                                         .state = {}});
  ask(listener_, {object, std::string(method), content}, at);
  return object;
}

std::vector<Item> DictProxy::by_turns(std::initializer_list<std::pair<Item, Item>> pairs) {
  std::vector<Item> items;
  for (const auto& [key, value] : pairs) {
    items.push_back(key);
    items.push_back(value);
  }
  return items;
}

DictProxy Manager::dict(std::string_view name, std::initializer_list<std::pair<Item, Item>> content,
                        Where at) const {
  return {listener_, create(name, kCreateDict, DictProxy::by_turns(content), at)};
}

std::pair<Item, Item> DictProxy::popitem(Where at) const {
  const std::vector<Item> pair = call("popitem", {}, at);
  return {pair.at(0), pair.at(1)};
}

std::vector<std::pair<Item, Item>> DictProxy::items(Where at) const {
  std::vector<std::pair<Item, Item>> pairs;
  const std::vector<Item> all = call("items", {}, at);
  for (std::size_t i = 0; i + 1 < all.size(); i += 2)
    pairs.emplace_back(all[i], all[i + 1]);
  return pairs;
}

ListProxy Manager::list(std::string_view name, std::initializer_list<Item> content, Where at) const {
  return {listener_, create(name, kCreateList, std::vector<Item>(content), at)};
}

void Manager::shutdown(Where at) const {
  if (!listens(listener_)) return;
  const bool had_connection = find_connection(listener_).has_value();
  ask_to_shut_down(listener_, at);
  if (!had_connection) close_connection(listener_, at);
  server_.join(kForever, at);
}

}  // namespace api
}  // namespace lockstep
