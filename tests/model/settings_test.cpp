#include "app/model/settings.hpp"

#include <random>

#include "tests/catch.hpp"

using namespace lockstep;

namespace {

Settings unusual() {
  Settings s;
  s.language = Language::zh;
  s.theme = ThemeName::projector;
  s.font_scale = 1.75;
  s.speed = 16;
  s.panes = {300, 512.5, 250};
  s.window = {10, 20, 1920, 1080, true};
  s.scenario = "hotdog";
  s.path = "week";
  s.right_tab = "listing";
  s.bottom_tab = "findings";
  s.choices["hotdog"] = {"no-ending", {{"shops", "5"}}, {{"shops", "2"}}};
  return s;
}

}  // namespace

TEST_CASE("settings survive being written and read") {
  for (const Settings& settings : {Settings{}, unusual()}) {
    const ReadSettings read = settings_from_json(to_json(settings));
    CHECK_FALSE(read.damaged);
    CHECK(read.settings == settings);
  }
}

TEST_CASE("what is no JSON object counts as damaged and gives the defaults") {
  for (const char* text : {"", "{", "[]", "42", "null", "not json", "{\"language\": \"zh\""}) {
    const ReadSettings read = settings_from_json(text);
    CHECK(read.damaged);
    CHECK(read.settings == Settings{});
  }
}

TEST_CASE("members of a wrong type or out of range do no harm") {
  const ReadSettings read =
      settings_from_json(R"({"language": 7, "theme": "pink", "font_scale": 1e9, "speed": -4,
    "panes": "wide", "window": {"width": -100, "height": 1e300}, "choices": [1], "progress": {"x": 3},
    "scenario": {"a": 1}, "unknown": true})");
  CHECK_FALSE(read.damaged);
  CHECK(read.settings.language == Language::en);
  CHECK(read.settings.theme == ThemeName::dark);
  CHECK(read.settings.font_scale == kMaxFontScale);
  CHECK(read.settings.speed == 0.25);
  CHECK(read.settings.panes == PaneSizes{});
  CHECK(read.settings.window.width == 320);
  CHECK(read.settings.window.height == 16000);
  CHECK(read.settings.choices.empty());
  CHECK(read.settings.scenario.empty());
}

TEST_CASE("a settings text with any byte changed or cut is read without harm") {
  const std::string text = to_json(unusual());
  std::mt19937 random(9);
  for (int i = 0; i < 3000; ++i) {
    std::string broken = text;
    broken[std::uniform_int_distribution<std::size_t>(0, text.size() - 1)(random)] =
        static_cast<char>(std::uniform_int_distribution<int>(0, 255)(random));
    if (i % 3 == 0) broken.resize(std::uniform_int_distribution<std::size_t>(0, text.size())(random));
    const Settings settings = settings_from_json(broken).settings;
    CHECK(settings.font_scale >= kMinFontScale);
    CHECK(settings.font_scale <= kMaxFontScale);
    CHECK(settings.window.width >= 320);
  }
}
