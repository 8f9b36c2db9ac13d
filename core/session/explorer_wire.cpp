#include "core/session/explorer_wire.hpp"

#include <concepts>
#include <nlohmann/json.hpp>
#include <type_traits>

namespace lockstep::wire {
namespace {

template <class T, class U>
concept Is = std::same_as<std::remove_const_t<T>, U>;

// --- the members of each object: `on` gets the name and the member, be it to write it or to read it

template <class On>
void members(Is<ExploreRequest> auto& request, On on) {
  on("scenario", request.scenario);
  on("variant", request.variant);
  on("params", request.params);
  on("goal", request.options.goal);
  on("max_schedules", request.options.max_schedules);
  on("max_seconds", request.options.max_seconds);
  on("max_steps", request.options.max_steps);
  on("threads", request.options.threads);
  on("seed", request.options.seed);
}

template <class On>
void members(Is<ExploreProgress> auto& progress, On on) {
  on("phase", progress.phase);
  on("bound", progress.bound);
  on("schedules", progress.schedules);
  on("states", progress.states);
  on("failing", progress.failing);
  on("fraction", progress.fraction);
  on("seconds", progress.seconds);
}

template <class On>
void members(Is<LeastFailure> auto& least, On on) {
  on("schedule", least.schedule);
  on("preemptions", least.cost.preemptions);
  on("switches", least.cost.switches);
  on("steps", least.cost.steps);
  on("outcome", least.outcome);
  on("is_least", least.is_least);
}

template <class On>
void members(Is<ExploreReport> auto& report, On on) {
  on("end", report.end);
  on("schedules", report.schedules);
  on("sampled", report.sampled);
  on("states", report.states);
  on("failing", report.failing);
  on("by_outcome", report.by_outcome);
  on("failing_share", report.failing_share);
  on("bound_hit", report.bound_hit);
  on("least", report.least);
  on("seconds", report.seconds);
  on("reason", report.reason);
}

template <class On>
void members(Is<Reach> auto& reach, On on) {
  on("worker", reach.worker);
  on("can_fail", reach.can_fail);
  on("must_fail", reach.must_fail);
  on("steps", reach.steps);
  on("outcome", reach.outcome);
}

template <class On>
void members(Is<LookAhead> auto& answer, On on) {
  on("prefix", answer.prefix);
  on("known", answer.known);
  on("reaches", answer.reaches);
  on("share", answer.failing_share);
}

template <class T>
concept Object = requires(T& object) {
  members(object, [](const char*, auto&) {});
};

// --- both directions

struct Write {
  template <class T>
  Json operator()(const T& value) const {
    if constexpr (Object<const T>) {
      Json json = Json::object();
      members(value, [&](const char* name, const auto& member) { json[name] = (*this)(member); });
      return json;
    } else if constexpr (std::is_enum_v<T>) {
      return static_cast<int>(value);
    } else {
      return value;
    }
  }
  template <class T>
  Json operator()(const std::optional<T>& value) const {
    return value ? (*this)(*value) : Json();
  }
  template <class T>
  Json operator()(const std::vector<T>& values) const {
    Json json = Json::array();
    for (const T& value : values)
      json.push_back((*this)(value));
    return json;
  }
  Json operator()(const Choice& choice) const { return {choice.worker, choice.by_hand}; }
  Json operator()(const Schedule& schedule) const { return to_text(schedule); }
};

struct Read {
  template <class T>
  void operator()(const Json& json, T& value) const {
    if constexpr (Object<T>)
      members(value, [&](const char* name, auto& member) { (*this)(json.at(name), member); });
    else if constexpr (std::is_enum_v<T>)
      value = static_cast<T>(json.get<int>());
    else
      value = json.get<T>();
  }
  template <class T>
  void operator()(const Json& json, std::optional<T>& value) const {
    if (!json.is_null()) (*this)(json, value.emplace());
  }
  template <class T>
  void operator()(const Json& json, std::vector<T>& values) const {
    for (const Json& one : json)
      (*this)(one, values.emplace_back());
  }
  /// JSON has no infinite number and none that is undefined: they are null there, and the default here.
  void operator()(const Json& json, double& value) const {
    if (!json.is_null()) value = json.get<double>();
  }
  void operator()(const Json& json, Choice& choice) const {
    choice = {json.at(0).get<WorkerId>(), json.at(1).get<bool>(), 0};
  }
  void operator()(const Json& json, Schedule& schedule) const {
    schedule = std::get<Schedule>(parse_schedule(json.get<std::string>()));
  }
};

template <class T>
T read(const Json& json) {
  T value;
  Read()(json, value);
  return value;
}

}  // namespace

Json to_json(const ExploreRequest& request) { return Write()(request); }
Json to_json(const ExploreProgress& progress) { return Write()(progress); }
Json to_json(const ExploreReport& report) { return Write()(report); }
Json to_json(const LookAhead& answer) { return Write()(answer); }
Json to_json(const std::vector<Choice>& choices) { return Write()(choices); }

ExploreRequest request_from(const Json& json) { return read<ExploreRequest>(json); }
ExploreProgress progress_from(const Json& json) { return read<ExploreProgress>(json); }
ExploreReport report_from(const Json& json) { return read<ExploreReport>(json); }
LookAhead look_ahead_from(const Json& json) { return read<LookAhead>(json); }
std::vector<Choice> choices_from(const Json& json) { return read<std::vector<Choice>>(json); }

}  // namespace lockstep::wire
