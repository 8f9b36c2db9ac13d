// What a scenario is, and the registry of all of them. A scenario registers itself from its own file:
//
//   const Registration registered{{.id = "deadlock", .chapter = Chapter::locks, …, .main = &main_worker}};
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lockstep {

enum class Chapter : std::uint8_t { threads, locks, signals, queues, processes, communication, pools };
/// "threads", "locks" …: the names in JSON.
std::string_view name_of(Chapter chapter) noexcept;

/// What the catalogue promises of a variant; the explorer must agree.
enum class Verdict : std::uint8_t { ok, can_fail, always_fails };
/// "ok", "can-fail", "always-fails"
std::string_view name_of(Verdict verdict) noexcept;

/// How a run ended, as one word for the user and for JSON.
enum class Outcome : std::uint8_t { ok, deadlock, stuck, failed_check, error, race, killed, stopped };
/// "ok", "deadlock", "stuck", "failed-check", "error", "race", "killed", "stopped"
std::string_view name_of(Outcome outcome) noexcept;

/// required: at least one schedule ends so; allowed: some may; forbidden: none does.
enum class Expectation : std::uint8_t { required, allowed, forbidden };

/// One row of a variant's outcome table. An outcome without a row is forbidden.
struct OutcomeRow {
  Outcome outcome = Outcome::ok;
  Expectation expect = Expectation::required;
  std::string_view why_en;  ///< one sentence
  std::string_view why_zh;
};

struct Variant {
  std::string_view name;
  Verdict verdict = Verdict::ok;
  std::vector<OutcomeRow> outcomes;
};

struct Param {
  std::string_view name;
  std::int64_t value = 0;       ///< documented default, for live runs
  std::int64_t step_value = 0;  ///< default in step mode and for the explorer
  std::int64_t min = 0;
  std::int64_t max = 0;
};

/// What one run of a scenario was asked to be.
class Setup {
 public:
  Setup(std::string variant, std::map<std::string, std::int64_t> params)
      : variant_(std::move(variant)), params_(std::move(params)) {}
  bool is(std::string_view variant) const { return variant_ == variant; }
  const std::string& variant() const { return variant_; }
  /// The value of a param that the scenario declares.
  int param(std::string_view name) const;

 private:
  std::string variant_;
  std::map<std::string, std::int64_t> params_;
};

struct Scenario {
  std::string_view id;
  Chapter chapter = Chapter::threads;
  int position = 0;    ///< within the chapter, from 1
  int difficulty = 1;  ///< 1 = a first look, 2 = needs the basics of its chapter, 3 = hard to see
  std::vector<std::string_view> related{};  ///< ids of scenarios to look at next
  std::vector<Variant> variants;            ///< the first is the default
  std::vector<Param> params;
  void (*main)(const Setup&) = nullptr;  ///< what the main worker runs
  /// Names that the program prints on the lanes and that should be translated are in the lesson texts.

  const Variant* variant(std::string_view name) const;
  const Param* param(std::string_view name) const;
};

/// Put one of these at namespace scope of scenario.cpp. The program stops at start if two have the same id.
struct Registration {
  explicit Registration(Scenario scenario);
};

/// All scenarios, by chapter and position.
std::span<const Scenario* const> all_scenarios();
const Scenario* find_scenario(std::string_view id);

enum class ParamDefaults : std::uint8_t { live, step };
/// A checked set-up, or one sentence that names the bad value, the allowed range and an example.
std::variant<Setup, std::string> make_setup(const Scenario& scenario, std::string_view variant,
                                            const std::map<std::string, std::string>& params,
                                            ParamDefaults defaults);
/// "Unknown scenario \"x\". …; did you mean \"y\"?"
std::string unknown_scenario_message(std::string_view id);

}  // namespace lockstep
