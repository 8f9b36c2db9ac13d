#include "app/model/settings.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

namespace lockstep {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, kThemeCount> kThemes{"dark", "light", "projector"};
constexpr std::array<std::string_view, 2> kLanguages{"en", "zh"};

/// The member of an object, or null.
const json& member(const json& object, const char* name) {
  static const json kNull;
  if (!object.is_object()) return kNull;
  const auto it = object.find(name);
  return it == object.end() ? kNull : *it;
}

void read(const json& object, const char* name, bool& out) {
  if (const json& value = member(object, name); value.is_boolean()) out = value.get<bool>();
}

void read(const json& object, const char* name, std::string& out) {
  if (const json& value = member(object, name); value.is_string()) out = value.get<std::string>();
}

void read(const json& object, const char* name, double& out, double min, double max) {
  const json& value = member(object, name);
  if (!value.is_number()) return;
  const double number = value.get<double>();
  if (std::isfinite(number)) out = std::clamp(number, min, max);
}

void read(const json& object, const char* name, int& out, int min, int max) {
  double number = out;
  read(object, name, number, min, max);
  out = static_cast<int>(std::lround(number));
}

template <class Enum, std::size_t N>
void read(const json& object, const char* name, Enum& out, const std::array<std::string_view, N>& names) {
  std::string text;
  read(object, name, text);
  const auto it = std::ranges::find(names, text);
  if (it != names.end()) out = static_cast<Enum>(it - names.begin());
}

PaneSizes read_panes(const json& object) {
  PaneSizes panes;
  read(object, "left", panes.left, 100, 4000);
  read(object, "right", panes.right, 100, 4000);
  read(object, "bottom", panes.bottom, 60, 4000);
  return panes;
}

WindowPlace read_window(const json& object) {
  WindowPlace window;
  read(object, "x", window.x, -1, 32000);
  read(object, "y", window.y, -1, 32000);
  read(object, "width", window.width, 320, 16000);
  read(object, "height", window.height, 240, 16000);
  read(object, "maximized", window.maximized);
  return window;
}

std::map<std::string, std::string> read_params(const json& object) {
  std::map<std::string, std::string> params;
  if (!object.is_object()) return params;
  for (const auto& [name, value] : object.items()) {
    if (value.is_string()) params[name] = value.get<std::string>();
  }
  return params;
}

ScenarioChoice read_choice(const json& object) {
  ScenarioChoice choice;
  read(object, "variant", choice.variant);
  choice.params = read_params(member(object, "params"));
  choice.step_params = read_params(member(object, "step_params"));
  return choice;
}

}  // namespace

std::string_view name_of(ThemeName theme) noexcept { return kThemes[static_cast<std::size_t>(theme)]; }
std::string_view name_of(Language language) noexcept {
  return kLanguages[static_cast<std::size_t>(language)];
}

std::string to_json(const Settings& settings) {
  const auto& [left, right, bottom] = settings.panes;
  const WindowPlace& place = settings.window;
  json root{{"language", name_of(settings.language)},
            {"theme", name_of(settings.theme)},
            {"font_scale", settings.font_scale},
            {"speed", settings.speed},
            {"panes", {{"left", left}, {"right", right}, {"bottom", bottom}}},
            {"window",
             {{"x", place.x},
              {"y", place.y},
              {"width", place.width},
              {"height", place.height},
              {"maximized", place.maximized}}},
            {"scenario", settings.scenario},
            {"path", settings.path},
            {"right_tab", settings.right_tab},
            {"bottom_tab", settings.bottom_tab},
            {"choices", json::object()}};
  for (const auto& [id, choice] : settings.choices) {
    root["choices"][id] = {
        {"variant", choice.variant}, {"params", choice.params}, {"step_params", choice.step_params}};
  }
  return root.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

ReadSettings settings_from_json(std::string_view text) {
  const json root = json::parse(text, nullptr, false);
  if (!root.is_object()) return {.settings = {}, .damaged = true};
  Settings settings;
  read(root, "language", settings.language, kLanguages);
  read(root, "theme", settings.theme, kThemes);
  read(root, "font_scale", settings.font_scale, kMinFontScale, kMaxFontScale);
  read(root, "speed", settings.speed, 0.25, 64);
  settings.panes = read_panes(member(root, "panes"));
  settings.window = read_window(member(root, "window"));
  read(root, "scenario", settings.scenario);
  read(root, "path", settings.path);
  read(root, "right_tab", settings.right_tab);
  read(root, "bottom_tab", settings.bottom_tab);
  if (const json& choices = member(root, "choices"); choices.is_object()) {
    for (const auto& [id, value] : choices.items())
      settings.choices[id] = read_choice(value);
  }
  return {.settings = std::move(settings), .damaged = false};
}

}  // namespace lockstep
