// The sentences about where a stepped run differs from the live run that it follows.
#include <fmt/format.h>

#include "core/session/live_order.hpp"

namespace lockstep {
namespace {

struct Sentences {
  std::string_view english;
  std::string_view chinese;
};

Sentences sentences_of(LiveDifference::Kind kind) {
  using enum LiveDifference::Kind;
  switch (kind) {
    case killed_from_outside:
      return {"The steps end before step {}: there {} was killed from outside, which no schedule can repeat.",
              "单步运行只能到第 {} 步之前：{} 在那里被外部杀死，任何调度都无法重现这一点。"};
    case after_signal:
      return {
          "The steps end before step {}: there {} went on after it had been sent a signal, and in steps it "
          "does not.",
          "单步运行只能到第 {} 步之前：{} 在收到信号之后又运行了一会儿，而在单步运行中不会这样。"};
    case too_long:
      return {"The steps end before step {}: a stepped run has no more. There {} would have gone on.",
              "单步运行只能到第 {} 步之前：步数已达上限。接下来本该轮到 {}。"};
    case impossible:
      return {"The steps differ from the live run from step {} on: {} cannot go on there.",
              "单步运行从第 {} 步起与实时运行不同：{} 在那里无法继续。"};
    case other_operation:
      return {
          "The steps differ from the live run from step {} on: {} does something else there. It depends on "
          "the clock, or on something that it looked at without a step.",
          "单步运行从第 {} 步起与实时运行不同：{} 在那里做了别的操作。"
          "它取决于时钟，或取决于不算一步的查看。"};
    case other_value:
      return {
          "The steps differ from the live run at step {}: what {} does there has another result. It "
          "depends on the clock, or on something that it looked at without a step.",
          "单步运行在第 {} 步与实时运行不同：{} 的操作得到了另一个结果。"
          "它取决于时钟，或取决于不算一步的查看。"};
  }
  return {};
}

std::string filled(std::string_view sentence, const LiveDifference& difference) {
  return fmt::format(fmt::runtime(sentence), difference.step + 1, difference.worker);
}

}  // namespace

std::string in_english(const LiveDifference& difference) {
  return filled(sentences_of(difference.kind).english, difference);
}

std::string in_chinese(const LiveDifference& difference) {
  return filled(sentences_of(difference.kind).chinese, difference);
}

}  // namespace lockstep
