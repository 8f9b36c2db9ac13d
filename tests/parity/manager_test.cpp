// Proxies of dict and list against those of a real multiprocessing.Manager: each caller has a connection of
// its own to the server.
#include "tests/catch.hpp"

#include <limits>

#include "tests/parity/parity.hpp"

using namespace lockstep::api;
using lockstep::parity::BothCalls;
using lockstep::parity::compare;
using lockstep::parity::Subject;
using lockstep::parity::subject;

namespace {

struct Contents {
  Manager manager{"manager"};
  DictProxy dict = manager.dict("d", {{"a", 1}, {2, "two"}});
  ListProxy list = manager.list("l", {3, "x"});
};

/// Python's True, 1 and 1.0 are one key and equal elements.
std::vector<BothCalls<Contents>> dict_calls() {
  std::vector<BothCalls<Contents>> calls{
      {"len(d)", [](Contents& s, auto) { return s.dict.len(); }},
      {"d.keys()", [](Contents& s, auto) { return s.dict.keys(); }, 2},
      {"d.values()", [](Contents& s, auto) { return s.dict.values(); }, 2},
      {"d.clear()", [](Contents& s, auto) { s.dict.clear(); }},
      {"d['a']", [](Contents& s, auto) { return s.dict["a"].get(); }, 2},
      {"d[True]", [](Contents& s, auto) { return s.dict[Item(true)].get(); }},
      {"[each for pair in d.items() for each in pair]",
       [](Contents& s, auto) {
         std::vector<Item> all;
         for (const auto& [key, value] : s.dict.items())
           all.insert(all.end(), {key, value});
         return all;
       },
       2},
      {"d.update({'b': 5, 1.0: None})",
       [](Contents& s, auto) {
         s.dict.update({{"b", 5}, {1.0, None}});
       },
       2},
      {"list(d.popitem())",
       [](Contents& s, auto) {
         const auto [key, value] = s.dict.popitem();
         return std::vector<Item>{key, value};
       },
       2},
      {"d.__setitem__(1, 0.5)", [](Contents& s, auto) { s.dict[1] = 0.5; }, 2},
      {"d.__setitem__(True, 'yes')", [](Contents& s, auto) { s.dict[Item(true)] = "yes"; }},
  };
  const std::vector<std::pair<std::string, std::function<Item()>>> keys{
      {"'a'", [] { return Item("a"); }},    {"'b'", [] { return Item("b"); }},
      {"2", [] { return Item(2); }},        {"2.0", [] { return Item(2.0); }},
      {"None", [] { return Item(None); }},  {"0", [] { return Item(0); }},
      {"False", [] { return Item(false); }}};
  for (const auto& [name, key] : keys) {
    calls.insert(
        calls.end(),
        {{"d.get(" + name + ")", [key = key](Contents& s, auto) { return s.dict.get(key()); }},
         {"d.get(" + name + ", 'no')", [key = key](Contents& s, auto) { return s.dict.get(key(), "no"); }},
         {"d.setdefault(" + name + ", 4)",
          [key = key](Contents& s, auto) { return s.dict.setdefault(key(), 4); }},
         {"d.__setitem__(" + name + ", 'v')", [key = key](Contents& s, auto) { s.dict[key()] = "v"; }, 2},
         {"d.pop(" + name + ")", [key = key](Contents& s, auto) { return s.dict.pop(key()); }},
         {"d.pop(" + name + ", 'no')", [key = key](Contents& s, auto) { return s.dict.pop(key(), "no"); }},
         {"d.__delitem__(" + name + ")", [key = key](Contents& s, auto) { s.dict.del(key()); }},
         {name + " in d", [key = key](Contents& s, auto) { return s.dict.contains(key()); }}});
  }
  return calls;
}

std::vector<BothCalls<Contents>> list_calls() {
  std::vector<BothCalls<Contents>> calls{
      {"len(l)", [](Contents& s, auto) { return s.list.len(); }},
      {"l[:]", [](Contents& s, auto) { return s.list.copy(); }, 4},
      {"l.append('x')", [](Contents& s, auto) { s.list.append("x"); }, 2},
      {"l.append(1)", [](Contents& s, auto) { s.list.append(1); }, 2},
      {"l.append(True)", [](Contents& s, auto) { s.list.append(true); }, 2},
      {"l.append(None)", [](Contents& s, auto) { s.list.append(None); }},
      {"l.remove('x')", [](Contents& s, auto) { s.list.remove("x"); }},
      {"l.remove(1)", [](Contents& s, auto) { s.list.remove(1); }},
      {"l.remove(True)", [](Contents& s, auto) { s.list.remove(true); }},
      {"l.remove(0)", [](Contents& s, auto) { s.list.remove(0); }},
      {"1.0 in l", [](Contents& s, auto) { return s.list.contains(1.0); }},
      {"'x' in l", [](Contents& s, auto) { return s.list.contains("x"); }},
      {"None in l", [](Contents& s, auto) { return s.list.contains(None); }},
      {"l.extend([1, 'x'])",
       [](Contents& s, auto) {
         s.list.extend({1, "x"});
       }},
      {"l.count(1)", [](Contents& s, auto) { return s.list.count(1); }},
      {"l.index('x')", [](Contents& s, auto) { return s.list.index("x"); }},
      {"l.index(True)", [](Contents& s, auto) { return s.list.index(true); }},
      {"l.reverse()", [](Contents& s, auto) { s.list.reverse(); }},
      {"l['x']", [](Contents& s, auto) { return s.list["x"].get(); }},
      {"l[None]", [](Contents& s, auto) { return s.list[Item(None)].get(); }},
      {"l[True]", [](Contents& s, auto) { return s.list[Item(true)].get(); }},
      {"l.__setitem__(1.0, 6)", [](Contents& s, auto) { s.list[Item(1.0)] = 6; }},
      {"l.append(float('inf'))",
       [](Contents& s, auto) { s.list.append(std::numeric_limits<double>::infinity()); }},
      {"l.pop()", [](Contents& s, auto) { return s.list.pop(); }, 4},
  };
  for (const int i : {0, 1, 4, -1, -2, -5}) {
    const std::string index = std::to_string(i);
    calls.insert(calls.end(),
                 {{"l[" + index + "]", [i](Contents& s, auto) { return s.list[i].get(); }},
                  {"l.__setitem__(" + index + ", 6)", [i](Contents& s, auto) { s.list[i] = 6; }},
                  {"l.insert(" + index + ", 5)", [i](Contents& s, auto) { s.list.insert(i, 5); }},
                  {"l.__delitem__(" + index + ")", [i](Contents& s, auto) { s.list.del(i); }},
                  {"l.pop(" + index + ")", [i](Contents& s, auto) { return s.list.pop(i); }}});
  }
  return calls;
}

}  // namespace

TEST_CASE("A manager's dict and list do what CPython's do, call by call", "[notsan]") {
  const std::string setup =
      "import multiprocessing\n"
      "manager = once('manager', multiprocessing.Manager)\n"
      "d, l = manager.dict({'a': 1, 2: 'two'}), manager.list([3, 'x'])";
  for (const auto& [name, calls] :
       {std::pair{"Manager.dict", dict_calls()}, {"Manager.list", list_calls()}}) {
    Subject shared = subject<Contents>(
        name, setup, [] { return Contents{}; }, calls);
    shared.driver = "real.py";
    compare(shared);
  }
}
