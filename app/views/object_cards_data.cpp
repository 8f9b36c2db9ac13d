// Cards of what workers read and write: variables, files, checks.
#include <algorithm>

#include "app/model/code_marks.hpp"
#include "app/model/process_table.hpp"
#include "app/views/object_cards.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

constexpr std::size_t kHistory = 5;

struct Newest {
  std::vector<EventIndex> found;  ///< newest first
  bool all = true;                ///< none older would pass, or as many as were asked for were found
};

/// Events of the object before the moment that pass, at most `most`; looks back over a limited number.
template <class Passes>
Newest newest(const CardContext& card, std::size_t most, Passes&& passes) {
  constexpr int kLookBack = 1 << 14;
  const auto events = card.store().events_of_object(card.info.id);
  auto at = std::lower_bound(events.begin(), events.end(), card.model.moment()) - events.begin();
  Newest result;
  for (int steps = 0; at > 0 && steps < kLookBack && result.found.size() < most; ++steps) {
    const EventIndex event = events[static_cast<std::size_t>(--at)];
    if (passes(card.store()[event])) result.found.push_back(event);
  }
  result.all = at == 0 || result.found.size() == most;
  return result;
}

bool is_writing(const Event& event) { return is_write(event.kind); }

/// "last write [2] line 7", or that there was none.
void add_last_write(const CardContext& card, const Newest& writes) {
  Ui& ui = card.ui;
  if (writes.found.empty()) {
    if (writes.all) card.body.text(ui.tr("objects.value.unwritten"), ui.theme().text_faint, ui.fonts().small);
    return;
  }
  const Event& last = card.store()[writes.found.front()];
  card.body.text(ui.tr("objects.value.last"), card.dim(), ui.fonts().small).space().badge(last.worker);
  if (const int number = ui.line_of(last.site); number > 0) {
    card.body.text(ui.tr("objects.value.line", number), card.dim(), ui.fonts().small);
  }
}

std::string value_text(const CardContext& card, Value value, std::size_t most) {
  std::string text = shortened(card.store().to_string(value), most);
  std::ranges::replace(text, '\n', ' ');
  return text;
}

/// "1 → 0" and who wrote last, with the line.
void add_history(const CardContext& card) {
  Ui& ui = card.ui;
  const Newest writes = newest(card, kHistory, is_writing);
  card.body.new_line(2);
  if (!writes.found.empty()) {
    card.body.text(ui.tr("objects.value.history"), card.dim(), ui.fonts().small).space();
    const bool from_start =
        writes.all && writes.found.size() < kHistory && card.info.initial_type != ValueType::none;
    std::string line = from_start ? value_text(card, {card.info.initial_type, card.info.initial}, 24) : "…";
    for (auto it = writes.found.rbegin(); it != writes.found.rend(); ++it)
      line += " → " + value_text(card, card.store()[*it].value(), 24);
    card.body.text(line, 0, ui.fonts().mono).new_line();
  }
  add_last_write(card, writes);
}

}  // namespace

void variable_card(const CardContext& card) {
  Ui& ui = card.ui;
  card.body.new_line(2);
  card.body.text(value_text(card, card.view.value, 40), 0, ui.fonts().mono_big);
  add_history(card);
}

void global_card(const CardContext& card) {
  Ui& ui = card.ui;
  const ProcessTable table = process_table(card.store(), card.model.moment());
  const auto own = std::ranges::find(table.columns, card.info.id, &ProcessColumn::object);
  card.body.new_line(4);
  if (own == table.columns.end() || own->cells.empty()) {
    card.body.text(value_text(card, {card.info.initial_type, card.info.initial}, 40), 0, ui.fonts().mono_big);
    return;
  }
  for (const ProcessCell& cell : own->cells) {
    card.body.badge(cell.process)
        .text(ui.tr(cell.gone ? "objects.global.had" : "objects.global.has", ui.name_of(cell.process)),
              card.dim(), ui.fonts().small);
    card.body.space().text(value_text(card, cell.value, 24), 0, ui.fonts().mono).new_line();
  }
}

void file_card(const CardContext& card) {
  Ui& ui = card.ui;
  const std::string content = card.store().to_string(card.view.value);
  const bool is_empty = !card.view.has_value || content.empty() || card.view.value.is_none();
  card.body.new_line(2);
  if (is_empty) {
    card.body.sign(Sign::warning, ui.theme().warning).text(ui.tr("objects.file.empty"), ui.theme().warning);
  } else {
    ImFont* font = content.size() <= 32 ? ui.fonts().mono_big : ui.fonts().mono;
    const std::size_t from = content.size() > 160 ? content.find('\n', content.size() - 160) : 0;
    std::string shown =
        from == 0 || from == std::string::npos ? shortened(content, 160) : "…" + content.substr(from);
    while (shown.ends_with('\n'))
      shown.pop_back();
    std::size_t begin = 0;
    for (std::size_t end; begin <= shown.size(); begin = end + 1) {
      end = std::min(shown.find('\n', begin), shown.size());
      if (begin > 0) card.body.new_line();
      card.body.text(std::string_view(shown).substr(begin, end - begin), 0, font);
    }
  }
  card.body.new_line(2);
  add_last_write(card, newest(card, 1, is_writing));
}

void check_card(const CardContext& card) {
  Ui& ui = card.ui;
  const Newest failed =
      newest(card, 1, [](const Event& event) { return event.kind == EventKind::check && event.arg == 0; });
  const auto events = card.store().events_of_object(card.info.id);
  const auto tested = std::lower_bound(events.begin(), events.end(), card.model.moment()) - events.begin();
  card.body.new_line(4);
  if (tested == 0) {
    card.body.text(ui.tr("objects.check.untested"), card.dim());
  } else if (failed.found.empty()) {
    card.body.sign(Sign::tick, ui.theme().ok)
        .text(ui.tr("objects.check.holds"), ui.theme().ok, ui.fonts().semi);
  } else {
    card.body.sign(Sign::cross, ui.theme().error)
        .text(ui.tr("objects.check.failed"), ui.theme().error, ui.fonts().semi);
    const Event& last = card.store()[failed.found.front()];
    card.body.new_line().badge(last.worker);
    card.body.text(ui.tr("objects.value.line", ui.line_of(last.site)), card.dim(), ui.fonts().small);
  }
  if (tested > 0) {
    card.body.new_line().text(ui.tr_count("objects.check.times", tested), ui.theme().text_faint,
                              ui.fonts().small);
  }
}

}  // namespace lockstep
