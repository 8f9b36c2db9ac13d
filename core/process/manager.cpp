#include "core/process/manager.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>

#include "core/event/caption.hpp"
#include "core/process/channel.hpp"
#include "core/process/joined.hpp"
#include "core/process/listener.hpp"
#include "core/process/managed_content.hpp"
#include "core/runtime/apply.hpp"

namespace lockstep {
namespace {

using api::Connection;
using api::Item;
using api::kNowhere;
using api::None;
using nlohmann::json;

// A request is a caption and [object, method, arguments...], an answer one and ["#RETURN", items...] or
// ["#ERROR", error].
constexpr const char* kReturn = "#RETURN";
constexpr const char* kError = "#ERROR";
constexpr const char* kCreate = "#CREATE ";  // with the type behind it
constexpr const char* kShutdown = "#SHUTDOWN";

json to_json(const Item& item) {
  switch (item.value().type) {
    case ValueType::none: return nullptr;
    case ValueType::boolean: return item.as_bool();
    case ValueType::integer: return item.as_int();
    case ValueType::real: return item.as_real();
    case ValueType::text: break;
  }
  return item.str();
}

Item from_json(const json& value) {
  if (value.is_null()) return None;
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number_float()) return value.get<double>();
  if (value.is_number()) return value.get<std::int64_t>();
  return value.get<std::string>();
}

std::vector<Item> items_from(const json& list, std::size_t begin) {
  std::vector<Item> items;
  for (std::size_t i = begin; i < list.size(); ++i)
    items.push_back(from_json(list[i]));
  return items;
}

std::string message_of(const std::string& caption, const json& list) {
  return caption + kCaptionEnd + list.dump(-1, ' ', false, json::error_handler_t::replace);
}

json without_caption(const std::string& message) {
  return json::parse(message.substr(message.find(kCaptionEnd) + 1));
}

std::string reprs_of(const std::vector<Item>& items) {
  std::string list;
  for (const Item& each : items)
    list += (list.empty() ? "" : ", ") + repr_of(each);
  return list;
}

/// A call as Python writes it.
std::string caption_of_call(ObjectId object, std::string_view method, const std::vector<Item>& arguments) {
  Arena& arena = runtime().arena();
  const std::string name(arena.text(arena.object(object).name));
  if (method.starts_with(kCreate))
    return name + " = " + ManagedContent(method.ends_with("dict"), arguments).repr();
  const std::string first = arguments.empty() ? "" : repr_of(arguments[0]);
  if (method == "__getitem__") return name + "[" + first + "]";
  if (method == "__setitem__") return name + "[" + first + "] = " + repr_of(arguments.at(1));
  if (method == "__delitem__") return "del " + name + "[" + first + "]";
  if (method == "__contains__") return first + " in " + name;
  if (method == "__len__") return "len(" + name + ")";
  const bool takes_dict = method == "update";
  if (takes_dict || method == "extend")
    return name + "." + std::string(method) + "(" + ManagedContent(takes_dict, arguments).repr() + ")";
  return name + "." + std::string(method) + "(" + reprs_of(arguments) + ")";
}

std::string caption_of_answer(const ManagedAnswer& answer) {
  return "→ " + (answer.error.empty() ? reprs_of(answer.items) : answer.error);
}

// --- the server

/// What one server process keeps. Its threads share it.
struct Served {
  std::mutex mutex;  ///< of the map; an object's content is guarded by the object
  std::map<ObjectId, std::shared_ptr<ManagedContent>> contents;

  std::shared_ptr<ManagedContent> find(ObjectId object) {
    const std::lock_guard lock(mutex);
    const auto found = contents.find(object);
    return found == contents.end() ? nullptr : found->second;
  }
};

struct ServedCall {
  ManagedContent* content;
  std::string method;
  std::vector<Item> arguments;
  ManagedAnswer answer;
};

/// `context`: a ServedCall.
void serve(Application& a) {
  auto& call = *static_cast<ServedCall*>(a.context);
  if (call.method.starts_with(kCreate)) {
    call.answer.items = {Item(None)};
  } else {
    call.answer = call.content->call(call.method, call.arguments);
  }
  a.arg = a.arena.intern(call.content->repr());
  a.state.value = a.arg;  // what the content is, for whoever compares states
  a.type = ValueType::text;
}

constexpr Operation kServe{.kind = EventKind::managed_call, .apply = serve};
constexpr Operation kServeRead{.kind = EventKind::managed_call, .apply = serve, .effect = Effect::reads};

bool only_reads(std::string_view method) {
  constexpr std::string_view kReading[] = {"__getitem__", "get",   "__len__", "__contains__", "keys",
                                           "values",      "items", "copy",    "count",        "index"};
  return std::ranges::find(kReading, method) != std::end(kReading);
}

ManagedAnswer serve_request(Served& served, const json& request, std::string_view caption) {
  const auto object = request.at(0).get<ObjectId>();
  ServedCall served_call{nullptr, request.at(1).get<std::string>(), items_from(request, 2), {}};
  const std::shared_ptr<ManagedContent> content = [&] {
    if (!served_call.method.starts_with(kCreate)) return served.find(object);
    const bool is_dict = served_call.method == std::string(kCreate) + "dict";
    auto made = std::make_shared<ManagedContent>(is_dict, served_call.arguments);
    const std::lock_guard lock(served.mutex);
    return served.contents.insert_or_assign(object, std::move(made)).first->second;
  }();
  if (content == nullptr) return {{}, "KeyError: " + std::to_string(object)};
  served_call.content = content.get();
  PendingCall serve_it;
  serve_it.operation = only_reads(served_call.method) ? &kServeRead : &kServe;
  serve_it.kind = kServe.kind;
  serve_it.object = object;
  serve_it.extra = runtime().arena().intern(caption);
  call(serve_it, &served_call);
  return served_call.answer;
}

/// A thread of the server for each connection, as CPython's.
void serve_connection(const Connection& connection, Served& served, ObjectId listener) {
  for (;;) {
    const auto message = channel_recv(connection.receives_from(), -1, kNowhere);
    if (!message) return;
    const std::string text = Item(message->value).str();
    const json request = without_caption(text);
    const bool ends = request.at(1) == kShutdown;
    ManagedAnswer answer{{Item(None)}, {}};
    if (ends) {
      close_listener(listener, kNowhere);
    } else {
      answer = serve_request(served, request, caption_of(text));
    }
    json reply = json::array({answer.error.empty() ? kReturn : kError});
    for (const Item& each : answer.items)
      reply.push_back(to_json(each));
    if (!answer.error.empty()) reply.push_back(answer.error);
    const std::string message_back = message_of(caption_of_answer(answer), reply);
    channel_send(connection.sends_to(), {Item(message_back).value()}, kNowhere);
    if (ends) return;
  }
}

void run_server(const std::shared_ptr<ObjectId>& listener) {
  const auto served = std::make_shared<Served>();
  int number = 0;
  while (const auto connection = accept_from(*listener, api::kForever, kNowhere)) {
    const api::Thread thread(
        {.name = "server thread " + std::to_string(++number)},
        [served, connection = *connection, listener = *listener] {
          try {
            serve_connection(connection, *served, listener);
          } catch (const Error&) {  // NOLINT: the client has gone without waiting for its answer
          }
        });
    thread.start(kNowhere);
  }
}

// --- a client

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

ManagedAnswer request(ObjectId listener, const std::string& caption, const json& request,
                      const api::Where& at) {
  auto connection = find_connection(listener);
  if (!connection) connection = connect_to(listener, connection_name(listener), api::kForever, at);
  channel_send(connection->sends_to(), {Item(message_of(caption, request)).value()}, at);
  const auto message = channel_recv(connection->receives_from(), -1, at);
  if (!message) raise("EOFError", "", site_of(at));
  const json reply = without_caption(Item(message->value).str());
  if (reply.at(0) == kError) return {{}, reply.at(1).get<std::string>()};
  return {items_from(reply, 1), {}};
}

void close_connection(ObjectId listener, const api::Where& at) {
  if (const auto connection = find_connection(listener)) connection->close(at);
}

void ask_to_shut_down(ObjectId listener, const api::Where& at) {
  request(listener, "shutdown()", json::array({0, kShutdown}), at);
}

bool listens(ObjectId listener) {
  ObjectSlot& slot = runtime().arena().object(listener);
  const Guard guard(slot.guard, runtime().self());
  return current_state(slot).generation != 0;
}

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
  json list = json::array({object_, method});
  for (const Item& each : arguments)
    list.push_back(to_json(each));
  const ManagedAnswer answer = request(listener_, caption_of_call(object_, method, arguments), list, at);
  if (answer.error.empty()) return answer.items;
  const std::size_t colon = answer.error.find(": ");
  lockstep::raise(answer.error.substr(0, colon), answer.error.substr(colon + 2), site_of(at));
}

namespace {

/// Made first, so that the server's body can be told of the listener that is made for its process.
using Listener = std::shared_ptr<ObjectId>;

Process server_process(const Listener& listener) {
  return Process({.name = next_process_name("SyncManager-")}, [listener] { run_server(listener); });
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

ObjectId Manager::create(std::string_view name, std::string_view type, const std::vector<Item>& content,
                         const Where& at) const {
  if (has_joined(server_.id())) lockstep::raise("AssertionError", "server not yet started", site_of(at));
  // What it will hold before the first call on it.
  const std::string initial = ManagedContent(type == "dict", content).repr();
  const ObjectId object = create_object({.kind = ObjectKind::managed,
                                         .name = name,
                                         .initial = runtime().arena().intern(initial),
                                         .initial_type = ValueType::text,
                                         .owner = server_.id(),
                                         .state = {}});
  const std::string method = std::string(kCreate) + std::string(type);
  json list = json::array({object, method});
  for (const Item& each : content)
    list.push_back(to_json(each));
  request(listener_, caption_of_call(object, method, content), list, at);
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
  return {listener_, create(name, "dict", DictProxy::by_turns(content), at)};
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
  return {listener_, create(name, "list", std::vector<Item>(content), at)};
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
