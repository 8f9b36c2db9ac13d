#include "core/session/explore_request.hpp"

namespace lockstep {

std::variant<ExploreRequest, std::string> filled_in(const ExploreRequest& asked) {
  const Scenario* scenario = find_scenario(asked.scenario);
  if (scenario == nullptr) return unknown_scenario_message(asked.scenario);
  const auto checked = make_setup(*scenario, asked.variant, asked.params, ParamDefaults::step);
  if (const auto* sentence = std::get_if<std::string>(&checked)) return *sentence;
  const Setup& setup = std::get<Setup>(checked);
  ExploreRequest request = asked;
  request.variant = setup.variant();
  for (const Param& param : scenario->params)
    request.params[std::string(param.name)] = std::to_string(setup.param(param.name));
  return request;
}

}  // namespace lockstep
