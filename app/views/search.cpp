// Find a bug and Prove it: how far they are, and what they came to.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/model/fault_words.hpp"
#include "app/model/lesson_names.hpp"
#include "app/shell/floating.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/batch_button.hpp"
#include "app/views/rich_text.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

constexpr float kWidth = 400;

const char* word(const Ui& ui, ExplorePhase phase) {
  switch (phase) {
    case ExplorePhase::random: return ui.tr("search.phase.random");
    case ExplorePhase::pos: return ui.tr("search.phase.pos");
    case ExplorePhase::bounded: return ui.tr("search.phase.bounded");
    case ExplorePhase::exhaustive: return ui.tr("search.phase.exhaustive");
    case ExplorePhase::shrinking: return ui.tr("search.phase.shrinking");
    case ExplorePhase::confirming: return ui.tr("search.phase.confirming");
    case ExplorePhase::done: return ui.tr("search.phase.done");
  }
  return "";
}

/// Also a short time has a figure that is not 0.
std::string time_text(double seconds) {
  return seconds < 0.1 ? fmt::format("{:.1f} ms", seconds * 1e3) : fmt::format("{:.2f} s", seconds);
}

std::int64_t number(std::uint64_t n) { return static_cast<std::int64_t>(n); }

class Panel {
 public:
  Panel(AppModel& model, Ui& ui) : model_(model), ui_(ui), exploration_(*model.search.exploration()) {}

  void draw() {
    const bool proves = model_.search.goal() == ExploreGoal::prove;
    ui_.text(ui_.tr(proves ? "search.title.prove" : "search.title.find"), 0, ui_.fonts().title);
    ui_.text_wrapped(program(), ui_.theme().text_dim, ui_.fonts().small);
    ImGui::Dummy(ui_.px(1, 4));
    if (const ExploreReport* report = exploration_.report()) {
      result(*report, proves);
    } else {
      progress(exploration_.progress());
    }
  }

 private:
  /// "without a lock · customers 3 · tickets 1"
  std::string program() const {
    const ExploreRequest& request = exploration_.request();
    const Scenario* scenario = find_scenario(request.scenario);
    if (!scenario) return request.variant;
    const Lesson& texts = lesson(scenario->id, ui_.language() == Language::zh ? "zh" : "en");
    const std::string params = params_text(texts, *scenario, request.params);
    return variant_name(texts, request.variant) + (params.empty() ? "" : " · ") + params;
  }

  // --- while it goes on ---

  void progress(const ExploreProgress& p) {
    const std::string phase = p.phase == ExplorePhase::bounded ? ui_.tr_count("search.phase.bound", p.bound)
                                                               : std::string(word(ui_, p.phase));
    ui_.text_clipped(phase);
    ui_.mark("search.phase", phase);
    bar(p);
    figure(ui_.tr("search.schedules"), Ui::grouped(number(p.schedules)));
    figure(ui_.tr("search.states"), Ui::grouped(number(p.states)));
    figure(ui_.tr("search.failing"), Ui::grouped(number(p.failing)), p.failing > 0 ? ui_.theme().warning : 0);
    figure(ui_.tr("search.seconds"), fmt::format("{:.1f} s", p.seconds));
    ImGui::Dummy(ui_.px(1, 4));
    if (ui_.button("search.cancel", ui_.tr("search.cancel"), ButtonLook::outlined, true,
                   ui_.tr("search.cancel.tip")))
      model_.send(Action::stop_search);
  }

  /// The share that is done; moving where nobody knows it.
  void bar(const ExploreProgress& p) {
    const ImVec2 min = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float height = ui_.px(6);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled(min, {min.x + width, min.y + height}, ui_.theme().button, height / 2);
    const bool known = p.phase == ExplorePhase::exhaustive && p.fraction > 0;
    const float done = static_cast<float>(std::clamp(p.fraction, 0.0, 1.0));
    const float at = known ? 0 : static_cast<float>(std::fmod(p.seconds * 0.6, 1.0)) * 0.75F;
    const float length = known ? done : 0.25F;
    draw->AddRectFilled({min.x + width * at, min.y}, {min.x + width * (at + length), min.y + height},
                        ui_.theme().accent_text, height / 2);
    ImGui::Dummy({width, height + ui_.px(4)});
  }

  void figure(const char* name, const std::string& value, Color color = 0) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float right = at.x + ImGui::GetContentRegionAvail().x;
    const float height = ui_.px(21);
    cell(ui_, at, {right, at.y + height}, name, ui_.theme().text_dim, ui_.fonts().small);
    cell(ui_, {at.x + ui_.px(150), at.y}, {right, at.y + height}, value, color, ui_.fonts().mono, true);
    ImGui::Dummy({1, height - ImGui::GetStyle().ItemSpacing.y});
  }

  // --- what it came to ---

  void headline(Sign sign, Color color, const std::string& text) {
    RichText rich;
    rich.sign(sign, color).text(text, color, ui_.fonts().semi);
    put(rich);
    ui_.mark("search.result", text);
  }

  void put(const RichText& rich) {
    const float width = ImGui::GetContentRegionAvail().x;
    const ImVec2 size = rich.draw(ui_, ImGui::GetCursorScreenPos(), width).size;
    ImGui::Dummy({width, size.y});
  }

  void say(const std::string& text) { ui_.text_wrapped(text, ui_.theme().text_dim); }

  void result(const ExploreReport& report, bool proves) {
    const Theme& t = ui_.theme();
    if (report.end == ExploreEnd::failed) {
      headline(Sign::warning, t.error, ui_.tr("search.failed"));
      say(tell_fault(report.reason, ui_.language()));
    } else if (report.least) {
      headline(Sign::warning, t.error, ui_.tr("search.found", ui_.word(report.least->outcome)));
      least(report, *report.least);
    } else if (is_proof(report)) {
      headline(Sign::tick, t.ok, ui_.tr(proves ? "search.proven" : "search.nothing"));
      proof(report);
    } else {
      headline(Sign::info, t.accent_text, ui_.tr(report.bound_hit ? "search.bound_hit" : "search.cancelled"));
      say(ui_.tr("search.no_proof"));
    }
    figures(report);
    ImGui::Dummy(ui_.px(1, 4));
    buttons(report, proves);
  }

  void least(const ExploreReport&, const LeastFailure& failure) {
    say(ui_.tr(failure.is_least ? "search.least" : "search.smallest_so_far", failure.cost.preemptions,
               failure.cost.switches, failure.cost.steps));
    say(ui_.tr(failure.confirmed ? "search.confirmed" : "search.unconfirmed"));
    const bool loaded = model_.mode() == RunMode::step && model_.search.goal() == ExploreGoal::find;
    if (loaded) say(ui_.tr("search.follow"));
  }

  void proof(const ExploreReport& report) {
    say(ui_.tr_count("search.covered", number(report.schedules)));
    ImGui::Dummy(ui_.px(1, 2));
    ui_.text(ui_.tr("search.assumes"), 0, ui_.fonts().small_semi);
    for (const char* line : {ui_.tr("search.assumes.params"), ui_.tr("search.assumes.order"),
                             ui_.tr("search.assumes.sleep"), ui_.tr("search.assumes.lengths")}) {
      ui_.text_wrapped(std::string("• ") + line, ui_.theme().text_dim, ui_.fonts().small);
    }
    ImGui::Dummy(ui_.px(1, 2));
  }

  void figures(const ExploreReport& report) {
    ImGui::Dummy(ui_.px(1, 2));
    figure(ui_.tr("search.schedules"), Ui::grouped(number(report.schedules)));
    if (report.sampled > 0) figure(ui_.tr("search.sampled"), Ui::grouped(number(report.sampled)));
    if (report.states > 0) figure(ui_.tr("search.states"), Ui::grouped(number(report.states)));
    figure(ui_.tr("search.failing"), Ui::grouped(number(report.failing)),
           report.failing > 0 ? ui_.theme().warning : 0);
    if (report.failing_share) figure(ui_.tr("search.share"), percentage(*report.failing_share));
    figure(ui_.tr("search.seconds"), time_text(report.seconds));
  }

  void buttons(const ExploreReport& report, bool proves) {
    if (report.least) {
      const char* label = ui_.tr(proves ? "search.load" : "search.load_again");
      if (ui_.button("search.load", label, ButtonLook::primary, true, ui_.tr("search.load.tip")))
        model_.send(Action::load_found);
      ImGui::SameLine(0, ui_.px(8));
    }
    if (ui_.button("search.close", ui_.tr("search.close"), ButtonLook::outlined, true,
                   ui_.tr("search.close.tip")))
      model_.send(Action::close_search);
  }

  AppModel& model_;
  Ui& ui_;
  const Exploration& exploration_;
};

void draw(AppModel& model, Ui& ui) {
  if (!model.overlays.search || !model.search.exploration()) return;
  corner_panel(ui, "search", ui.tr("search.title"), kWidth, false, [&] { Panel(model, ui).draw(); });
}

}  // namespace

const View search_view{"search", "search.title", ViewPlace::overlay, draw, "search.help"};

}  // namespace lockstep
