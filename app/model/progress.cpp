#include "app/model/progress.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

namespace lockstep {
namespace {

using nlohmann::json;

constexpr int kMost = 1000;  // hints of a lesson, choices of a question

bool can_fail(const Scenario& scenario) {
  return std::ranges::any_of(scenario.variants, [](const Variant& v) { return v.verdict != Verdict::ok; });
}

bool can_be_proven(const Scenario& scenario) {
  return std::ranges::any_of(scenario.variants, [](const Variant& v) { return v.verdict == Verdict::ok; });
}

/// Reads one scenario's entry; remembers whether all of it made sense.
class Entry {
 public:
  explicit Entry(const json& object) : object_(object), good_(object.is_object()) {}

  bool good() const { return good_; }

  void read(const char* name, bool& out) {
    if (const json* value = member(name)) value->is_boolean() ? void(out = value->get<bool>()) : spoil();
  }

  void read(const char* name, int& out) {
    if (const json* value = member(name)) out = number(*value).value_or(out);
  }

  void read(const char* name, std::map<std::string, int>& out) {
    const json* value = member(name);
    if (!value) return;
    if (!value->is_object()) return spoil();
    for (const auto& [key, element] : value->items()) {
      if (const auto n = number(element)) out[key] = *n;
    }
  }

 private:
  const json* member(const char* name) const {
    if (!object_.is_object()) return nullptr;
    const auto it = object_.find(name);
    return it == object_.end() ? nullptr : &*it;
  }

  std::optional<int> number(const json& value) {
    if (value.is_number_integer() && value >= 0 && value < kMost) return value.get<int>();
    spoil();
    return std::nullopt;
  }

  void spoil() { good_ = false; }

  const json& object_;
  bool good_;
};

}  // namespace

Station furthest(const ScenarioProgress& progress) noexcept {
  if (progress.proven) return Station::proven;
  if (progress.understood) return Station::understood;
  if (progress.broken) return Station::broken;
  if (!progress.predictions.empty()) return Station::predicted;
  return progress.tried ? Station::tried : Station::none;
}

Station next_station(const ScenarioProgress& progress, const Scenario& scenario) noexcept {
  if (progress.predictions.empty()) return Station::predicted;
  if (!progress.broken && can_fail(scenario)) return Station::broken;
  if (!progress.understood) return Station::understood;
  if (!progress.proven && can_be_proven(scenario)) return Station::proven;
  return Station::none;
}

void note_prediction(ScenarioProgress& progress, std::string_view variant, int choice) {
  progress.predictions.try_emplace(std::string(variant), choice);
}

void note_explanation(ScenarioProgress& progress, std::string_view variant) {
  if (progress.predictions.contains(std::string(variant))) progress.understood = true;
}

void note_failure(ScenarioProgress& progress) noexcept { progress.tried = progress.broken = true; }

void note_proof(ScenarioProgress& progress, const Variant& variant) noexcept {
  if (variant.verdict == Verdict::ok) progress.proven = true;
}

void merge(ProgressBook& book, const ProgressBook& other) {
  for (const auto& [id, from] : other) {
    ScenarioProgress& to = book[id];
    to.tried = to.tried || from.tried;
    to.broken = to.broken || from.broken;
    to.understood = to.understood || from.understood;
    to.proven = to.proven || from.proven;
    to.hints = std::max(to.hints, from.hints);
    to.predictions.insert(from.predictions.begin(), from.predictions.end());
  }
}

std::string to_json(const ProgressBook& book) {
  json scenarios = json::object();
  for (const auto& [id, progress] : book) {
    scenarios[id] = {{"tried", progress.tried},           {"broken", progress.broken},
                     {"understood", progress.understood}, {"proven", progress.proven},
                     {"hints", progress.hints},           {"predictions", progress.predictions}};
  }
  const json root{{"progress", std::move(scenarios)}};
  return root.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

ReadProgress progress_from_json(std::string_view text) {
  ReadProgress result;
  const json root = json::parse(text, nullptr, false);
  const auto all = root.is_object() ? root.find("progress") : root.end();
  if (!root.is_object() || all == root.end() || !all->is_object()) {
    result.damaged = true;
    return result;
  }
  for (const auto& [id, value] : all->items()) {
    Entry entry(value);
    ScenarioProgress& progress = result.book[id];
    entry.read("tried", progress.tried);
    entry.read("broken", progress.broken);
    entry.read("understood", progress.understood);
    entry.read("proven", progress.proven);
    entry.read("hints", progress.hints);
    entry.read("predictions", progress.predictions);
    result.damaged = result.damaged || !entry.good();
  }
  return result;
}

}  // namespace lockstep
