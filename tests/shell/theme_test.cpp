#include "app/shell/theme.hpp"

#include <set>

#include "assets/resources.hpp"
#include "tests/catch.hpp"

using namespace lockstep;

namespace {
constexpr ThemeName kThemes[] = {ThemeName::dark, ThemeName::light, ThemeName::projector};
}

TEST_CASE("text can be read on every surface of every theme") {
  for (const ThemeName name : kThemes) {
    const Theme& t = theme_named(name);
    INFO("theme " << name_of(name));
    for (const Color surface :
         {t.background, t.panel, t.header, t.lane_odd, t.lane_even, t.card, t.field, t.popup}) {
      CHECK(contrast(t.text, surface) >= 7);
      CHECK(contrast(t.text_dim, surface) >= 4.5);
      CHECK(contrast(t.text_faint, surface) >= 3.5);
      CHECK(contrast(t.error, surface) >= 4.5);
      CHECK(contrast(t.warning, surface) >= 4.5);
      CHECK(contrast(t.ok, surface) >= 4.5);
      CHECK(contrast(t.accent_text, surface) >= 4.5);
    }
    for (const Color button : {t.button, t.selection})
      CHECK(contrast(t.text, button) >= 4.5);
    for (const Color filled : {t.accent, t.danger, t.good})
      CHECK(contrast(readable_on(filled), filled) >= 4.5);
  }
}

TEST_CASE("workers differ from the lane and badges can be read") {
  for (const ThemeName name : kThemes) {
    const Theme& t = theme_named(name);
    INFO("theme " << name_of(name));
    for (WorkerId id = 0; id < 40; ++id) {
      INFO("worker " << id);
      CHECK(contrast(t.worker(id), t.lane_even) >= 2);
      CHECK(contrast(readable_on(t.worker(id)), t.worker(id)) >= 4);
    }
  }
}

TEST_CASE("the first sixteen workers have different hues") {
  for (const ThemeName name : kThemes) {
    std::set<Color> seen;
    for (WorkerId id = 0; id < 16; ++id)
      CHECK(seen.insert(theme_named(name).worker(id)).second);
  }
}

TEST_CASE("a malformed theme is refused with the name of the colour") {
  std::string text(find_resource("assets/themes/dark.json").value());
  std::string error;
  REQUIRE(parse_theme(text, error));
  for (const char* bad : {"\"#12\"", "\"red\"", "7", "\"#12345g\""}) {
    std::string broken = text;
    const auto at = broken.find("\"text\": ") + 8;
    broken.replace(at, 9, bad);
    CHECK_FALSE(parse_theme(broken, error));
    CHECK_THAT(error, ContainsSubstring("\"text\""));
  }
  CHECK_FALSE(parse_theme("[]", error));
}
