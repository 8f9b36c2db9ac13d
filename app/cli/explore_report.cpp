#include "app/cli/explore_report.hpp"

#include <algorithm>

#include "app/cli/failure.hpp"
#include "app/cli/follow.hpp"
#include "app/cli/run_facts.hpp"
#include "app/cli/run_json.hpp"
#include "app/cli/run_report.hpp"
#include "app/model/fault_words.hpp"
#include "app/model/settings.hpp"
#include "core/scenario/lesson.hpp"

namespace lockstep::cli {
namespace {

/// A proof needs every schedule, whole.
bool covers_all(const ExploreReport& report) {
  return report.end == ExploreEnd::exhausted && !report.bound_hit;
}

/// What the schedules say; nothing if too few were tried to say "ok".
std::optional<Verdict> verdict_of(const ExploreReport& report) {
  if (!fails(report)) return covers_all(report) ? std::optional(Verdict::ok) : std::nullopt;
  const bool always = covers_all(report) && report.failing == report.schedules;
  return always ? Verdict::always_fails : Verdict::can_fail;
}

/// Those that cover every schedule, or all there were.
std::uint64_t runs_of(const ExploreReport& report) {
  return report.end == ExploreEnd::exhausted ? report.schedules : report.schedules + report.sampled;
}

std::string title_line(const ExploreRequest& request, Language language) {
  std::string text = say(language, Text::header, lesson(request.scenario, name_of(language)).title,
                         request.scenario, request.variant);
  for (const auto& [name, value] : request.params)
    text += fmt::format(" · {} {}", name, value);
  return text;
}

std::string counts_of(const ExploreReport& report) {
  std::string text = std::to_string(report.failing);
  std::string parts;
  for (std::size_t i = 1; i < report.by_outcome.size(); ++i) {
    if (report.by_outcome[i] == 0) continue;
    parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", name_of(static_cast<Outcome>(i)),
                         report.by_outcome[i]);
  }
  return parts.empty() ? text : text + " (" + parts + ")";
}

bool has_step_params(const Scenario& scenario, const ExploreRequest& request) {
  return std::ranges::all_of(scenario.params, [&](const Param& param) {
    return request.params.at(std::string(param.name)) == std::to_string(param.step_value);
  });
}

class Teller {
 public:
  Teller(Output& out, Language language) : out_(out), language_(language) {}

  void tell(const Explored& explored, const SteppedRun* failure) {
    const ExploreReport& report = explored.report;
    line(out_.ink(Ink::strong, title_line(explored.request, language_)));
    const auto verdict = verdict_of(report);
    const Ink ink = !verdict ? Ink::strong : *verdict == Verdict::ok ? Ink::good : Ink::bad;
    line(out_.ink(ink, conclusion(report, language_)));
    line("  " + reason_of_end(report, language_));
    if (!report.reason.empty()) line("  " + one_line(tell_fault(report.reason, language_)));
    if (report.bound_hit) line("  " + say(language_, Text::explore_bound));
    if (verdict == Verdict::ok) line("  " + say(language_, Text::explore_assumes));
    line("  " + say(language_, Text::explore_figures, counts_of(report), report.schedules, report.seconds));
    if (report.states != 0) line("  " + say(language_, Text::explore_states, report.states));
    if (report.failing_share) line("  " + say(language_, Text::explore_share, 100 * *report.failing_share));
    if (report.least) tell_least(*report.least, failure);
    if (verdict) tell_declaration(explored.request, *verdict, covers_all(report));
  }

 private:
  void line(const std::string& text) { out_.write(text + '\n'); }

  void tell_least(const LeastFailure& least, const SteppedRun* failure) {
    line("");
    line(out_.ink(Ink::strong, headline(least, language_)));
    line("  " + say(language_, least.confirmed ? Text::explore_confirmed : Text::explore_unconfirmed));
    if (failure != nullptr) tell_replay(*failure);
    line(std::string("  ") + words(least.outcome, language_));
    line("  " + say(language_, Text::explore_replay, lockstep::to_text(least.schedule)));
  }

  void tell_replay(const SteppedRun& replay) {
    if (replay.divergence_details().kind != DivergenceKind::none)
      line("  " + words_of_divergence(replay, language_));
    RunReport report(view_of(replay), out_, language_);
    report.progress();
  }

  /// A variant that is declared to fail need not do so with every params.
  void tell_declaration(const ExploreRequest& request, Verdict found, bool complete) {
    const Scenario& scenario = *find_scenario(request.scenario);
    const Verdict declared = scenario.variant(request.variant)->verdict;
    const bool agrees =
        found == declared || (!complete && found == Verdict::can_fail && declared == Verdict::always_fails);
    if (!agrees && declared != Verdict::ok && !has_step_params(scenario, request)) return;
    line("");
    line("  " + say(language_, agrees ? Text::explore_declared : Text::explore_undeclared,
                    words(declared, language_)));
  }

  Output& out_;
  Language language_;
};

}  // namespace

std::unique_ptr<SteppedRun> replay_of(const ExploreReport& report) {
  if (!report.least) return nullptr;
  auto started = SteppedRun::start(report.least->schedule);
  if (const auto* sentence = std::get_if<std::string>(&started)) fail_sandbox(*sentence);
  auto run = std::move(std::get<std::unique_ptr<SteppedRun>>(started));
  settle(*run);
  return run;
}

std::string headline(const LeastFailure& least, Language language) {
  return say(language, least.is_least ? Text::explore_least : Text::explore_smallest_so_far,
             least.cost.preemptions, least.cost.switches, least.cost.steps);
}

bool fails(const ExploreReport& report) { return report.failing != 0 || report.least.has_value(); }

std::string conclusion(const ExploreReport& report, Language language) {
  const auto verdict = verdict_of(report);
  if (!verdict) return say(language, Text::explore_unknown);
  return say(language, *verdict == Verdict::ok         ? Text::explore_proven
                       : *verdict == Verdict::can_fail ? Text::explore_can_fail
                                                       : Text::explore_always);
}

std::string reason_of_end(const ExploreReport& report, Language language) {
  if (report.end == ExploreEnd::exhausted && report.bound_hit)
    return say(language, Text::explore_ended_cut, runs_of(report));
  const auto first = static_cast<int>(Text::explore_ended_exhausted);
  return say(language, static_cast<Text>(first + static_cast<int>(report.end)), runs_of(report));
}

void tell_exploration(const Explored& explored, const SteppedRun* failure, Output& out, Language language) {
  Teller(out, language).tell(explored, failure);
}

nlohmann::ordered_json explore_json(const Explored& explored, const SteppedRun* failure, Language language) {
  using Json = nlohmann::ordered_json;
  const ExploreReport& report = explored.report;
  Json params = Json::object();
  for (const auto& [name, value] : explored.request.params)
    params[name] = std::stoll(value);
  Json outcomes = Json::object();
  for (std::size_t i = 0; i < report.by_outcome.size(); ++i) {
    if (report.by_outcome[i] != 0)
      outcomes[std::string(name_of(static_cast<Outcome>(i)))] = report.by_outcome[i];
  }
  Json least;
  if (report.least) {
    least = {
        {"code", lockstep::to_text(report.least->schedule)}, {"preemptions", report.least->cost.preemptions},
        {"switches", report.least->cost.switches},           {"steps", report.least->cost.steps},
        {"outcome", name_of(report.least->outcome)},         {"confirmed", report.least->confirmed}};
  }
  const auto verdict = verdict_of(report);
  return {{"scenario", explored.request.scenario},
          {"variant", explored.request.variant},
          {"params", params},
          {"schedules", report.schedules},
          {"sampled", report.sampled},
          {"states", report.states == 0 ? Json() : Json(report.states)},
          {"exhausted", covers_all(report)},
          {"end", name_of(report.end)},
          {"failing", report.failing},
          {"outcomes", outcomes},
          {"failing_share", report.failing_share ? Json(*report.failing_share) : Json()},
          {"verdict", verdict ? Json(name_of(*verdict)) : Json("unknown")},
          {"seconds", report.seconds},
          {"findings", failure == nullptr ? Json::array() : findings_json(view_of(*failure), language)},
          {"least", least}};
}

}  // namespace lockstep::cli
