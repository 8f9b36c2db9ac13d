// What is compared with CPython: objects, and calls on them, each in both languages.
//
//   const Subject lock = subject<Lock>("Lock", "lock = threading.Lock()", [] { return Lock("lock"); }, {
//       {"lock.acquire(timeout=T)", [](Lock& lock, const Caller& who) { return lock.acquire(who.timeout); }},
//   });
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/scenario/api.hpp"
#include "tests/parity/differences.hpp"

namespace lockstep::parity {

/// As Python's repr shows it.
std::string repr(const api::Item& value);
std::string repr(const std::vector<api::Item>& list);
std::string repr(const std::optional<int>& value);

/// Who makes a call. Each caller has a time-out of its own, T in Python, so that no two end at once.
struct Caller {
  int number = 0;
  std::chrono::seconds timeout{};
};

/// A call of ours; its result as Python shows it. Errors of type Error pass through.
using Act = std::function<std::string(const Caller&)>;

struct Call {
  std::string python;
  int weight;  ///< how often it is drawn, in relation to the others
};

struct Subject {
  std::string name;
  std::string setup;  ///< Python statements that make the objects
  std::vector<Call> calls;
  int most_orders = 200;  ///< in which CPython runs each sequence
  std::vector<Difference> differences{};
  std::string driver = "driver.py";  ///< of cpython/
  std::uint64_t one_of = 1;          ///< of so many sequences is compared, where each takes long
  /// Makes our objects; the calls on them, in the same order.
  std::function<std::vector<Act>()> make;
};

template <class Things>
struct BothCalls {
  Call call;
  std::function<std::string(Things&, const Caller&)> ours;

  template <class Ours>
  BothCalls(std::string python, Ours act, int weight = 1)
      : call{std::move(python), weight}, ours([act](Things& things, const Caller& who) {
          using Result = decltype(act(things, who));
          if constexpr (std::is_void_v<Result>) {
            act(things, who);
            return repr(api::Item(api::None));
          } else if constexpr (std::is_constructible_v<api::Item, Result>) {
            return repr(api::Item(act(things, who)));
          } else {
            return repr(act(things, who));
          }
        }) {}
};

template <class Things>
Subject subject(std::string name, std::string setup, std::function<Things()> make,
                const std::vector<BothCalls<Things>>& both) {
  Subject result{.name = std::move(name), .setup = std::move(setup), .calls = {}, .make = {}};
  for (const auto& each : both)
    result.calls.push_back(each.call);
  result.make = [make = std::move(make), both] {
    const auto things = std::make_shared<Things>(make());
    std::vector<Act> acts;
    for (const auto& each : both)
      acts.emplace_back([things, ours = each.ours](const Caller& who) { return ours(*things, who); });
    return acts;
  };
  return result;
}

}  // namespace lockstep::parity
