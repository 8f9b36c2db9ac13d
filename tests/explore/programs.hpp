// The catalogue's variants as programs for the explorer.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "core/scenario/availability.hpp"
#include "core/scenario/scenario.hpp"

namespace lockstep::test {

/// What main does in that variant, with its step params but for those in `params`.
inline std::function<void()> program_of(const Scenario& scenario, std::string_view variant,
                                        const std::map<std::string, std::string>& params = {}) {
  const auto setup = std::get<Setup>(make_setup(scenario, variant, params, ParamDefaults::step));
  return [main = scenario.main, setup] { main(setup); };
}

/// Calls visit(scenario, variant) for all of the catalogue.
template <class Visit>
void each_variant(Visit&& visit) {
  for (const Scenario* scenario : all_scenarios()) {
    if (reason_unavailable(scenario->id)) continue;
    for (const Variant& variant : scenario->variants)
      visit(*scenario, variant);
  }
}

/// How often a sweep over the catalogue looks at each variant: `times`; a tenth of that, but once at least,
/// under a sanitizer, where a run takes ten times as long.
constexpr std::size_t times_in_sweep([[maybe_unused]] std::size_t times) {
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
  return times < 10 ? 1 : times / 10;
#else
  return times;
#endif
}

}  // namespace lockstep::test
