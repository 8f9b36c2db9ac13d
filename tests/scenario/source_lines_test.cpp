#include <algorithm>
#include <set>

#include "assets/resources.hpp"
#include "core/scenario/lesson.hpp"
#include "core/scenario/scenario.hpp"
#include "tests/catch.hpp"

using namespace lockstep;

namespace {

using Lines = std::vector<std::string_view>;

/// The line (from 1) that has this text; it must be the only one.
int line_of(const Lines& lines, std::string_view text) {
  INFO(text);
  REQUIRE(std::ranges::count_if(lines, [&](std::string_view line) { return line.ends_with(text); }) == 1);
  const auto found = std::ranges::find_if(lines, [&](std::string_view line) { return line.ends_with(text); });
  return static_cast<int>(found - lines.begin()) + 1;
}

/// The labels of a listing, in order; `marker` is what stands before each.
std::vector<std::string> labels(std::string_view id, std::string_view file, std::string_view marker) {
  const std::string path = "scenarios/" + std::string(id) + "/" + std::string(file);
  std::string_view text = find_resource(path).value();
  std::vector<std::string> result;
  for (auto at = text.find(marker); at != std::string_view::npos; at = text.find(marker)) {
    text.remove_prefix(at + marker.size());
    result.emplace_back(text.substr(0, text.find('\n')));
  }
  return result;
}

}  // namespace

TEST_CASE("markers_are_not_part_of_the_lines") {
  for (const Scenario* scenario : all_scenarios()) {
    for (const std::string_view file : {"scenario.cpp", "listing.py"}) {
      const Lines& lines = source_lines(scenario->id, file);
      INFO(scenario->id << " " << file);
      REQUIRE(lines.size() > 10);
      REQUIRE(std::ranges::none_of(lines, [](auto line) { return line.find('@') != line.npos; }));
      REQUIRE(std::ranges::none_of(lines, [](auto line) { return line.ends_with(' '); }));
    }
  }
  REQUIRE(source_lines("no such scenario", "scenario.cpp").empty());
}

TEST_CASE("what_is_no_part_of_the_lesson_stands_behind_the_registration") {
  for (const Scenario* scenario : all_scenarios()) {
    INFO(scenario->id);
    const Lines& lines = source_lines(scenario->id, "scenario.cpp");
    const auto begins = [](std::string_view text) {
      return [text](std::string_view line) { return line.find(text) != line.npos; };
    };
    const auto registration = std::ranges::find_if(lines, begins("const Registration "));
    REQUIRE(registration != lines.end());
    REQUIRE(std::find_if(lines.begin(), registration, begins("Requirement")) == registration);
  }
}

TEST_CASE("the_labels_of_both_listings_are_the_same_in_the_same_order") {
  for (const Scenario* scenario : all_scenarios()) {
    INFO(scenario->id);
    const auto in_program = labels(scenario->id, "scenario.cpp", "//@");
    REQUIRE(in_program == labels(scenario->id, "listing.py", "#@"));
    REQUIRE(std::set(in_program.begin(), in_program.end()).size() == in_program.size());
    REQUIRE_FALSE(in_program.empty());
  }
}

TEST_CASE("a_labelled_line_matches_its_twin") {
  const Lines& program = source_lines("hotdog", "scenario.cpp");
  const Lines& listing = source_lines("hotdog", "listing.py");
  REQUIRE(matching_line("hotdog", line_of(program, "  queue.join();")) ==
          line_of(listing, "        queue.join()"));
  REQUIRE(matching_line("hotdog", line_of(program, "    queue.task_done();")) ==
          line_of(listing, "        queue.task_done()"));
}

TEST_CASE("any_other_line_matches_the_label_above_it_in_its_function") {
  const Lines& program = source_lines("deadlock", "scenario.cpp");
  const Lines& listing = source_lines("deadlock", "listing.py");
  REQUIRE(matching_line("deadlock", line_of(program, "    if (got_both) {")) ==
          line_of(listing, "        got_both = second.acquire(timeout=0.2 * SCALE)"));
}

TEST_CASE("a_line_before_the_first_label_of_its_function_matches_nothing") {
  const Lines& program = source_lines("deadlock", "scenario.cpp");
  REQUIRE_FALSE(
      matching_line("deadlock", line_of(program, "void dine_politely(AnyLock first, AnyLock second) {")));
  REQUIRE_FALSE(matching_line("deadlock", 0));
  REQUIRE_FALSE(matching_line("deadlock", 100'000));
  REQUIRE_FALSE(matching_line("no such scenario", 1));
}
