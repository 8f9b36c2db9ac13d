#include "app/model/step_cards.hpp"

#include <algorithm>

namespace lockstep {
namespace {

Hindrance hindrance_of(const WorkerCard& card) {
  if (card.ended) return Hindrance::has_ended;
  if (card.move) return Hindrance::none;
  return card.can_begin_to_wait ? Hindrance::by_hand : Hindrance::waits;
}

void set_mark(StepCard& card, const LookAhead* answer, bool looks) {
  if (card.hindrance != Hindrance::none) return;
  if (!looks || (answer && !answer->known)) {
    card.mark = CardMark::not_known;
    return;
  }
  card.mark = CardMark::looking;
  if (!answer) return;
  const auto reach = std::ranges::find(answer->reaches, card.worker, &Reach::worker);
  if (reach == answer->reaches.end()) {
    card.mark = CardMark::not_known;
    return;
  }
  if (reach->can_fail && reach->steps == 0) return void(card.mark = CardMark::none);  // it has failed already
  card.mark = reach->must_fail ? CardMark::must_fail : reach->can_fail ? CardMark::can_fail : CardMark::safe;
  card.steps = reach->steps;
  card.outcome = reach->outcome;
}

}  // namespace

Pending pending_of(const WorkerCard& card) {
  return {.worker = card.worker,
          .event = card.pending,
          .move = card.move,
          .waiting = card.waiting,
          .sleeping = card.sleeping,
          .ended = card.ended};
}

std::vector<StepCard> step_cards(const std::vector<WorkerCard>& cards, const TraceStore& store, EventIndex n,
                                 Language language, std::optional<Choice> planned,
                                 std::optional<Choice> suggested, const LookAhead* answer, bool looks) {
  std::vector<StepCard> result;
  for (const WorkerCard& card : cards) {
    const Pending pending = pending_of(card);
    StepCard& out = result.emplace_back();
    out.worker = card.worker;
    out.about = describe_pending(pending, store, n, language);
    out.effect = describe_effect(pending, store, n, language);
    const auto sites = store.sites();
    const SiteId site = card.pending.site;
    out.line = site != 0 && site < sites.size() && !card.ended ? sites[site].line : 0;
    out.hindrance = hindrance_of(card);
    out.planned = planned && planned->worker == card.worker;
    out.suggested = !planned && suggested && suggested->worker == card.worker;
    set_mark(out, answer, looks);
  }
  return result;
}

std::vector<Finding> impending_findings(const std::vector<WorkerCard>& cards, const Diagnosis& diagnosis) {
  std::vector<Finding> result;
  for (const WorkerCard& card : cards) {
    if (card.ended || card.sleeping) continue;
    if (auto finding = diagnosis.impending(card.pending)) result.push_back(std::move(*finding));
  }
  return result;
}

std::string last_choices(const std::vector<Choice>& choices, std::size_t count, std::size_t most) {
  count = std::min(count, choices.size());
  const std::size_t first = count > most ? count - most : 0;
  std::string text = first > 0 ? "…" : "";
  for (std::size_t i = first; i < count; ++i) {
    if (!text.empty()) text += ' ';
    text += std::to_string(choices[i].worker);
    if (choices[i].by_hand) text += 'w';
  }
  return text;
}

}  // namespace lockstep
