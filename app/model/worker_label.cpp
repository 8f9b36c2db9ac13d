#include "app/model/worker_label.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace lockstep {
namespace {

constexpr std::size_t kLongest = 3;

std::string_view last_word(std::string_view name) {
  const std::size_t cut = name.find_last_of(" -_");
  return cut == std::string_view::npos ? name : name.substr(cut + 1);
}

/// The first letter; "" for a name that does not begin with a Latin one.
std::string initial(std::string_view name) {
  return name.empty() || static_cast<unsigned char>(name[0]) >= 0x80 ? std::string()
                                                                     : std::string(1, name[0]);
}

/// "A" for Shop A, "P" for Producer.
std::string short_label(const WorkerInfo& worker) {
  const std::string_view last = last_word(worker.name);
  return !last.empty() && last.size() <= kLongest ? std::string(last) : initial(worker.name);
}

/// "S1" for Shop 1.
std::string long_label(const WorkerInfo& worker) {
  const std::string_view last = last_word(worker.name);
  if (last.size() == worker.name.size()) return short_label(worker);
  return initial(worker.name) + std::string(last.substr(0, kLongest - 1));
}

std::string number(const WorkerInfo& worker) { return std::to_string(worker.id); }

using Scheme = std::string (*)(const WorkerInfo&);

std::string label(Scheme scheme, const WorkerInfo& worker) {
  return worker.id == kMainWorker ? "m" : scheme(worker);
}

bool tells_apart(Scheme scheme, std::span<const WorkerInfo> workers) {
  std::set<std::string> seen;
  for (const WorkerInfo& worker : workers) {
    std::string text = label(scheme, worker);
    if (text.empty() || !seen.insert(std::move(text)).second) return false;
  }
  return true;
}

}  // namespace

std::string_view number_at_end(std::string_view name) {
  constexpr std::string_view kDigits = "0123456789";
  const std::size_t last = name.find_last_not_of(kDigits);
  if (last == std::string_view::npos || last + 1 == name.size()) return {};
  const bool is_name = std::ranges::count(name, ' ') <= 1;
  if (!is_name || std::string_view(" -_:").find(name[last]) == std::string_view::npos) return {};
  return name.substr(name[last] == ' ' ? last + 1 : last);
}

std::string badge_text(std::span<const WorkerInfo> workers, WorkerId worker) {
  if (worker >= workers.size()) return "?";
  for (const Scheme scheme : {short_label, long_label}) {
    if (tells_apart(scheme, workers)) return label(scheme, workers[worker]);
  }
  return label(number, workers[worker]);
}

}  // namespace lockstep
