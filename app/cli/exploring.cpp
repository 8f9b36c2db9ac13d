#include "app/cli/exploring.hpp"

#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "app/cli/failure.hpp"
#include "app/cli/interrupts.hpp"

namespace lockstep::cli {
namespace {

constexpr int kLookEveryMs = 50;
constexpr std::chrono::milliseconds kLineEvery{100};

std::string phase_of(const ExploreProgress& progress, Language language) {
  const auto first = static_cast<int>(Text::explore_random);
  const auto text = static_cast<Text>(first + static_cast<int>(progress.phase));
  return say(language, text, progress.bound);
}

/// A line that is written over and over, if somebody watches.
class ProgressLine {
 public:
  explicit ProgressLine(Language language) : language_(language) {}
  ~ProgressLine() {
    if (shown_) std::fputs("\r\x1b[K", stderr);
  }

  void show(const ExploreProgress& progress) {
    const auto now = std::chrono::steady_clock::now();
    if (!terminal_ || now < next_) return;
    next_ = now + kLineEvery;
    std::string text = say(language_, Text::explore_progress, phase_of(progress, language_),
                           progress.schedules, progress.failing, progress.states, progress.seconds);
    if (progress.fraction > 0) text += say(language_, Text::explore_fraction, 100 * progress.fraction);
    fmt::print(stderr, "\r\x1b[K{}", text);
    std::fflush(stderr);
    shown_ = true;
  }

 private:
  Language language_;
  bool terminal_ = isatty(STDERR_FILENO) == 1;
  bool shown_ = false;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace

Explored explore_and_wait(const ExploreRequest& request, Language language) {
  auto started = Exploration::start(request);
  if (const auto* sentence = std::get_if<std::string>(&started)) fail_sandbox(*sentence);
  Exploration& exploration = *std::get<std::unique_ptr<Exploration>>(started);
  Explored result;
  ProgressLine line(language);
  while (exploration.report() == nullptr) {
    if (caught_signal() != 0 && result.signal == 0) {
      result.signal = caught_signal();
      exploration.cancel();
    }
    if (exploration.poll()) {
      line.show(exploration.progress());
    } else {
      exploration.wait(kLookEveryMs);
    }
  }
  result.request = exploration.request();
  result.report = *exploration.report();
  return result;
}

}  // namespace lockstep::cli
