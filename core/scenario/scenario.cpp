#include "core/scenario/scenario.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <deque>

#include "core/scenario/availability.hpp"

namespace lockstep {
namespace {

/// All scenarios, in the order of their files; a function, so that it exists before the first registration.
std::deque<Scenario>& registry() {
  static std::deque<Scenario> scenarios;
  return scenarios;
}

/// What the user typed, cut to what fits a sentence, control characters replaced.
std::string quoted(std::string_view typed) {
  constexpr std::size_t kLongest = 40;
  std::size_t length = std::min(typed.size(), kLongest);
  while (length < typed.size() && (static_cast<unsigned char>(typed[length]) & 0xC0U) == 0x80U)
    --length;
  std::string shown(typed.substr(0, length));
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  }
  return "\"" + shown + (length < typed.size() ? "…" : "") + "\"";
}

template <class Range, class Name>
std::string listed(const Range& range, Name name) {
  std::string result;
  for (const auto& element : range)
    result += (result.empty() ? "" : ", ") + std::string(name(element));
  return result;
}

/// Levenshtein's distance.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

/// How far `known` is from what was typed; 0 if it contains it.
std::size_t strangeness(std::string_view known, std::string_view typed) {
  constexpr std::size_t kShortestPart = 3;
  if (typed.size() >= kShortestPart && known.find(typed) != std::string_view::npos) return 0;
  return distance(known, typed.substr(0, 64));
}

std::string unknown_variant(const Scenario& scenario, std::string_view typed) {
  return fmt::format("{} has no variant {}; it has {}, for example --variant {}.", scenario.id, quoted(typed),
                     listed(scenario.variants, [](const Variant& v) { return v.name; }),
                     scenario.variants.front().name);
}

std::string unknown_param(const Scenario& scenario, std::string_view typed) {
  if (scenario.params.empty()) return fmt::format("{} has no params; got {}.", scenario.id, quoted(typed));
  return fmt::format("{} has no param {}; it has {}, for example --param {}={}.", scenario.id, quoted(typed),
                     listed(scenario.params, [](const Param& p) { return p.name; }),
                     scenario.params.front().name, scenario.params.front().value);
}

std::string bad_value(const Param& param, std::string_view typed) {
  return fmt::format("{} must be a whole number from {} to {}, for example --param {}={}; got {}.",
                     param.name, param.min, param.max, param.name, param.value, quoted(typed));
}

/// The number that was typed, if it is one in the param's range.
std::optional<std::int64_t> value_of(const Param& param, std::string_view typed) {
  std::int64_t value = 0;
  const char* end = typed.data() + typed.size();
  const auto [stop, failure] = std::from_chars(typed.data(), end, value);
  const bool whole = !typed.empty() && failure == std::errc{} && stop == end;
  return whole && value >= param.min && value <= param.max ? std::optional(value) : std::nullopt;
}

}  // namespace

std::string_view name_of(Chapter chapter) noexcept {
  constexpr std::array<std::string_view, 7> kNames{"threads",   "locks",         "signals", "queues",
                                                   "processes", "communication", "pools"};
  return kNames[static_cast<std::size_t>(chapter)];
}

std::string_view name_of(Verdict verdict) noexcept {
  constexpr std::array<std::string_view, 3> kNames{"ok", "can-fail", "always-fails"};
  return kNames[static_cast<std::size_t>(verdict)];
}

std::string_view name_of(Outcome outcome) noexcept {
  constexpr std::array<std::string_view, 8> kNames{"ok",    "deadlock", "stuck",  "failed-check",
                                                   "error", "race",     "killed", "stopped"};
  return kNames[static_cast<std::size_t>(outcome)];
}

int Setup::param(std::string_view name) const {
  const auto found = params_.find(std::string(name));
  assert(found != params_.end() && "a scenario asks only for params that it declares");
  return static_cast<int>(found->second);
}

const Variant* Scenario::variant(std::string_view name) const {
  const auto found =
      std::find_if(variants.begin(), variants.end(), [&](const Variant& v) { return v.name == name; });
  return found == variants.end() ? nullptr : &*found;
}

const Param* Scenario::param(std::string_view name) const {
  const auto found =
      std::find_if(params.begin(), params.end(), [&](const Param& p) { return p.name == name; });
  return found == params.end() ? nullptr : &*found;
}

Registration::Registration(Scenario scenario) {
  if (find_scenario(scenario.id) != nullptr) {
    std::fputs("lockstep: two scenarios have the same id\n", stderr);
    std::abort();
  }
  registry().push_back(std::move(scenario));
}

std::span<const Scenario* const> all_scenarios() {
  static const std::vector<const Scenario*> sorted = [] {
    std::vector<const Scenario*> all;
    for (const Scenario& scenario : registry())
      all.push_back(&scenario);
    std::sort(all.begin(), all.end(), [](const Scenario* a, const Scenario* b) {
      return std::tuple(a->chapter, a->position, a->id) < std::tuple(b->chapter, b->position, b->id);
    });
    return all;
  }();
  return sorted;
}

const Scenario* find_scenario(std::string_view id) {
  for (const Scenario& scenario : registry()) {
    if (scenario.id == id) return &scenario;
  }
  return nullptr;
}

std::variant<Setup, std::string> make_setup(const Scenario& scenario, std::string_view variant,
                                            const std::map<std::string, std::string>& params,
                                            ParamDefaults defaults) {
  if (const Reason* reason = reason_unavailable(scenario.id)) return std::string(reason->en);
  const std::string_view chosen = variant.empty() ? scenario.variants.front().name : variant;
  if (scenario.variant(chosen) == nullptr) return unknown_variant(scenario, chosen);
  std::map<std::string, std::int64_t> values;
  for (const Param& param : scenario.params) {
    values[std::string(param.name)] = defaults == ParamDefaults::live ? param.value : param.step_value;
  }
  for (const auto& [name, typed] : params) {
    const Param* param = scenario.param(name);
    if (param == nullptr) return unknown_param(scenario, name);
    const auto value = value_of(*param, typed);
    if (!value) return bad_value(*param, typed);
    values[name] = *value;
  }
  return Setup(std::string(chosen), std::move(values));
}

std::string unknown_scenario_message(std::string_view id) {
  const auto all = all_scenarios();
  if (all.empty()) return "This program was built without scenarios.";
  const auto strange = [&](const Scenario* scenario) { return strangeness(scenario->id, id); };
  const Scenario* best = *std::ranges::min_element(all, {}, strange);
  constexpr std::size_t kTypo = 3;
  if (strange(best) <= kTypo)
    return fmt::format("Unknown scenario {}; did you mean \"{}\"?", quoted(id), best->id);
  return fmt::format("Unknown scenario {}; \"lockstep list\" shows all of them, for example {}.", quoted(id),
                     best->id);
}

}  // namespace lockstep
