#include "app/model/worker_label.hpp"

#include <cctype>
#include <string_view>

namespace lockstep {
namespace {

constexpr std::size_t kLongest = 3;

/// What tells the worker apart in its name: the last word if it is short ("Shop A", "Thread-3"), else the
/// initial.
std::string candidate(std::string_view name) {
  const std::size_t cut = name.find_last_of(" -_");
  const std::string_view last = cut == std::string_view::npos ? name : name.substr(cut + 1);
  if (!last.empty() && last.size() <= kLongest) return std::string(last);
  if (name.empty() || static_cast<unsigned char>(name[0]) >= 0x80) return {};
  return std::string(1, name[0]);
}

}  // namespace

std::string badge_text(std::span<const WorkerInfo> workers, WorkerId worker) {
  if (worker >= workers.size()) return "?";
  const std::string mine = worker == kMainWorker ? "m" : candidate(workers[worker].name);
  bool unique = !mine.empty();
  for (WorkerId other = 1; other < workers.size() && unique; ++other) {
    unique = other == worker || candidate(workers[other].name) != mine;
  }
  if (worker != kMainWorker && mine == "m") unique = false;  // main's own
  return unique || worker == kMainWorker ? mine : std::to_string(worker);
}

}  // namespace lockstep
