// multiprocessing.Pipe: its ends are called by threads of one process, so that a closed end is closed for
// all.
#include "tests/catch.hpp"

#include "tests/parity/parity.hpp"

using namespace lockstep::api;
using lockstep::parity::BothCalls;
using lockstep::parity::Caller;
using lockstep::parity::compare;
using lockstep::parity::subject;

namespace {

struct Ends {
  Connection a;
  Connection b;
};

Ends pipe(Duplex duplex) {
  const auto [a, b] = Pipe("pipe", duplex);
  return {a, b};
}

std::string into(const Connection& end, std::string buffer, std::int64_t offset) {
  const std::int64_t length = end.recv_bytes_into(buffer, offset);
  return std::to_string(length) + " " + buffer;
}

/// The calls on one end.
void add_calls(std::vector<BothCalls<Ends>>& calls, const std::string& name, Connection Ends::*end) {
  const auto add = [&](const std::string& python, auto act, int weight = 1) {
    calls.push_back(
        {name + python, [end, act](Ends& ends, const Caller& who) { return act(ends.*end, who); }, weight});
  };
  add(
      ".send('x')", [](Connection& c, auto) { c.send("x"); }, 3);
  add(
      ".send(7)", [](Connection& c, auto) { c.send(7); }, 2);
  add(
      ".recv()", [](Connection& c, auto) { return c.recv(); }, 5);
  add(
      ".poll()", [](Connection& c, auto) { return c.poll(); }, 2);
  add(
      ".poll(T)", [](Connection& c, const Caller& who) { return c.poll(who.timeout); }, 2);
  add(".poll(None)", [](Connection& c, auto) { return c.poll(kForever); });
  add(".poll(-1)", [](Connection& c, auto) { return c.poll(-1s); });
  add(".close()", [](Connection& c, auto) { c.close(); });
  add(".closed", [](Connection& c, auto) { return c.closed(); });
  add(".readable", [](Connection& c, auto) { return c.readable(); });
  add(".writable", [](Connection& c, auto) { return c.writable(); });
}

void add_byte_calls(std::vector<BothCalls<Ends>>& calls, const std::string& name, Connection Ends::*end) {
  const auto add = [&](const std::string& python, auto act, int weight = 1) {
    calls.push_back(
        {python, [end, act](Ends& ends, const Caller& who) { return act(ends.*end, who); }, weight});
  };
  add(
      name + ".send_bytes(b'hello')", [](Connection& c, auto) { c.send_bytes("hello"); }, 3);
  add(name + ".send_bytes(b'hello', 1)", [](Connection& c, auto) { c.send_bytes("hello", 1); });
  add(name + ".send_bytes(b'hello', 1, 2)", [](Connection& c, auto) { c.send_bytes("hello", 1, 2); });
  add(name + ".send_bytes(b'hello', -1)", [](Connection& c, auto) { c.send_bytes("hello", -1); });
  add(name + ".send_bytes(b'hello', 6)", [](Connection& c, auto) { c.send_bytes("hello", 6); });
  add(name + ".send_bytes(b'hello', 3, 4)", [](Connection& c, auto) { c.send_bytes("hello", 3, 4); });
  add(name + ".send_bytes(b'hello', 3, -2)", [](Connection& c, auto) { c.send_bytes("hello", 3, -2); });
  add(
      "text(" + name + ".recv_bytes())", [](Connection& c, auto) { return Item(c.recv_bytes()); }, 3);
  add("text(" + name + ".recv_bytes(3))", [](Connection& c, auto) { return Item(c.recv_bytes(3)); });
  add(name + ".recv_bytes(-2)", [](Connection& c, auto) { return Item(c.recv_bytes(-2)); });
  add("into(" + name + ", '......', 0)", [](Connection& c, auto) { return Item(into(c, "......", 0)); });
  add("into(" + name + ", '....', 1)", [](Connection& c, auto) { return Item(into(c, "....", 1)); });
  add("into(" + name + ", '....', 5)", [](Connection& c, auto) { return Item(into(c, "....", 5)); });
  add("into(" + name + ", '....', -1)", [](Connection& c, auto) { return Item(into(c, "....", -1)); });
  add(name + ".poll()", [](Connection& c, auto) { return c.poll(); });
  add(name + ".close()", [](Connection& c, auto) { c.close(); });
}

constexpr const char* kHelpers =
    "def text(b): return b.decode()\n"
    "def into(end, buffer, offset):\n"
    "    buffer = bytearray(buffer.encode())\n"
    "    return f'{end.recv_bytes_into(buffer, offset)} {buffer.decode()}'\n"
    "a, b = multiprocessing.Pipe(";

}  // namespace

TEST_CASE("Pipe does what CPython's does, call by call", "[notsan]") {
  for (const Duplex duplex : {Duplex::yes, Duplex::no}) {
    const std::string word = duplex == Duplex::yes ? "True" : "False";
    std::vector<BothCalls<Ends>> calls;
    add_calls(calls, "a", &Ends::a);
    add_calls(calls, "b", &Ends::b);
    compare(subject<Ends>(
        "Pipe(" + word + ")", kHelpers + word + ")", [duplex] { return pipe(duplex); }, calls));
    std::vector<BothCalls<Ends>> bytes;
    add_byte_calls(bytes, "a", &Ends::a);
    add_byte_calls(bytes, "b", &Ends::b);
    compare(subject<Ends>(
        "bytes in Pipe(" + word + ")", kHelpers + word + ")", [duplex] { return pipe(duplex); }, bytes));
  }
}
