#include "core/analysis/speaker.hpp"

#include "core/event/caption.hpp"
#include "core/schedule/situation.hpp"

namespace lockstep::analysis {
namespace {

std::string shorten(std::string_view text) { return analysis::shorten(text, kLongestText); }

}  // namespace

std::string shorten(std::string_view text, std::size_t bytes) {
  std::size_t end = std::min(text.size(), bytes);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;
  std::string result(text.substr(0, end));
  for (char& c : result) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  }
  if (end < text.size()) result += "…";
  return result;
}

const PhraseBook& book_of(Language language) { return language == Language::zh ? kChinese : kEnglish; }

std::string tidy(std::string text) {
  constexpr std::string_view kBracketAndBlank = "） ";
  for (auto at = text.find(kBracketAndBlank); at != std::string::npos; at = text.find(kBracketAndBlank, at)) {
    text.erase(at + kBracketAndBlank.size() - 1, 1);
  }
  return text;
}

std::string Speaker::worker(WorkerId id) const {
  if (id < store_.workers().size() && !store_.workers()[id].name.empty()) return store_.workers()[id].name;
  return fmt::format("#{}", id);
}

std::string Speaker::object(ObjectId id) const {
  if (id == kNoObject || id >= store_.objects().size()) return fmt::format("#{}", id);
  const ObjectInfo& info = store_.objects()[id];
  return info.name.empty() ? fmt::format("{} {}", name_of(info.kind), id) : info.name;
}

WorkerId Speaker::worker_of(ObjectId object) const {
  for (const WorkerInfo& info : store_.workers()) {
    if (object != kNoObject && info.object == object) return info.id;
  }
  return kNoWorker;
}

std::string Speaker::at(SiteId site) const {
  if (site == 0 || site >= store_.sites().size() || store_.sites()[site].line <= 0) return {};
  return say(Phrase::at_line, fmt::arg("line", store_.sites()[site].line));
}

std::string Speaker::at_event(EventIndex event) const {
  return event < store_.size() ? at_event(event, store_[event].site) : std::string();
}

std::string Speaker::at_event(EventIndex event, SiteId site) const {
  // A wait is recorded when it matters, not when it began.
  if (!stepped() || store_[event].kind == EventKind::block) return at(site);
  const std::int64_t step = step_of(event);
  if (at(site).empty()) return say(Phrase::at_step, fmt::arg("step", step));
  return say(Phrase::at_line_step, fmt::arg("line", store_.sites()[site].line), fmt::arg("step", step));
}

std::string Speaker::since(EventIndex event) const {
  if (!stepped() || event >= store_.size()) return at_event(event);
  return say(Phrase::since_step, fmt::arg("step", step_of(event)));
}

std::int64_t Speaker::step_of(EventIndex event) const {
  return static_cast<RunTime>(store_[event].time) / kStepTime + 1;
}

std::string Speaker::value(Value value) const {
  if (value.type != ValueType::text) return store_.to_string(value);
  const std::string_view whole = caption_of(store_.text(static_cast<TextId>(value.bits)));
  if (whole.empty() || whole.front() == ' ' || whole.back() == ' ') return '"' + shorten(whole) + '"';
  return shorten(whole);
}

std::string_view Speaker::text_of(Value value) const {
  return value.type == ValueType::text ? store_.text(static_cast<TextId>(value.bits)) : std::string_view{};
}

std::string Speaker::text(TextId id) const { return shorten(store_.text(id)); }

std::string Speaker::duration(RunTime ns) const {
  const auto in = [&](Phrase unit, double size) {
    return say(unit, fmt::arg("number", fmt::format("{:.3g}", static_cast<double>(ns) / size)));
  };
  if (ns >= 1'000'000'000) {
    return say(Phrase::seconds,
               fmt::arg("number", fmt::format("{:.10g}", static_cast<double>(ns / 100'000'000) / 10)));
  }
  return ns >= 1'000'000 ? in(Phrase::milliseconds, 1e6) : in(Phrase::microseconds, 1e3);
}

std::string Speaker::time_between(EventIndex begin, EventIndex end) const {
  if (stepped()) return say(Phrase::steps, fmt::arg("number", step_of(end) - step_of(begin)));
  return duration(static_cast<RunTime>(store_[end].time - store_[begin].time));
}

std::string Speaker::list(const std::vector<std::string>& names) const {
  std::string result;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) result += phrase(i + 1 == names.size() ? Phrase::list_and : Phrase::list_comma);
    result += names[i];
  }
  return tidy(std::move(result));
}

TextId key_of(const Event& event) {
  const bool file = event.kind == EventKind::file_read || event.kind == EventKind::file_write;
  const bool number = event.value().type == ValueType::integer;
  return file && number && !event.has(event_flag::kAfterWait) ? event.extra : 0;
}

std::string subject_of(const Event& event, const TraceStore& store, const Speaker& speaker) {
  const TextId key = key_of(event);
  return key != 0 && store.has_text(key) ? std::string(store.text(key)) : speaker.object(event.object);
}

}  // namespace lockstep::analysis
