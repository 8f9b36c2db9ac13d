#include "core/session/explorer_wire.hpp"

#include <nlohmann/json.hpp>

namespace lockstep::wire {
namespace {

template <class Enum>
int number_of(Enum value) {
  return static_cast<int>(value);
}

template <class Enum>
Enum enum_in(const Json& json, const char* name) {
  return static_cast<Enum>(json.at(name).get<int>());
}

Json optional_number(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

std::optional<double> optional_number_from(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional(json.get<double>());
}

Json to_json(const LeastFailure& least) {
  return {{"schedule", to_text(least.schedule)}, {"preemptions", least.cost.preemptions},
          {"switches", least.cost.switches},     {"steps", least.cost.steps},
          {"outcome", number_of(least.outcome)}, {"is_least", least.is_least}};
}

LeastFailure least_from(const Json& json) {
  LeastFailure least;
  least.schedule = std::get<Schedule>(parse_schedule(json.at("schedule").get<std::string>()));
  least.cost.preemptions = json.at("preemptions");
  least.cost.switches = json.at("switches");
  least.cost.steps = json.at("steps");
  least.outcome = enum_in<Outcome>(json, "outcome");
  least.is_least = json.at("is_least");
  return least;
}

}  // namespace

Json to_json(const std::vector<Choice>& choices) {
  Json json = Json::array();
  for (const Choice choice : choices)
    json.push_back({choice.worker, choice.by_hand});
  return json;
}

std::vector<Choice> choices_from(const Json& json) {
  std::vector<Choice> choices;
  for (const Json& choice : json)
    choices.push_back({choice.at(0).get<WorkerId>(), choice.at(1).get<bool>(), 0});
  return choices;
}

Json to_json(const ExploreRequest& request) {
  const ExploreOptions& options = request.options;
  return {{"scenario", request.scenario},
          {"variant", request.variant},
          {"params", request.params},
          {"goal", number_of(options.goal)},
          {"max_schedules", options.max_schedules},
          {"max_seconds", options.max_seconds},
          {"max_steps", options.max_steps},
          {"threads", options.threads},
          {"seed", options.seed}};
}

ExploreRequest request_from(const Json& json) {
  ExploreRequest request;
  request.scenario = json.at("scenario");
  request.variant = json.at("variant");
  request.params = json.at("params").get<std::map<std::string, std::string>>();
  request.options.goal = enum_in<ExploreGoal>(json, "goal");
  request.options.max_schedules = json.at("max_schedules");
  request.options.max_seconds = json.at("max_seconds");
  request.options.max_steps = json.at("max_steps");
  request.options.threads = json.at("threads");
  request.options.seed = json.at("seed");
  return request;
}

Json to_json(const ExploreProgress& progress) {
  return {{"phase", number_of(progress.phase)}, {"bound", progress.bound},
          {"schedules", progress.schedules},    {"states", progress.states},
          {"failing", progress.failing},        {"fraction", progress.fraction},
          {"seconds", progress.seconds}};
}

ExploreProgress progress_from(const Json& json) {
  ExploreProgress progress;
  progress.phase = enum_in<ExplorePhase>(json, "phase");
  progress.bound = json.at("bound");
  progress.schedules = json.at("schedules");
  progress.states = json.at("states");
  progress.failing = json.at("failing");
  progress.fraction = optional_number_from(json.at("fraction")).value_or(0);
  progress.seconds = json.at("seconds");
  return progress;
}

Json to_json(const ExploreReport& report) {
  return {{"end", number_of(report.end)},
          {"schedules", report.schedules},
          {"sampled", report.sampled},
          {"states", report.states},
          {"failing", report.failing},
          {"by_outcome", report.by_outcome},
          {"failing_share", optional_number(report.failing_share)},
          {"bound_hit", report.bound_hit},
          {"least", report.least ? to_json(*report.least) : Json()},
          {"seconds", report.seconds},
          {"reason", report.reason}};
}

ExploreReport report_from(const Json& json) {
  ExploreReport report;
  report.end = enum_in<ExploreEnd>(json, "end");
  report.schedules = json.at("schedules");
  report.sampled = json.at("sampled");
  report.states = json.at("states");
  report.failing = json.at("failing");
  report.by_outcome = json.at("by_outcome");
  report.failing_share = optional_number_from(json.at("failing_share"));
  report.bound_hit = json.at("bound_hit");
  if (!json.at("least").is_null()) report.least = least_from(json.at("least"));
  report.seconds = json.at("seconds");
  report.reason = json.at("reason");
  return report;
}

Json to_json(const LookAhead& answer) {
  Json reaches = Json::array();
  for (const Reach& reach : answer.reaches) {
    reaches.push_back({reach.worker, reach.can_fail, reach.must_fail, reach.steps, number_of(reach.outcome)});
  }
  return {{"prefix", to_json(answer.prefix)},
          {"known", answer.known},
          {"reaches", reaches},
          {"share", answer.failing_share}};
}

LookAhead look_ahead_from(const Json& json) {
  LookAhead answer;
  answer.prefix = choices_from(json.at("prefix"));
  answer.known = json.at("known");
  for (const Json& reach : json.at("reaches")) {
    answer.reaches.push_back({.worker = reach.at(0).get<WorkerId>(),
                              .can_fail = reach.at(1).get<bool>(),
                              .must_fail = reach.at(2).get<bool>(),
                              .steps = reach.at(3).get<std::uint32_t>(),
                              .outcome = static_cast<Outcome>(reach.at(4).get<int>())});
  }
  answer.failing_share = optional_number_from(json.at("share")).value_or(0);
  return answer;
}

}  // namespace lockstep::wire
