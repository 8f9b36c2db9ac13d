#include "core/scenario/availability.hpp"

#include <map>

namespace lockstep {
namespace {

std::map<std::string_view, Reason>& reasons() {
  static std::map<std::string_view, Reason> all;  // made when the first scenario registers
  return all;
}

}  // namespace

Requirement::Requirement(std::string_view scenario, bool (*met)(), Reason reason) {
  if (!met()) reasons().emplace(scenario, reason);
}

const Reason* reason_unavailable(std::string_view scenario) {
  const auto found = reasons().find(scenario);
  return found == reasons().end() ? nullptr : &found->second;
}

}  // namespace lockstep
