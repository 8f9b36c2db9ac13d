// A server needs five seconds to start. How does a client learn that it is up: by asking, or by waiting?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

constexpr int kTries = 20;

void serve(Event up) {
  sleep(5s, "starting");  //@ start-up
  print("is up");         //@ tell up
  up.set();               //@ set
}

void connect_client(Event up) {
  check("the server is up", up.is_set());  //@ check
  print("is connected");                   //@ connected
}

void polling_client(Event up) {
  sleep(500ms, "on the way");  //@ poller comes
  for (int attempt = 1; attempt <= kTries; ++attempt) {
    if (up.is_set()) return connect_client(up);  //@ try
    print("try {} failed", attempt);             //@ failed
    sleep(1s, "until the next try");             //@ pause
  }
  print("gave up after {} tries", kTries);  //@ give up
}

void waiting_client(Event up) {
  sleep(500ms, "on the way");  //@ waiter comes
  up.wait();                   //@ wait
  connect_client(up);
}

void start_all(const Setup& setup) {
  const Event up("up");
  const Thread server({.name = "Server"}, serve, up);
  std::vector<Thread> clients;
  for (int i = 1; i <= setup.param("clients"); ++i) {
    clients.emplace_back(WorkerOptions{.name = fmt::format("Client {}", i)},
                         setup.is("polling") ? polling_client : waiting_client, up);
  }
  server.start();  //@ start server
  for (const Thread& client : clients)
    client.start();  //@ start clients
  server.join();     //@ join server
  for (const Thread& client : clients)
    client.join();  //@ join clients
}

const Registration registered{{
    .id = "event-server",
    .chapter = Chapter::signals,
    .position = 5,
    .difficulty = 1,
    .related = {"event-lost-wakeup", "semaphore-handoff", "condition-buffer"},
    .variants = {{"polling",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "Sooner or later a try finds the server up; the tries before it were for nothing.",
                    "总有一次会发现服务器已启动；之前的尝试全是白费。"},
                   {Outcome::failed_check, Expectation::forbidden,
                    "Nobody connects before a try has succeeded.", "没有试成功之前，谁也不会去连接。"}}},
                 {"event",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required, "set() wakes everybody who waits, at once.",
                    "set() 会立刻唤醒所有等待者。"},
                   {Outcome::failed_check, Expectation::forbidden, "wait() returns only after set().",
                    "wait() 只会在 set() 之后返回。"},
                   {Outcome::stuck, Expectation::forbidden,
                    "An event stays set: whoever comes late does not wait at all.",
                    "事件一旦置位就保持下去，晚来的人根本不用等。"}}}},
    .params = {{.name = "clients", .value = 1, .step_value = 1, .min = 1, .max = 20}},
    .main = start_all,
}};

}  // namespace
