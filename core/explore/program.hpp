// A program that explorers run again and again, and what its schedules are told by.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace lockstep {

struct Program {
  /// What the main worker runs. It may be called any number of times, from several threads at once, and must
  /// do the same each time but for what its operations tell it.
  std::function<void()> main;
  std::string scenario{};
  std::string variant{};
  std::map<std::string, std::int64_t> params{};
};

}  // namespace lockstep
