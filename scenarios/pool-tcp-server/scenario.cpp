// A server on a real TCP socket. Its clients stay for a while. Who serves them: a pool, or a thread for each?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

// A client is welcome, stays as long as it likes, and leaves.
const Function serve("serve", [](Socket connection) {
  try {
    connection.sendall("welcome");  //@ welcome
    connection.recv(1024);          //@ stays
  } catch (const Error&) {          // ConnectionError: it has gone already
  }
  connection.close();  //@ hang up
});

void serve_with_pool(ServerSocket server, int clients, int size) {
  const ThreadPoolExecutor pool("pool", size);  //@ pool
  for (int i = 1; i <= clients; ++i) {
    const Socket connection = server.accept();  //@ accept
    pool.submit(serve, args(connection));       //@ submit
  }
  pool.shutdown();  //@ shutdown
}

void serve_with_threads(ServerSocket server, int clients) {
  std::vector<Thread> threads;
  for (int i = 1; i <= clients; ++i) {
    const Socket connection = server.accept();  //@ accept a client
    threads.emplace_back(WorkerOptions{.name = fmt::format("Server {}", i)}, serve, connection);
    threads.back().start();  //@ start thread
  }
  for (const Thread& thread : threads)
    thread.join();  //@ join threads
}

struct Visit {
  int stay;
  int patience;
  int places;
};

void visit_server(Address address, Shared<int> guests, Visit visit) {
  const Socket server = create_connection(address, std::chrono::seconds(visit.patience));  //@ connect
  try {
    print("hears {}", server.recv(1024));                                                 //@ hear
    guests.add(1);                                                                        //@ come
    sleep(std::chrono::seconds(visit.stay), "staying");                                   //@ stay
    guests.add(-1);                                                                       //@ leave
  } catch (const Error&) {                                                                // TimeoutError
    print("gives up");                                                                    //@ give up
    check("nobody gives up because every place is taken", guests.load() < visit.places);  //@ check
  }
  server.close();  //@ go
}

void run_server(const Setup& setup) {
  const int clients = setup.param("clients");
  const int size = setup.param("size");
  const bool pooled = setup.is("pool");
  const ServerSocket server = create_server("server");  //@ listen
  const Shared<int> guests("guests");
  const Visit visit{setup.param("stay"), setup.param("patience"), pooled ? size : clients};
  std::vector<Process> visitors;
  for (int i = 1; i <= clients; ++i) {
    visitors.emplace_back(WorkerOptions{.name = fmt::format("Client {}", i)}, visit_server, server.address(),
                          guests, visit);
    visitors.back().start();  //@ start client
  }
  if (pooled)
    serve_with_pool(server, clients, size);  //@ with pool
  else
    serve_with_threads(server, clients);  //@ with threads
  server.close();                         //@ close
  for (const Process& visitor : visitors)
    visitor.join();               //@ join clients
  print("the server is closed");  //@ tell
}

const Registration registered{{
    .id = "pool-tcp-server",
    .chapter = Chapter::pools,
    .position = 6,
    .difficulty = 2,
    .related = {"executor", "creation-cost", "pipe"},
    .variants = {{"pool",
                  Verdict::can_fail,
                  {{Outcome::ok, Expectation::required, "Nobody stays so long that others lose patience.",
                    "没有谁待得太久，后面的人等得到。"},
                   {Outcome::failed_check, Expectation::required,
                    "The clients who stay hold every worker of the pool; whoever comes next is connected, "
                    "but not served.",
                    "赖着不走的客户占住了池里所有的线程；后来的人连上了，却没人招呼。"},
                   {Outcome::stuck, Expectation::forbidden,
                    "Everybody leaves at some time, so a worker becomes free.",
                    "谁都有走的时候，总会有线程空出来。"}}},
                 {"thread-per-client",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "Each client has a thread of its own, however long it stays.",
                    "每个客户都有自己的线程，待多久都行。"},
                   {Outcome::failed_check, Expectation::forbidden,
                    "No client takes the place of another one.", "谁也不会占别人的位置。"},
                   {Outcome::stuck, Expectation::forbidden, "Each thread ends when its client leaves.",
                    "客户一走，它的线程就结束。"}}}},
    .params = {{.name = "clients", .value = 6, .step_value = 2, .min = 1, .max = 20},
               {.name = "size", .value = 4, .step_value = 1, .min = 1, .max = 20},
               {.name = "stay", .value = 5, .step_value = 5, .min = 1, .max = 60},
               {.name = "patience", .value = 3, .step_value = 3, .min = 1, .max = 60}},
    .main = run_server,
}};

}  // namespace
