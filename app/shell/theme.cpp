#include "app/shell/theme.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "assets/resources.hpp"

namespace lockstep {
namespace {

struct Entry {
  const char* name;
  Color Theme::*member;
};

constexpr Entry kEntries[] = {
    {"background", &Theme::background},
    {"panel", &Theme::panel},
    {"header", &Theme::header},
    {"lane_odd", &Theme::lane_odd},
    {"lane_even", &Theme::lane_even},
    {"card", &Theme::card},
    {"field", &Theme::field},
    {"popup", &Theme::popup},
    {"border", &Theme::border},
    {"border_strong", &Theme::border_strong},
    {"grid", &Theme::grid},
    {"text", &Theme::text},
    {"text_dim", &Theme::text_dim},
    {"text_faint", &Theme::text_faint},
    {"button", &Theme::button},
    {"button_hovered", &Theme::button_hovered},
    {"button_active", &Theme::button_active},
    {"accent", &Theme::accent},
    {"accent_text", &Theme::accent_text},
    {"selection", &Theme::selection},
    {"line_mark", &Theme::line_mark},
    {"danger", &Theme::danger},
    {"good", &Theme::good},
    {"ok", &Theme::ok},
    {"warning", &Theme::warning},
    {"error", &Theme::error},
    {"hatch", &Theme::hatch},
    {"hatch_back", &Theme::hatch_back},
    {"arrow", &Theme::arrow},
    {"playhead", &Theme::playhead},
    {"plot", &Theme::plot},
    {"plot_fill", &Theme::plot_fill},
    {"limit", &Theme::limit},
    {"measure", &Theme::measure},
    {"code_keyword", &Theme::code_keyword},
    {"code_text", &Theme::code_text},
    {"code_comment", &Theme::code_comment},
    {"code_number", &Theme::code_number},
};

constexpr std::uint32_t channel(Color color, int index) { return (color >> (8 * index)) & 0xFFU; }

constexpr Color color_of(std::uint32_t r, std::uint32_t g, std::uint32_t b, std::uint32_t a) {
  return r | g << 8 | b << 16 | a << 24;
}

double luminance(Color color) {
  const auto linear = [](std::uint32_t byte) {
    const double c = byte / 255.0;
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(channel(color, 0)) + 0.7152 * linear(channel(color, 1)) +
         0.0722 * linear(channel(color, 2));
}

std::optional<Color> parse_color(const nlohmann::json& value) {
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  std::uint32_t rgb = 0;
  if (text.size() != 7 || text[0] != '#') return std::nullopt;
  const auto [end, code] = std::from_chars(text.data() + 1, text.data() + 7, rgb, 16);
  if (code != std::errc() || end != text.data() + 7) return std::nullopt;
  return color_of(rgb >> 16, (rgb >> 8) & 0xFF, rgb & 0xFF, 0xFF);
}

Theme load(ThemeName name) {
  const std::string path = fmt::format("assets/themes/{}.json", name_of(name));
  std::string error = "it is not embedded";
  const auto text = find_resource(path);
  const auto theme = text ? parse_theme(*text, error) : std::nullopt;
  if (!theme) {  // embedded at build time and tested: cannot happen in a program that was built
    std::fprintf(stderr, "%s: %s\n", path.c_str(), error.c_str());
    std::abort();
  }
  return *theme;
}

}  // namespace

Color faded(Color color, float alpha) {
  const auto a = static_cast<float>(channel(color, 3)) * std::clamp(alpha, 0.0F, 1.0F);
  return (color & 0x00FFFFFFU) | static_cast<std::uint32_t>(std::lround(a)) << 24;
}

Color mixed(Color a, Color b, float amount) {
  const auto mix = [&](int index) {
    const auto from = static_cast<float>(channel(a, index));
    const auto to = static_cast<float>(channel(b, index));
    return static_cast<std::uint32_t>(std::lround(from + (to - from) * std::clamp(amount, 0.0F, 1.0F)));
  };
  return color_of(mix(0), mix(1), mix(2), channel(a, 3));
}

Color readable_on(Color background) {
  constexpr Color kBlack = color_of(0x12, 0x14, 0x18, 0xFF);
  constexpr Color kWhite = color_of(0xFF, 0xFF, 0xFF, 0xFF);
  return contrast(kBlack, background) >= contrast(kWhite, background) ? kBlack : kWhite;
}

double contrast(Color a, Color b) {
  const double la = luminance(a);
  const double lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

Color Theme::worker(WorkerId id) const {
  if (id == kMainWorker) return workers[0];
  if (id >= kMaxWorkers) return text_faint;
  const std::size_t turn = static_cast<std::size_t>(id - 1) / (kHues - 1);
  const Color hue = workers[1 + static_cast<std::size_t>(id - 1) % (kHues - 1)];
  if (turn == 0) return hue;
  // Later turns take the same hues in other shades, so that neighbours in the list still differ.
  return mixed(hue, text, std::min(0.3F * static_cast<float>(turn), 0.6F));
}

Color Theme::worker_dim(WorkerId id) const { return mixed(worker(id), background, 0.53F); }

std::optional<Theme> parse_theme(std::string_view json, std::string& error) {
  const auto root = nlohmann::json::parse(json, nullptr, false);
  if (!root.is_object()) {
    error = "A theme is a JSON object of colours such as \"text\": \"#e6e9ee\".";
    return std::nullopt;
  }
  Theme theme;
  for (const Entry& entry : kEntries) {
    const auto color = root.contains(entry.name) ? parse_color(root[entry.name]) : std::nullopt;
    if (!color) {
      error = fmt::format("The colour \"{}\" is missing or not of the form \"#e6e9ee\".", entry.name);
      return std::nullopt;
    }
    theme.*entry.member = *color;
  }
  const auto hues = root.find("workers");
  if (hues == root.end() || !hues->is_array() || hues->size() != Theme::kHues) {
    error = fmt::format("\"workers\" must be a list of {} colours.", Theme::kHues);
    return std::nullopt;
  }
  for (std::size_t i = 0; i < Theme::kHues; ++i) {
    const auto color = parse_color((*hues)[i]);
    if (!color) {
      error = fmt::format("Colour {} of \"workers\" is not of the form \"#e6e9ee\".", i + 1);
      return std::nullopt;
    }
    theme.workers[i] = *color;
  }
  return theme;
}

const Theme& theme_named(ThemeName name) {
  static const std::array<Theme, kThemeCount> kThemes{load(ThemeName::dark), load(ThemeName::light),
                                                      load(ThemeName::projector)};
  return kThemes[static_cast<std::size_t>(name)];
}

}  // namespace lockstep
