#include <fmt/format.h>
#include <glad/gl.h>

#include <chrono>
#include <thread>
#include <vector>

#include "app/shell/gui_context.hpp"
#include "app/shell/model_setup.hpp"
#include "app/shell/png_file.hpp"
#include "app/shell/window.hpp"

namespace lockstep {
namespace {

using std::chrono::steady_clock;
constexpr std::chrono::seconds kLongestRun{60};
constexpr int kFrames = 8;  // until heights that depend on content have settled

/// A texture to draw into; its size does not depend on the screen.
class Canvas {
 public:
  Canvas(int width, int height) : width_(width), height_(height) {
    glGenFramebuffers(1, &framebuffer_);
    glGenTextures(1, &texture_);
    glBindTexture(GL_TEXTURE_2D, texture_);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_, 0);
  }
  ~Canvas() {
    glDeleteFramebuffers(1, &framebuffer_);
    glDeleteTextures(1, &texture_);
  }
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  bool complete() const { return glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE; }

  void clear(ImVec4 color) {
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
    glViewport(0, 0, width_, height_);
    glClearColor(color.x, color.y, color.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
  }

  /// The rows from the top, opaque.
  std::vector<std::uint8_t> pixels() const {
    const auto row = static_cast<std::size_t>(width_) * 4;
    std::vector<std::uint8_t> bottom_up(row * static_cast<std::size_t>(height_));
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, bottom_up.data());
    std::vector<std::uint8_t> result(bottom_up.size());
    for (std::size_t y = 0; y < static_cast<std::size_t>(height_); ++y) {
      std::copy_n(bottom_up.end() - static_cast<std::ptrdiff_t>((y + 1) * row), row,
                  result.begin() + static_cast<std::ptrdiff_t>(y * row));
    }
    for (std::size_t i = 3; i < result.size(); i += 4)
      result[i] = 0xFF;
    return result;
  }

 private:
  int width_, height_;
  GLuint framebuffer_ = 0, texture_ = 0;
};

Settings settings_of(const ScreenshotOptions& options) {
  Settings settings;
  settings.language = options.language;
  settings.theme = options.theme;
  settings.font_scale = options.font_scale;
  settings.speed = options.speed;
  settings.right_tab = options.right_tab;
  settings.bottom_tab = options.bottom_tab;
  settings.window.width = options.width;
  settings.window.height = options.height;
  return settings;
}

/// Steps to where the picture is taken. A sentence if that is not possible.
std::optional<std::string> play_in_steps(AppModel& model, const ScreenshotOptions& options) {
  if (!options.schedule.empty()) model.apply(LoadSchedule{options.schedule});
  const auto deadline = steady_clock::now() + kLongestRun;
  const auto settle = [&] {
    do {
      model.update(0.01);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    } while (!model.step.ready() && model.step.active() && steady_clock::now() < deadline);
  };
  settle();
  if (options.policy) {
    model.apply(Action::run_or_pause);
    settle();
  }
  // The look-ahead of the cards.
  while (model.search.looks() && !model.search.answer() && steady_clock::now() < deadline)
    settle();
  if (!model.notices.empty() && model.notices.back().error) return model.notices.back().text;
  return std::nullopt;
}

/// Lets the run go on until the moment of the picture. A sentence if it cannot be started.
std::optional<std::string> play(AppModel& model, const ScreenshotOptions& options) {
  RunRequest request = model.request();
  request.seed = options.seed;
  if (const auto sentence = model.run.start(request)) return sentence;
  const auto deadline = steady_clock::now() + kLongestRun;
  while (steady_clock::now() < deadline) {
    model.update(0.01);
    const auto phase = model.run.phase();
    if (phase == RunPhase::ended || phase == RunPhase::stuck) break;
    if (options.at && model.run.now() >= *options.at) {
      model.run.pause();
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  model.update(0.01);
  return std::nullopt;
}

std::optional<std::string> draw(AppModel& model, const ScreenshotOptions& options) {
  auto opened = GlWindow::open({.x = -1, .y = -1, .width = 640, .height = 400, .maximized = false}, false);
  if (const auto* reason = std::get_if<NoWindow>(&opened)) {
    const char* key = *reason == NoWindow::no_display ? "window.no_display" : "window.no_opengl";
    return translations(options.language).find(key);
  }
  GlWindow& window = *std::get<std::unique_ptr<GlWindow>>(opened);
  Canvas canvas(options.width, options.height);
  if (!canvas.complete()) return translations(options.language).find("window.no_opengl");
  GuiContext gui(model, &window);
  gui.set_size(options.width, options.height);
  for (int i = 0; i < kFrames; ++i) {
    model.update(0);
    gui.build(0.25);  // long enough that what glides arrives
    canvas.clear(ImGui::ColorConvertU32ToFloat4(gui.ui().theme().background));
    gui.render();
  }
  if (write_png(options.path, canvas.pixels(), options.width, options.height)) return std::nullopt;
  return fmt::format(fmt::runtime(translations(options.language).find("screenshot.unwritable")),
                     options.path);
}

}  // namespace

std::optional<std::string> take_screenshot(const ScreenshotOptions& options) {
  if (const auto sentence = check_choice(options)) return sentence;
  if (options.width < 320 || options.width > 7680 || options.height < 240 || options.height > 4320) {
    return fmt::format(fmt::runtime(translations(options.language).find("screenshot.bad_size")),
                       options.width, options.height);
  }
  AppModel model(settings_of(options));
  apply_choice(model, options);
  if (!options.trace_file.empty()) {
    if (const auto sentence = show_trace(model, options.trace_file)) return sentence;
  } else {
    const bool steps = options.mode == RunMode::step;
    if (const auto sentence = steps ? play_in_steps(model, options) : play(model, options)) return sentence;
  }
  return draw(model, options);
}

}  // namespace lockstep
