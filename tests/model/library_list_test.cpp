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

std::string_view title(const Scenario& scenario) {
  if (&scenario == &kCounter) return "Counter race";
  return &scenario == &kTicket ? "买票" : "Hotdog stands";
}

std::vector<LibraryRow> rows(std::string_view search) { return library_rows(kAll, search, title); }

}  // namespace

TEST_CASE("library_has_a_heading_for_each_chapter_with_scenarios") {
  const auto all = rows("");
  REQUIRE(all.size() == 5);
  REQUIRE(all[0] == LibraryRow{nullptr, Chapter::locks});
  REQUIRE(all[3] == LibraryRow{nullptr, Chapter::queues});
}

TEST_CASE("library_search_looks_into_titles_and_ids_for_every_word") {
  REQUIRE(rows("STAND").size() == 2);
  REQUIRE(rows("买").at(1).scenario == &kTicket);
  REQUIRE(rows("ticket").at(1).scenario == &kTicket);
  REQUIRE(rows("race counter").size() == 2);
  REQUIRE(rows("race hotdog").empty());
  REQUIRE(rows("  ").size() == 5);
}

TEST_CASE("library_arrow_keys_stop_at_the_ends") {
  const auto all = rows("");
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
