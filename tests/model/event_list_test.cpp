#include "app/model/event_list.hpp"

#include "tests/catch.hpp"
#include "tests/trace/trace_builder.hpp"

using namespace lockstep;
using lockstep::test::TraceBuilder;

namespace {

/// Two workers that print and take a lock in turn.
TraceBuilder sample() {
  TraceBuilder t;
  const WorkerId ada = t.running("Ada"), ben = t.running("Ben");
  const ObjectId fork = t.lock("Fork");
  for (int i = 0; i < 10; ++i) {
    t.acquire(ada, fork);
    t.print(ada, "Ate " + std::to_string(i));
    t.release(ada, fork);
    t.print(ben, "Waits");
  }
  return t;
}

std::vector<EventIndex> rows_of(const EventList& list) {
  std::vector<EventIndex> rows;
  for (std::int64_t row = 0; row < list.size(); ++row)
    rows.push_back(list[row]);
  return rows;
}

EventFilter only(EventKind kind) {
  EventFilter filter;
  filter.kinds.reset();
  filter.kinds.set(static_cast<std::size_t>(kind));
  return filter;
}

}  // namespace

TEST_CASE("event_list_without_a_filter_is_all_events_at_once") {
  const TraceBuilder t = sample();
  EventList list;
  REQUIRE(list.update(t.store(), 1, {}, 1));
  REQUIRE(list.size() == t.size());
  REQUIRE(list[3] == 3);
  REQUIRE(list.rows_before(7) == 7);
}

TEST_CASE("event_list_equals_a_plain_scan_for_every_filter_and_portion") {
  const TraceBuilder t = sample();
  const EventIndex budget = GENERATE(1U, 3U, 1000U);
  std::vector<EventFilter> filters{only(EventKind::print), only(EventKind::acquire), {}, {}, {}};
  filters[2].worker = 1;
  filters[3].object = t.store()[5].object;
  filters[4] = only(EventKind::print);
  filters[4].text = "ATE";
  for (const EventFilter& filter : filters) {
    std::vector<EventIndex> expected;
    for (EventIndex i = 0; i < t.size(); ++i) {
      const Event& e = t.store()[i];
      const bool text_fits =
          filter.text.empty() || t.store().text(static_cast<TextId>(e.arg)).starts_with("Ate");
      if ((filter.worker == kNoWorker || e.worker == filter.worker) &&
          (filter.object == kNoObject || e.object == filter.object) &&
          filter.kinds.test(static_cast<std::size_t>(e.kind)) && text_fits) {
        expected.push_back(i);
      }
    }
    EventList list;
    int calls = 0;
    while (!list.update(t.store(), 1, filter, budget))
      REQUIRE(++calls < 1000);
    REQUIRE(rows_of(list) == expected);
  }
}

TEST_CASE("event_list_grows_with_the_trace_and_begins_anew_with_another_run") {
  TraceBuilder t = sample();
  EventList list;
  list.update(t.store(), 1, only(EventKind::print));
  const std::int64_t before = list.size();
  t.print(1, "more");
  REQUIRE(list.update(t.store(), 1, only(EventKind::print)));
  REQUIRE(list.size() == before + 1);
  REQUIRE(list.rows_before(t.size() - 1) == before);

  const TraceBuilder other;
  REQUIRE(list.update(other.store(), 2, only(EventKind::print)));
  REQUIRE(list.size() == 0);
}

TEST_CASE("text_is_found_whatever_its_case") {
  REQUIRE(contains_ignoring_case("Ate A", "ate"));
  REQUIRE(contains_ignoring_case("Ate A", ""));
  REQUIRE(contains_ignoring_case("", ""));
  REQUIRE_FALSE(contains_ignoring_case("Ate A", "ate b"));
  REQUIRE(contains_ignoring_case("死锁 Deadlock", "锁 dead"));
}
