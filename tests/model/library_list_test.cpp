#include "app/model/library_list.hpp"

#include "app/model/card_flow.hpp"
#include "tests/catch.hpp"

using namespace lockstep;

namespace {

Scenario make(std::string_view id, Chapter chapter) {
  Scenario scenario;
  scenario.id = id;
  scenario.chapter = chapter;
  return scenario;
}

const Scenario kCounter = make("race-counter", Chapter::locks);
const Scenario kTicket = make("ticket-lock", Chapter::locks);
const Scenario kHotdog = make("hotdog", Chapter::queues);
const std::vector<const Scenario*> kAll{&kCounter, &kTicket, &kHotdog};

/// As a search for "buy" would: about the ticket, mentioned with the hotdogs.
Hit buying(const Scenario& scenario) {
  if (&scenario == &kTicket) return Hit::about;
  return &scenario == &kHotdog ? Hit::mentioned : Hit::none;
}

std::vector<LibraryRow> everything() {
  return library_rows(kAll, [](const Scenario&) { return Hit::about; });
}

}  // namespace

TEST_CASE("library_has_a_heading_for_each_chapter_with_scenarios") {
  const auto all = everything();
  REQUIRE(all.size() == 5);
  REQUIRE(all[0] == LibraryRow{.kind = RowKind::chapter, .chapter = Chapter::locks});
  REQUIRE(all[3] == LibraryRow{.kind = RowKind::chapter, .chapter = Chapter::queues});
  REQUIRE(all[4].scenario == &kHotdog);
}

TEST_CASE("library_shows_what_a_search_is_about_before_what_only_mentions_it") {
  const auto rows = library_rows(kAll, buying);
  REQUIRE(rows.size() == 4);
  REQUIRE(rows[0] == LibraryRow{.kind = RowKind::chapter, .chapter = Chapter::locks});
  REQUIRE(rows[1].scenario == &kTicket);
  REQUIRE(rows[2].kind == RowKind::mentions);
  REQUIRE(rows[3].scenario == &kHotdog);
  REQUIRE(library_rows(kAll, [](const Scenario&) { return Hit::none; }).empty());
}

TEST_CASE("library_counts_what_is_done_and_what_is_begun_of_a_chapter") {
  ProgressBook book;
  REQUIRE(count_chapter(kAll, Chapter::locks, book) == Count{0, 0, 2});
  book["race-counter"].tried = true;
  REQUIRE(count_chapter(kAll, Chapter::locks, book) == Count{0, 1, 2});
  // Without variants there is nothing to break or to prove.
  book["ticket-lock"].predictions["lock"] = 0;
  book["ticket-lock"].understood = true;
  REQUIRE(count_chapter(kAll, Chapter::locks, book) == Count{1, 1, 2});
  REQUIRE(count_chapter(kAll, Chapter::queues, book) == Count{0, 0, 1});
}

TEST_CASE("library_arrow_keys_stop_at_the_ends") {
  const auto all = everything();
  REQUIRE(neighbour(all, &kCounter, 1) == &kTicket);
  REQUIRE(neighbour(all, &kTicket, 1) == &kHotdog);
  REQUIRE(neighbour(all, &kHotdog, 1) == &kHotdog);
  REQUIRE(neighbour(all, &kCounter, -1) == &kCounter);
  REQUIRE(neighbour(all, nullptr, 1) == &kCounter);
  REQUIRE(neighbour({}, nullptr, 1) == nullptr);
}

TEST_CASE("cards_fill_each_row_and_never_leave_the_pane") {
  const std::vector<float> wishes{200, 300, 250, 180, 900, 100};
  const float width = GENERATE(150.0F, 400.0F, 640.0F, 3000.0F);
  auto places = flow_cards(wishes, width, 12);
  REQUIRE(places.size() == wishes.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    REQUIRE(places[i].x + places[i].width <= width + 0.01F);
    REQUIRE(places[i].width >= std::min(wishes[i], width) - 0.01F);
    if (i > 0 && places[i].row == places[i - 1].row) {
      REQUIRE(places[i].x >= places[i - 1].x + places[i - 1].width + 11.9F);
    }
  }
  const std::vector<float> heights{50, 60, 70, 80, 90, 100};
  const float height = stack_rows(places, heights, 12);
  for (std::size_t i = 0; i < places.size(); ++i) {
    REQUIRE(places[i].height >= heights[i]);
    REQUIRE(places[i].y + places[i].height <= height + 0.01F);
    if (i > 0 && places[i].row > places[i - 1].row) {
      REQUIRE(places[i].y >= places[i - 1].y + places[i - 1].height + 11.9F);
    }
  }
}
