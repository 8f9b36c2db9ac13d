#include "core/process/manager_server.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

#include "core/event/caption.hpp"
#include "core/process/channel.hpp"
#include "core/process/listener.hpp"
#include "core/process/manager_message.hpp"
#include "core/process/worker.hpp"

namespace lockstep {
namespace {

using api::Connection;
using api::Item;
using api::kNowhere;

/// What one server process keeps. Its threads share it.
class Served {
 public:
  /// A content that the request creates, or that of its object; null if there is none.
  std::shared_ptr<ManagedContent> content_for(const ManagedRequest& request) {
    const std::lock_guard lock(mutex_);
    if (!request.creates()) {
      const auto found = contents_.find(request.object);
      return found == contents_.end() ? nullptr : found->second;
    }
    auto made = std::make_shared<ManagedContent>(request.method == kCreateDict, request.arguments);
    return contents_.insert_or_assign(request.object, std::move(made)).first->second;
  }

 private:
  std::mutex mutex_;  ///< of the map; an object's content is guarded by the object
  std::map<ObjectId, std::shared_ptr<ManagedContent>> contents_;
};

struct ServedCall {
  const ManagedRequest& request;
  ManagedContent& content;
  ManagedAnswer answer{{Item(api::None)}, {}};
};

/// `context`: a ServedCall.
void serve(Application& a) {
  auto& call = *static_cast<ServedCall*>(a.context);
  if (!call.request.creates()) call.answer = call.content.call(call.request.method, call.request.arguments);
  a.arg = a.arena.intern(call.content.repr());
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

ManagedAnswer serve_request(Served& served, const ManagedRequest& request, std::string_view caption) {
  const std::shared_ptr<ManagedContent> content = served.content_for(request);
  if (content == nullptr) return {{}, "KeyError: " + std::to_string(request.object)};
  ServedCall served_call{request, *content};
  PendingCall serve_it =
      make_call(only_reads(request.method) ? kServeRead : kServe, request.object, kNowhere);
  serve_it.extra = runtime().arena().intern(caption);
  call(serve_it, &served_call);
  return served_call.answer;
}

void serve_connection(const Connection& connection, Served& served, ObjectId listener) {
  while (const auto message = channel_recv(connection.receives_from(), -1, kNowhere)) {
    const std::string text = Item(message->value).str();
    const ManagedRequest request = request_in(text);
    const bool ends = request.method == kShutdown;
    if (ends) close_listener(listener, kNowhere);
    const ManagedAnswer answer =
        ends ? ManagedAnswer{{Item(api::None)}, {}} : serve_request(served, request, caption_of(text));
    channel_send(connection.sends_to(), {Item(message_of(answer)).value()}, kNowhere);
    if (ends) return;
  }
}

}  // namespace

void run_manager_server(ObjectId listener) {
  const auto served = std::make_shared<Served>();
  int number = 0;
  while (const auto connection = accept_from(listener, api::kForever, kNowhere)) {
    const api::Thread thread(
        {.name = "server thread " + std::to_string(++number)}, [served, connection = *connection, listener] {
          try {
            serve_connection(connection, *served, listener);
          } catch (const Error&) {  // NOLINT: the client has gone without waiting for its answer
          }
        });
    thread.start(kNowhere);
  }
}

}  // namespace lockstep
