// Programs with pipes, pools and computing, which the tests of sessions run live and in steps.
#include <csignal>

#include "core/scenario/api.hpp"

namespace {

using namespace lockstep::api;

const Function square("square", [](int n) { return n * n; });

void forget_to_close(const Setup&) {
  auto [reader, writer] = Pipe("pipe", Duplex::no);
  const Process child({.name = "Child"}, [w = writer] {
    w.send(1);
    w.close();
  });
  child.start();
  print("{}", reader.recv());
  print("{}", reader.recv());
}

void close_ends(const Setup&) {
  auto [reader, writer] = Pipe("pipe", Duplex::no);
  const Process child({.name = "Child"}, [w = writer] {
    w.send("hello");
    os_kill(current_pid(), SIGKILL);
  });
  child.start();
  writer.close();
  print("{}", reader.recv());
  try {
    reader.recv();
  } catch (const Error& error) {
    print("{}", error.what());
  }
  child.join();
}

void use_pool(const Setup&) {
  const int parent = current_pid();
  const Pool pool("pool", 2);
  const AsyncResult first = pool.apply_async(square, args(3), [=](const Item& value) {
    print("callback {} in parent {}", value, current_pid() == parent);
  });
  print("{}", first.get());
  print("{}", pool.map(square, {1, 2}).back());
  pool.terminate();
  pool.join();
  print("over");
}

void use_executors(const Setup&) {
  const ThreadPoolExecutor threads("threads", 2);
  const ProcessPoolExecutor processes("processes", 2);
  const Future a = threads.submit(square, args(2));
  const Future b = processes.submit(square, args(3));
  print("{} {}", a.result(), b.result());
}

/// Threads that use pipes, and close them, while their process ends.
void end_among_threads(const Setup&) {
  const auto [reader, writer] = Pipe("to main", Duplex::no);
  const Process child({.name = "Child"}, [out = writer] {
    const auto [ours, theirs] = Pipe("own", Duplex::no);
    const auto [front, back] = Pipe("closed", Duplex::no);
    const Thread talker({.name = "Talker", .daemon = true}, [ours = ours, theirs = theirs, out] {
      for (int i = 0; i < 100; ++i) {
        theirs.send(i);
        out.send(ours.recv());
      }
    });
    const Thread closer({.name = "Closer", .daemon = true}, [front = front, back = back] {
      back.close();
      front.close();
    });
    talker.start();
    closer.start();
    out.send(-1);
  });
  child.start();
  writer.close();
  try {
    for (;;)
      reader.recv();
  } catch (const Error& error) {
    print("{}", error.what());
  }
}

void share_interpreter(const Setup&) {
  const Gil gil("GIL", 100ms);
  const auto body = [=] {
    const With held(gil);
    gil.compute(300ms);
    gil.sleep(100ms);
  };
  const Thread one({.name = "One"}, body);
  const Thread two({.name = "Two"}, body);
  one.start();
  two.start();
  one.join();
  two.join();
  print("over");
}

lockstep::Scenario program(std::string_view id, int position, void (*main)(const Setup&),
                           Chapter chapter = Chapter::threads) {
  lockstep::Scenario scenario;
  scenario.id = id;
  scenario.chapter = chapter;
  scenario.position = 200 + position;
  scenario.variants = {{.name = "default", .verdict = Verdict::can_fail, .outcomes = {}}};
  scenario.main = main;
  return scenario;
}

const Registration registered[] = {
    Registration(program("prims-forget-to-close", 1, forget_to_close)),
    Registration(program("prims-close-ends", 2, close_ends)),
    Registration(program("prims-pool", 3, use_pool, Chapter::pools)),
    Registration(program("prims-executors", 4, use_executors, Chapter::pools)),
    Registration(program("prims-gil", 5, share_interpreter)),
    Registration(program("prims-end-among-threads", 6, end_among_threads)),
};

}  // namespace
