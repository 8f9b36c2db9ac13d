#include "app/model/lesson_names.hpp"

namespace lockstep {

std::string variant_name(const Lesson& lesson, std::string_view variant) {
  const auto it = lesson.variants.find(variant);
  return it == lesson.variants.end() || it->second.title.empty() ? std::string(variant) : it->second.title;
}

std::string param_name(const Lesson& lesson, std::string_view param) {
  const auto it = lesson.params.find(param);
  return it == lesson.params.end() ? std::string(param) : it->second;
}

namespace {

/// `word` of each param that has a value, with dots between.
template <class Word>
std::string dotted(const Scenario& scenario, const TypedParams& params, Word word) {
  std::string text;
  for (const Param& param : scenario.params) {
    const auto value = params.find(std::string(param.name));
    if (value != params.end()) text += (text.empty() ? "" : " · ") + word(param, value->second);
  }
  return text;
}

}  // namespace

std::string params_text(const Lesson& lesson, const Scenario& scenario, const TypedParams& params) {
  return dotted(scenario, params, [&](const Param& param, const std::string& value) {
    return param_name(lesson, param.name) + " " + value;
  });
}

std::string param_values(const Scenario& scenario, const TypedParams& params) {
  return dotted(scenario, params, [](const Param&, const std::string& value) { return value; });
}

}  // namespace lockstep
