// lockstep screenshot: what the window shows, as a PNG.
#include <fmt/format.h>

#include <charconv>
#include <cstdlib>

#include "app/cli/commands.hpp"
#include "app/cli/failure.hpp"
#include "app/cli/language.hpp"
#include "app/cli/request.hpp"
#include "app/cli/schedule_input.hpp"
#include "app/cli/target.hpp"
#include "app/shell/window.hpp"

namespace lockstep::cli {
namespace {

constexpr OptionSpec kOut{"OUT.png", "FILE", "The picture to write", "要写的图片"};
constexpr OptionSpec kSize{"--size", "WIDTHxHEIGHT",
                           "Size of the window: 320x240 to 7680x4320 (default 1366x768)",
                           "窗口大小：320x240 到 7680x4320（默认 1366x768）"};
constexpr OptionSpec kTheme{"--theme", "dark|light|projector", "Colours (default dark)", "配色（默认 dark）"};
constexpr OptionSpec kAt{"--at", "SECONDS",
                         "Moment of the run, in run time (default: when it has ended or is stuck)",
                         "运行时间中的哪一刻（默认：结束或卡住时）"};
constexpr OptionSpec kSchedule{"--schedule", "FILE",
                               "In steps, where this schedule leads: LS1 …, or a file that holds one",
                               "单步运行到这个调度为止：LS1 …，或装有调度的文件"};
constexpr const char* kExample = "lockstep screenshot deadlock deadlock.png";
constexpr const char* kScheduleExample = "lockstep screenshot deadlock deadlock.png --schedule bug.txt";
constexpr double kLatest = 3600;

struct Size {
  int width = 1366;
  int height = 768;
};
constexpr Size kSmallest{320, 240};
constexpr Size kLargest{7680, 4320};

void declare_options(CLI::App& app) {
  declare(app, option::kId);
  declare(app, kOut);
  declare_run_options(app);
  for (const OptionSpec& spec :
       {option::kMode, option::kPolicy, kSchedule, option::kSeed, kAt, kSize, kTheme, option::kLang})
    declare(app, spec);
}

/// "1366x768"
std::optional<Size> parsed_size(const std::string& text) {
  Size size;
  const char* end = text.data() + text.size();
  const auto width = std::from_chars(text.data(), end, size.width);
  if (width.ec != std::errc{} || width.ptr == end || *width.ptr != 'x') return std::nullopt;
  const auto height = std::from_chars(width.ptr + 1, end, size.height);
  if (height.ec != std::errc{} || height.ptr != end) return std::nullopt;
  const bool fits = size.width >= kSmallest.width && size.width <= kLargest.width &&
                    size.height >= kSmallest.height && size.height <= kLargest.height;
  return fits ? std::optional(size) : std::nullopt;
}

Size size_from(const Arguments& arguments) {
  const auto typed = arguments.text(kSize);
  if (!typed) return {};
  if (const auto size = parsed_size(*typed)) return *size;
  fail_usage(Text::bad_size, in_quotes(*typed), kSmallest.width, kSmallest.height, kLargest.width,
             kLargest.height);
}

std::string out_from(const Arguments& arguments) {
  const std::string path = arguments.required(kOut, kExample);
  if (!path.ends_with(".png")) fail_usage(Text::bad_png, in_quotes(path), kExample);
  check_target("OUT.png", path);
  return path;
}

bool has_display() {
  const auto is_set = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
  };
  return is_set("DISPLAY") || is_set("WAYLAND_DISPLAY");
}

/// The schedule that --schedule names, which says all but the language and the looks.
void take_schedule(const Arguments& arguments, ScreenshotOptions& options) {
  const auto typed = arguments.text(kSchedule);
  if (!typed) return;
  for (const OptionSpec& spec : {option::kVariant, option::kParam, option::kSeed, option::kPolicy}) {
    if (arguments.has(spec)) fail_usage(Text::bad_with_schedule, spec.name);
  }
  if (arguments.has(option::kMode) && options.mode == RunMode::live)
    fail_usage(Text::bad_with_schedule, "--mode live");
  const Schedule schedule = schedule_in({*typed}, kSchedule.name, kScheduleExample, options.language);
  if (schedule.scenario != options.scenario) {
    fail_usage(Text::bad_schedule_of, schedule.scenario, options.scenario, schedule.scenario, options.path);
  }
  options.mode = RunMode::step;
  options.schedule = to_text(schedule);
}

int run(const Arguments& arguments) {
  ScreenshotOptions options;
  options.language = chosen_language(arguments);
  options.theme = static_cast<ThemeName>(arguments.alternative(kTheme).value_or(0));
  const Size size = size_from(arguments);
  options.width = size.width;
  options.height = size.height;
  if (const auto at = arguments.real(kAt, 0, kLatest, "--at 0.5"))
    options.at = static_cast<RunTime>(*at * 1e9);
  options.seed = arguments.seed();
  options.mode = mode_from(arguments);
  options.policy = policy_from(arguments, "screenshot deadlock deadlock.png");
  RunRequest request =
      request_from(arguments, "screenshot", options.speed,
                   options.mode == RunMode::step ? ParamDefaults::step : ParamDefaults::live);
  options.path = out_from(arguments);
  options.scenario = std::move(request.scenario);
  options.variant = std::move(request.variant);
  options.params = std::move(request.params);
  options.speed = request.speed;
  take_schedule(arguments, options);
  if (options.at && options.mode == RunMode::step) fail_usage(Text::bad_at_in_steps);

  if (!has_display()) fail_sandbox(Text::no_display, options.scenario, options.path);
  if (const auto sentence = take_screenshot(options)) fail_sandbox(*sentence);
  return kOk;
}

}  // namespace

const Command kScreenshotCommand{"screenshot", Text::help_screenshot, Text::footer_screenshot,
                                 &declare_options, &run};

}  // namespace lockstep::cli
