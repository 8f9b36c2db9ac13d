#include "app/shell/window.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "app/model/fault_words.hpp"
#include "app/shell/debug_overlay.hpp"
#include "app/shell/frame_pacer.hpp"
#include "app/shell/gui_context.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/shell/model_setup.hpp"
#include "app/shell/progress_file.hpp"
#include "app/shell/settings_file.hpp"
#include "app/shell/state_dump.hpp"

namespace lockstep {
namespace {

constexpr double kSaveInterval = 2;     // seconds between looks at whether settings changed
constexpr double kBusyInterval = 0.05;  // while something goes on that may not wake the window

double milliseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value && value[0] != '\0')
      return std::string_view(value).starts_with("zh") ? Language::zh : Language::en;
  }
  return Language::en;
}

int complain(const std::string& sentence, int status) {
  std::fprintf(stderr, "lockstep: %s\n", sentence.c_str());
  return status;
}

class WindowLoop {
 public:
  WindowLoop(AppModel& model, GlWindow& window, SettingsFile& file, ProgressFile& progress)
      : model_(model), window_(window), file_(file), progress_(progress), gui_(model, &window) {
    window_.on_input = [this] { pacer_.note_input(); };
    window_.on_key = [this](const KeyPress& press) { return key(press); };
    for (const char* sentence : gui_.font_files().missing) {
      model_.notify(gui_.ui().tr(sentence), true);
      std::fprintf(stderr, "lockstep: %s\n", gui_.ui().tr(sentence));
    }
    if (!file_.kept_aside().empty()) {
      model_.notify(gui_.ui().tr("settings.damaged", file_.kept_aside()), true);
    }
    if (!progress_.kept_aside().empty()) {
      model_.notify(gui_.ui().tr("progress.damaged", progress_.kept_aside()), true);
    }
  }

  void run() {
    draw(window_.time());
    window_.show();
    while (!window_.should_close() && !model_.wants_to_quit) {
      window_.wait_events(timeout());
      const double now = window_.time();
      update(now);
      if (pacer_.should_draw(now)) draw(now);
      save(now);
    }
    model_.settings.window = window_.place();
    progress_.save(model_.learned);
    file_.save(model_.settings);
  }

 private:
  KeyEffect key(KeyPress press) {
    press.typing = Ui::typing() && !(press.code == key::kEscape && model_.overlays.have_field());
    if (press.code == key::kEscape && !press.typing && compat::close_popups()) return KeyEffect::none;
    if (const auto choice = let_go_for(press); choice && model_.mode() == RunMode::step) {
      model_.apply(*choice);
      return KeyEffect::none;
    }
    const auto action = action_for(press);
    if (!action) return KeyEffect::none;
    const bool opens = *action == Action::find_scenario || *action == Action::find_in_run ||
                       *action == Action::go_to_time || *action == Action::paste_schedule;
    model_.apply(*action);
    return opens ? KeyEffect::opens_field : KeyEffect::none;
  }

  double timeout() const {
    const bool busy = model_.run.is_live() && model_.run.phase() != RunPhase::ended;
    const bool batch = (model_.run.batch() && model_.run.batch()->running()) || model_.search.running() ||
                       (model_.step.active() && !model_.step.ready());
    const double wait = pacer_.timeout(window_.time());
    return busy || batch ? std::min(wait, kBusyInterval) : wait;
  }

  void update(double now) {
    if (model_.update(now - updated_)) pacer_.note_data();
    updated_ = now;
    // The clock of a run that goes moves the newest moment, so the picture changes even without events.
    const bool clock_visible = model_.run.is_going() && model_.at_newest();
    pacer_.set_moving(clock_visible || gui_.ui().wants_animation() || gui_.ui().misses_glyphs());
  }

  void draw(double now) {
    const auto start = std::chrono::steady_clock::now();
    gui_.set_content_scale(window_.content_scale());
    gui_.build(now - drawn_);
    const double build = milliseconds_since(start);
    const ImVec4 back = ImGui::ColorConvertU32ToFloat4(gui_.ui().theme().background);
    window_.clear(back.x, back.y, back.z);
    gui_.render();
    window_.swap();
    gui_.ui().state<FrameTimes>().add(static_cast<float>(build),
                                      static_cast<float>(milliseconds_since(start) - build));
    pacer_.drawn(window_.time());
    if (window_.has_keys()) pacer_.note_input();
    drawn_ = now;
    dump_state_if_asked(model_, gui_.ui());
  }

  void save(double now) {
    if (now - saved_ < kSaveInterval) return;
    saved_ = now;
    if (save_failed_) return;
    // The progress first: earlier versions kept it in the settings, from where it is then gone.
    if (!progress_.save(model_.learned)) return say_unwritable("progress.unwritable", progress_.path());
    if (!file_.save(model_.settings)) say_unwritable("settings.unwritable", file_.path());
  }

  void say_unwritable(const char* sentence, const std::string& path) {
    save_failed_ = true;
    model_.notify(gui_.ui().tr(sentence, path), true);
  }

  AppModel& model_;
  GlWindow& window_;
  SettingsFile& file_;
  ProgressFile& progress_;
  GuiContext gui_;
  FramePacer pacer_;
  double updated_ = 0, drawn_ = 0, saved_ = 0;
  bool save_failed_ = false;
};

}  // namespace

int run_window(const WindowOptions& options) {
  // Before the settings: of a damaged settings.json its progress may still be readable.
  ProgressFile progress;
  ProgressBook learned = progress.load();
  SettingsFile file;
  Settings settings = file.load();
  if (!file.existed()) settings.language = language_of_environment();
  if (options.language) settings.language = *options.language;
  const Translations& words = translations(settings.language);

  const auto refuse = [language = settings.language](const std::string& sentence) {
    return complain(tell_fault(sentence, language), 2);
  };
  if (const auto sentence = check_choice(options)) return refuse(*sentence);
  AppModel model(std::move(settings), &GlWindow::wake);
  model.learned = std::move(learned);
  if (options.speed) model.apply(SetSpeed{*options.speed});
  if (!options.trace_file.empty()) {
    if (const auto sentence = show_trace(model, options.trace_file)) return refuse(*sentence);
  }

  auto opened = GlWindow::open(model.settings.window, true);
  if (const auto* reason = std::get_if<NoWindow>(&opened)) {
    return complain(words.find(*reason == NoWindow::no_display ? "window.no_display" : "window.no_opengl"),
                    3);
  }
  GlWindow& window = *std::get<std::unique_ptr<GlWindow>>(opened);
  apply_choice(model, options);  // in steps the run starts, and wakes the window
  if (options.run) model.apply(Action::run_or_pause);
  WindowLoop(model, window, file, progress).run();
  model.run.clear();
  return 0;
}

}  // namespace lockstep
