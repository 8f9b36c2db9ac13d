// Small programs whose number of Mazurkiewicz traces is known; what searches are tested and measured with.
// Written with what learners use. Each returns what a main worker runs.
//
// indexer and filesystem: Flanagan, Godefroid: "Dynamic partial-order reduction for model checking software",
// POPL 2005. lastzero: Abdulla et al., POPL 2014. fib_bench: SV-COMP. The others are common in the field.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>
#include <vector>

#include "core/scenario/api.hpp"

namespace lockstep::test {

using Main = std::function<void()>;

/// Starts a thread for each body, then joins all; main does `meanwhile` in between.
inline void run_threads(std::vector<Main> bodies, const Main& meanwhile = {}) {
  std::vector<api::Thread> threads;
  threads.reserve(bodies.size());
  for (std::size_t i = 0; i < bodies.size(); ++i)
    threads.emplace_back(api::WorkerOptions{.name = "T" + std::to_string(i + 1)}, std::move(bodies[i]));
  for (const api::Thread& thread : threads)
    thread.start();
  if (meanwhile) meanwhile();
  for (const api::Thread& thread : threads)
    thread.join();
}

/// `threads` × `rounds` × (lock; x += 1; unlock).
inline Main lockinc(int threads, int rounds) {
  return [=] {
    const api::Lock lock("lock");
    const api::Shared<int> x("x");
    run_threads(std::vector<Main>(static_cast<std::size_t>(threads), [=] {
      for (int i = 0; i < rounds; ++i) {
        lock.acquire();
        x.add(1);
        lock.release();
      }
    }));
  };
}

/// `threads` × `rounds` × (load; store + 1).
inline Main incs(int threads, int rounds) {
  return [=] {
    const api::Shared<int> x("x");
    run_threads(std::vector<Main>(static_cast<std::size_t>(threads), [=] {
      for (int i = 0; i < rounds; ++i)
        x.store(x.load() + 1);
    }));
  };
}

/// Each takes two neighbouring forks, the last one in the order of the others or against it.
inline Main diners(int n, bool in_order) {
  return [=] {
    std::vector<api::Lock> forks;
    for (int i = 0; i < n; ++i)
      forks.emplace_back(fmt::format("fork {}", i));
    std::vector<Main> bodies;
    for (int i = 0; i < n; ++i) {
      int first = i;
      int second = (i + 1) % n;
      if (in_order && first > second) std::swap(first, second);
      bodies.emplace_back(
          [left = forks[static_cast<std::size_t>(first)], right = forks[static_cast<std::size_t>(second)]] {
            left.acquire();
            right.acquire();
            right.release();
            left.release();
          });
    }
    run_threads(std::move(bodies));
  };
}

/// An array of n + 1 zeros; one reader looks from the top for a zero, writer j sets a[j] = a[j - 1] + 1.
inline Main lastzero(int n) {
  return [=] {
    std::vector<api::Shared<int>> a;
    for (int i = 0; i <= n; ++i)
      a.emplace_back(fmt::format("a{}", i));
    std::vector<Main> bodies;
    bodies.emplace_back([=] {
      std::size_t i = a.size() - 1;
      while (a[i].load() != 0)
        --i;
    });
    for (int j = 1; j <= n; ++j) {
      const auto at = static_cast<std::size_t>(j);
      bodies.emplace_back([mine = a[at], before = a[at - 1]] { mine.store(before.load() + 1); });
    }
    run_threads(std::move(bodies));
  };
}

/// One does rounds × (i += j), the other rounds × (j += i); main reads both while they do.
inline Main fib_bench(int rounds) {
  return [=] {
    const api::Shared<int> i("i", 1);
    const api::Shared<int> j("j", 1);
    const auto add_up = [rounds](api::Shared<int> to, api::Shared<int> from) {
      for (int round = 0; round < rounds; ++round)
        to.store(to.load() + from.load());
    };
    run_threads({[=] { add_up(i, j); }, [=] { add_up(j, i); }}, [=] {
      i.load();
      j.load();
    });
  };
}

/// Threads put four messages each into a hash table of 128 with open addressing.
inline Main indexer(int threads) {
  return [=] {
    constexpr int kSize = 128;
    constexpr int kMessages = 4;
    std::vector<api::Shared<int>> table;
    std::vector<api::Lock> locks;
    for (int i = 0; i < kSize; ++i) {
      table.emplace_back(fmt::format("table {}", i));
      locks.emplace_back(fmt::format("lock {}", i));
    }
    const auto compare_and_set = [=](std::size_t at, int value) {
      locks[at].acquire();
      const bool is_free = table[at].load() == 0;
      if (is_free) table[at].store(value);
      locks[at].release();
      return is_free;
    };
    std::vector<Main> bodies;
    for (int thread = 0; thread < threads; ++thread) {
      bodies.emplace_back([=] {
        for (int m = 1; m <= kMessages; ++m) {
          const int message = m * 11 + thread;
          int hash = message * 7 % kSize;
          while (!compare_and_set(static_cast<std::size_t>(hash), message))
            hash = (hash + 1) % kSize;
        }
      });
    }
    run_threads(std::move(bodies));
  };
}

/// Threads give inodes their blocks.
inline Main filesystem(int threads) {
  return [=] {
    constexpr int kBlocks = 26;
    constexpr int kInodes = 32;
    std::vector<api::Lock> inode_locks;
    std::vector<api::Lock> block_locks;
    std::vector<api::Shared<int>> inodes;
    std::vector<api::Shared<bool>> busy;
    for (int i = 0; i < kInodes; ++i) {
      inode_locks.emplace_back(fmt::format("inode lock {}", i));
      inodes.emplace_back(fmt::format("inode {}", i));
    }
    for (int b = 0; b < kBlocks; ++b) {
      block_locks.emplace_back(fmt::format("block lock {}", b));
      busy.emplace_back(fmt::format("busy {}", b));
    }
    const auto take_block = [=](std::size_t b) {
      block_locks[b].acquire();
      const bool is_free = !busy[b].load();
      if (is_free) busy[b].store(true);
      block_locks[b].release();
      return is_free;
    };
    std::vector<Main> bodies;
    for (int thread = 0; thread < threads; ++thread) {
      bodies.emplace_back([=] {
        const auto i = static_cast<std::size_t>(thread % kInodes);
        inode_locks[i].acquire();
        if (inodes[i].load() == 0) {
          std::size_t b = i * 2 % kBlocks;
          while (!take_block(b))
            b = (b + 1) % kBlocks;
          inodes[i].store(static_cast<int>(b) + 1);
        }
        inode_locks[i].release();
      });
    }
    run_threads(std::move(bodies));
  };
}

}  // namespace lockstep::test
