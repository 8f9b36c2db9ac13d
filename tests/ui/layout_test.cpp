// Nothing overlaps and nothing is cut off, at the sizes, scales and languages that the program is used with.
#include <vector>

#include "tests/catch.hpp"
#include "tests/trace/random_trace.hpp"
#include "tests/ui/driver.hpp"

using namespace lockstep;
using test::Driver;

namespace {

struct Named {
  std::string id;
  WidgetBox box;
};

std::vector<Named> with_prefix(Driver& driver, const std::string& prefix) {
  std::vector<Named> result;
  for (const auto& [id, box] : driver.widgets().all()) {
    if (id.starts_with(prefix)) result.push_back({id, box});
  }
  return result;
}

bool overlap(const WidgetBox& a, const WidgetBox& b) {
  const float slack = 0.5F;
  return a.x0 < b.x1 - slack && b.x0 < a.x1 - slack && a.y0 < b.y1 - slack && b.y0 < a.y1 - slack;
}

void check_row(Driver& driver, const std::string& prefix, bool may_be_empty = false) {
  const auto row = with_prefix(driver, prefix);
  REQUIRE((may_be_empty || !row.empty()));
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  for (std::size_t i = 0; i < row.size(); ++i) {
    INFO(row[i].id);
    CHECK_FALSE(row[i].box.clipped);
    CHECK(row[i].box.x0 >= 0);
    CHECK(row[i].box.x1 <= display.x);
    for (std::size_t k = i + 1; k < row.size(); ++k) {
      INFO(row[k].id);
      CHECK_FALSE(overlap(row[i].box, row[k].box));
    }
  }
}

struct Size {
  int width, height;
  double scale;
};

}  // namespace

TEST_CASE("the transport fits its bar for every scenario and variant, at every usual size") {
  for (const Size size : {Size{1366, 768, 1},
                          {1280, 720, 1},
                          {1920, 1080, 1},
                          {1920, 1080, 1.5},
                          {3840, 2160, 2},
                          {1024, 700, 1},
                          {640, 480, 1},
                          {1366, 768, 1.25},
                          {1366, 768, 2}}) {
    for (const Language language : {Language::en, Language::zh}) {
      Settings settings;
      settings.language = language;
      settings.font_scale = size.scale;
      Driver driver(size.width, size.height, settings);
      INFO(size.width << "x" << size.height << " at " << size.scale << " " << name_of(language));
      check_row(driver, "transport.");
      for (const Scenario* scenario : all_scenarios()) {
        INFO(scenario->id);
        driver.model.apply(ChooseScenario{std::string(scenario->id)});
        driver.frames(2);
        check_row(driver, "transport.");
        check_row(driver, "tab.", true);
      }
      driver.model.apply(ChooseScenario{"condition-buffer"});  // the longest names
      driver.model.apply(SetMode{RunMode::step});
      driver.frames(2);
      check_row(driver, "transport.");
    }
  }
}

TEST_CASE("the numbers of a program stand in the bar wherever there is room for them") {
  for (const bool steps : {false, true}) {
    for (const int width : {1600, 1920}) {
      Driver driver(width, 900);
      driver.model.apply(ChooseScenario{"hotdog"});
      if (steps) driver.model.apply(SetMode{RunMode::step});
      driver.frames(3);
      INFO(width << (steps ? " in steps" : " live"));
      CHECK(driver.widget("transport.params").label.find(driver.model.params().begin()->second) !=
            std::string::npos);
      check_row(driver, "transport.");
    }
  }
}

TEST_CASE("frames are built with any trace at any size, scale and theme") {
  for (const Size size : {Size{320, 240, 1}, {640, 400, 2.5}, {1366, 768, 0.75}, {3840, 2160, 2.5}}) {
    for (std::size_t theme = 0; theme < kThemeCount; ++theme) {
      Settings settings;
      settings.theme = static_cast<ThemeName>(theme);
      settings.font_scale = size.scale;
      settings.language = theme == 1 ? Language::zh : Language::en;
      Driver driver(size.width, size.height, settings);
      test::RandomTrace random(static_cast<std::uint32_t>(theme), 40);
      random.grow(5000);
      driver.model.run.show(random.builder().take());
      driver.frames(2);
      for (const Action action : {Action::zoom_in, Action::compact_lanes, Action::pan_left, Action::step_back,
                                  Action::help, Action::debug_overlay, Action::find_in_run, Action::close}) {
        driver.model.apply(action);
        driver.frames(2);
      }
      CHECK(driver.widgets().find("timeline.area") != nullptr);
    }
  }
}

TEST_CASE("changing language, theme and size of the text takes effect in the next frame") {
  Driver driver;
  const std::string english = driver.widget("transport.run").label;
  const float height = driver.widget("transport.run").height();
  driver.model.apply(Action::language);
  driver.frames(2);
  CHECK(driver.widget("transport.run").label != english);
  driver.model.apply(SetFontScale{2});
  driver.frames(2);
  CHECK(driver.widget("transport.run").height() == Catch::Approx(2 * height).margin(4));
  driver.model.apply(Action::language);
  driver.model.apply(SetFontScale{1});
  driver.frames(2);
  CHECK(driver.widget("transport.run").label == english);
  CHECK(driver.widget("transport.run").height() == height);
}
