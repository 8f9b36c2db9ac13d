// threading.Thread and multiprocessing.Process from their making to their end.
#include "tests/catch.hpp"

#include <algorithm>

#include "tests/parity/parity.hpp"

using namespace lockstep::api;
using lockstep::parity::Caller;
using lockstep::parity::compare;
using lockstep::parity::subject;

namespace {

/// What a call raised, or None.
std::string raised_by(const std::function<void()>& call) {
  try {
    call();
  } catch (const lockstep::Error& error) {
    return error.what();
  }
  return "None";
}

std::vector<Item> sorted_names() {
  std::vector<std::string> names = enumerate();
  std::erase(names, "main");
  std::ranges::sort(names);
  return {names.begin(), names.end()};
}

struct Threads {
  Event go{"go"};
  std::shared_ptr<std::string> said = std::make_shared<std::string>("nothing");
  std::shared_ptr<std::optional<Thread>> me = std::make_shared<std::optional<Thread>>();
  Thread waits{{.name = "W"}, [go = go] { go.wait(); }};
  Thread daemon{{.name = "D", .daemon = true}, [go = go] { go.wait(); }};
  Thread unnamed{{},
                 [said = said, me = std::weak_ptr(me)] { *said = raised_by([&] { (*me.lock())->join(); }); }};
};

}  // namespace

TEST_CASE("Thread does what CPython's does, call by call", "[notsan]") {
  compare(subject<Threads>(
      "Thread",
      "go = threading.Event(); said = ['nothing']\n"
      "w = threading.Thread(target=go.wait, name='W')\n"
      "d = threading.Thread(target=go.wait, name='D', daemon=True)\n"
      "u = threading.Thread(target=lambda: said.append(call('u.join()', globals())))\n"
      "def new(): return threading.Thread(target=print)",
      [] {
        Threads threads;
        *threads.me = threads.unnamed;
        return threads;
      },
      {
          {"w.start()", [](Threads& t, auto) { t.waits.start(); }, 3},
          {"d.start()", [](Threads& t, auto) { t.daemon.start(); }, 2},
          {"u.start()", [](Threads& t, auto) { t.unnamed.start(); }, 2},
          {"w.join()", [](Threads& t, auto) { t.waits.join(); }, 3},
          {"d.join()", [](Threads& t, auto) { t.daemon.join(); }},
          {"u.join()", [](Threads& t, auto) { t.unnamed.join(); }},
          {"w.join(timeout=T)", [](Threads& t, const Caller& who) { t.waits.join(who.timeout); }, 2},
          {"w.join(0)", [](Threads& t, auto) { t.waits.join(0s); }},
          {"w.join(-1)", [](Threads& t, auto) { t.waits.join(-1s); }},
          {"go.set()", [](Threads& t, auto) { t.go.set(); }},
          {"w.is_alive()", [](Threads& t, auto) { return t.waits.is_alive(); }, 2},
          {"d.is_alive()", [](Threads& t, auto) { return t.daemon.is_alive(); }},
          {"w.name", [](Threads& t, auto) { return Item(t.waits.name()); }},
          {"u.name.split()[0]", [](Threads& t, auto) { return Item(t.unnamed.name()); }},
          {"said[-1]", [](Threads& t, auto) { return Item(*t.said); }},
          {"w.daemon", [](Threads& t, auto) { return t.waits.daemon(); }},
          {"d.daemon", [](Threads& t, auto) { return t.daemon.daemon(); }},
          {"new().daemon", [](Threads&, auto) { return Thread({}, [] {}).daemon(); }},
          {"new().name.split()[0]", [](Threads&, auto) { return Item(Thread({}, [] {}).name()); }},
          {"new().join()", [](Threads&, auto) { Thread({}, [] {}).join(); }},
          {"new().is_alive()", [](Threads&, auto) { return Thread({}, [] {}).is_alive(); }},
          {"threading.current_thread().name", [](Threads&, auto) { return Item(current_name()); }},
          {"threading.active_count()", [](Threads&, auto) { return active_count(); }, 2},
          {"sorted(t.name.split()[0] for t in threading.enumerate() if t.name != 'MainThread')",
           [](Threads&, auto) { return sorted_names(); }, 2},
      }));
}

namespace {

/// A semaphore holds the process: after a process was killed in Event.wait, CPython's Event.set blocks for
/// ever.
struct Processes {
  Semaphore go{"go", 0};
  Process waits{{.name = "W"}, [go = go] { go.acquire(); }};
  Process fails{{.name = {}, .daemon = true}, [] { raise("ValueError", "no"); }};
};

}  // namespace

TEST_CASE("Process does what CPython's does, call by call", "[notsan]") {
  compare(subject<Processes>(
      "Process",
      "import multiprocessing\n"
      "go = multiprocessing.Semaphore(0)\n"
      "def fail(): raise ValueError('no')\n"
      "def new(): return multiprocessing.Process(target=print)\n"
      "w = multiprocessing.Process(target=go.acquire, name='W')\n"
      "f = multiprocessing.Process(target=fail, daemon=True)",
      [] { return Processes{}; },
      {
          {"w.start()", [](Processes& p, auto) { p.waits.start(); }, 4},
          {"f.start()", [](Processes& p, auto) { p.fails.start(); }, 2},
          {"w.join()", [](Processes& p, auto) { p.waits.join(); }, 3},
          {"f.join()", [](Processes& p, auto) { p.fails.join(); }, 2},
          {"w.join(timeout=T)", [](Processes& p, const Caller& who) { p.waits.join(who.timeout); }, 2},
          {"w.join(0)", [](Processes& p, auto) { p.waits.join(0s); }},
          {"w.join(-1)", [](Processes& p, auto) { p.waits.join(-1s); }},
          {"go.release()", [](Processes& p, auto) { p.go.release(); }},
          {"w.terminate()", [](Processes& p, auto) { p.waits.terminate(); }},
          {"w.kill()", [](Processes& p, auto) { p.waits.kill(); }},
          {"f.terminate()", [](Processes& p, auto) { p.fails.terminate(); }},
          {"w.is_alive()", [](Processes& p, auto) { return p.waits.is_alive(); }, 2},
          {"f.is_alive()", [](Processes& p, auto) { return p.fails.is_alive(); }},
          {"w.exitcode", [](Processes& p, auto) { return p.waits.exitcode(); }, 3},
          {"f.exitcode", [](Processes& p, auto) { return p.fails.exitcode(); }, 2},
          {"w.pid is None", [](Processes& p, auto) { return p.waits.pid() == 0; }},
          {"w.name", [](Processes& p, auto) { return Item(p.waits.name()); }},
          {"f.name", [](Processes& p, auto) { return Item(p.fails.name()); }},
          {"w.daemon", [](Processes& p, auto) { return p.waits.daemon(); }},
          {"f.daemon", [](Processes& p, auto) { return p.fails.daemon(); }},
          {"new().name", [](Processes&, auto) { return Item(Process({}, [] {}).name()); }},
          {"new().daemon", [](Processes&, auto) { return Process({}, [] {}).daemon(); }},
          {"new().join()", [](Processes&, auto) { Process({}, [] {}).join(); }},
          {"new().is_alive()", [](Processes&, auto) { return Process({}, [] {}).is_alive(); }},
          {"new().exitcode", [](Processes&, auto) { return Process({}, [] {}).exitcode(); }},
      }));
}
