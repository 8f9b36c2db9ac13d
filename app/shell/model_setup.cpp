#include "app/shell/model_setup.hpp"

#include "core/trace/file.hpp"

namespace lockstep {

std::optional<std::string> check_choice(const std::string& scenario, const std::string& variant,
                                        const std::map<std::string, std::string>& params) {
  if (scenario.empty()) return std::nullopt;
  const Scenario* found = find_scenario(scenario);
  if (!found) return unknown_scenario_message(scenario);
  const auto setup = make_setup(*found, variant, params, ParamDefaults::live);
  if (const auto* sentence = std::get_if<std::string>(&setup)) return *sentence;
  return std::nullopt;
}

void apply_choice(AppModel& model, const std::string& scenario, const std::string& variant,
                  const std::map<std::string, std::string>& params) {
  if (scenario.empty()) return;
  model.apply(ChooseScenario{scenario});
  if (!variant.empty()) model.apply(ChooseVariant{variant});
  for (const auto& [name, value] : params)
    model.apply(ChooseParam{name, value});
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
    apply_choice(model, info.scenario, info.variant, params);
  }
  model.timeline.reset();
  model.run.show(std::move(store));
  return std::nullopt;
}

}  // namespace lockstep
