#include "app/model/divergence_words.hpp"

#include <fmt/format.h>

namespace lockstep {
namespace {

std::string name_of(WorkerId worker, const TraceStore& store, bool chinese) {
  if (store.has_worker(worker)) return store.workers()[worker].name;
  return fmt::format(fmt::runtime(chinese ? "{} 号工作者" : "worker {}"), worker);
}

std::string_view reason(DivergenceKind kind, bool chinese) {
  switch (kind) {
    case DivergenceKind::none: break;
    case DivergenceKind::impossible: return chinese ? "{} 在那里走不动" : "{} cannot go on there";
    case DivergenceKind::nobody:
      return chinese ? "那里谁也走不动，调度却要让 {} 走"
                     : "nobody can go on there, but the schedule lets {} go";
    case DivergenceKind::events:
      return chinese ? "{} 在那里做的事和记录调度时不同"
                     : "{} did something else there than when the schedule was recorded";
  }
  return {};
}

}  // namespace

std::string tell(const Divergence& divergence, const TraceStore& store, Language language) {
  if (divergence.kind == DivergenceKind::none) return {};
  const bool chinese = language == Language::zh;
  const std::string why =
      fmt::format(fmt::runtime(reason(divergence.kind, chinese)), name_of(divergence.worker, store, chinese));
  return fmt::format(
      fmt::runtime(chinese ? "重放在第 {} 步走岔了：{}。这个调度属于另一个程序。"
                           : "The replay diverges at step {}: {}. The schedule is of another program."),
      divergence.step + 1, why);
}

}  // namespace lockstep
