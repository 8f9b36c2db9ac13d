#include "app/model/line_words.hpp"

#include <fmt/format.h>

namespace lockstep {

std::string tell(const LineStop& stop, const TraceStore& store, Language language) {
  const bool chinese = language == Language::zh;
  const auto say = [&](const char* english, const char* zh, const auto&... values) {
    return fmt::format(fmt::runtime(chinese ? zh : english), values...);
  };
  if (stop.found) {
    return say("Stopped on the way to line {}, because something was found: {}.",
               "还没到第 {} 行就停下了，因为有了发现：{}。", stop.line, heading(*stop.found, language));
  }
  if (stop.worker != kNoWorker && store.has_worker(stop.worker)) {
    return say("Line {}: {} is about to execute it.", "第 {} 行：{} 即将执行这一行。", stop.line,
               store.workers()[stop.worker].name);
  }
  if (stop.phase == RunPhase::ended) {
    return say("The run has ended. On this way nobody came to line {}.",
               "程序结束了。这一路上没有谁走到第 {} 行。", stop.line);
  }
  if (stop.phase == RunPhase::stuck) {
    return say("Nobody can move any more. On this way nobody came to line {}.",
               "谁也走不动了。这一路上没有谁走到第 {} 行。", stop.line);
  }
  return say("Stopped before anybody came to line {}.", "还没有谁走到第 {} 行就停下了。", stop.line);
}

std::string why_no_cursor(bool nothing_marked, Language language) {
  const bool chinese = language == Language::zh;
  if (nothing_marked) {
    return chinese ? "请先点击代码的行号，或在时间线上选一个时刻，再按 U 走到那里。"
                   : "Click a line number in the code, or a moment on the timeline; U then goes there.";
  }
  return chinese ? "已经没有谁走得动了。请先退回去（←），再走到那一行。"
                 : "Nobody can go on any more. Go back first (←), then run to the line.";
}

}  // namespace lockstep
