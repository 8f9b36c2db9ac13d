#include "app/shell/model_setup.hpp"

#include "core/trace/file.hpp"

namespace lockstep {

std::optional<std::string> check_choice(const AskedFor& asked) {
  if (asked.scenario.empty()) return std::nullopt;
  const Scenario* found = find_scenario(asked.scenario);
  if (!found) return unknown_scenario_message(asked.scenario);
  const auto defaults = asked.mode == RunMode::step ? ParamDefaults::step : ParamDefaults::live;
  const auto setup = make_setup(*found, asked.variant, asked.params, defaults);
  if (const auto* sentence = std::get_if<std::string>(&setup)) return *sentence;
  return std::nullopt;
}

void apply_choice(AppModel& model, const AskedFor& asked) {
  if (asked.scenario.empty()) return;
  model.apply(ChooseScenario{asked.scenario});
  if (!asked.variant.empty()) model.apply(ChooseVariant{asked.variant});
  model.apply(SetMode{asked.mode});  // the params are those of the mode
  for (const auto& [name, value] : asked.params)
    model.apply(ChooseParam{name, value});
  std::uint64_t seed = asked.seed;
  if (asked.policy) {
    model.apply(ChoosePolicy{asked.policy->kind, asked.policy->depth});
    if (seed == 0 && asked.policy->seed != PolicySpec{}.seed) seed = asked.policy->seed;
  }
  model.apply(ChooseSeed{seed});
}

std::optional<std::string> show_trace(AppModel& model, const std::string& path) {
  auto loaded = load_trace(path);
  if (const auto* error = std::get_if<TraceFileError>(&loaded)) return error->message;
  auto& store = std::get<TraceStore>(loaded);
  const RunInfo& info = store.run();
  if (find_scenario(info.scenario)) {
    std::map<std::string, std::string> params;
    for (const auto& [name, value] : info.params)
      params[name] = std::to_string(value);
    apply_choice(model, {.scenario = info.scenario, .variant = info.variant, .params = params});
  }
  model.timeline.reset();
  model.run.show(std::move(store));
  return std::nullopt;
}

}  // namespace lockstep
