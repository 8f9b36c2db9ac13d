// Tasks for pools and executors, as those of cpython/pools.py.
#pragma once

#include <csignal>
#include <vector>

#include "core/scenario/api.hpp"

namespace lockstep::parity {

inline const api::Function twice("twice", [](int n) { return 2 * n; });
inline const api::Function check_not_three("check", [](int n) {
  if (n == 3) throw Error("ValueError", "three");
  return n;
});

/// Tasks that wait at gates, so that a sequence says when they end. Each has a number and a gate of its own.
class GatedTasks {
 public:
  GatedTasks() {
    for (int k = 0; k < kMost; ++k)
      gates_.emplace_back("gate " + std::to_string(k), 0);
  }
  auto square(std::size_t k) const {
    return api::Function("square", [gate = gates_[k]](int n) {
      gate.acquire();
      return n * n;
    });
  }
  auto fail(std::size_t k) const {
    return api::Function("fail", [gate = gates_[k]] {
      gate.acquire();
      throw Error("ValueError", "no");
    });
  }
  /// Kills its process.
  auto die(std::size_t k) const {
    return api::Function("die", [gate = gates_[k]] {
      gate.acquire();
      api::os_kill(api::current_pid(), SIGKILL);
    });
  }
  void finish(std::size_t k) const { gates_[k].release(); }

 private:
  static constexpr int kMost = 48;
  std::vector<api::Semaphore> gates_;
};

/// Python's list[i], for i from 0.
template <class Element>
const Element& at(const std::vector<Element>& list, std::size_t i) {
  if (i >= list.size()) api::raise("IndexError", "list index out of range");
  return list[i];
}

}  // namespace lockstep::parity
