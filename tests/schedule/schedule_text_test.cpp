#include <algorithm>
#include <random>
#include <set>

#include "core/arena/layout.hpp"
#include "core/schedule/schedule.hpp"
#include "core/schedule/schedule_text.hpp"
#include "tests/catch.hpp"

using namespace lockstep;
using Kind = ScheduleError::Kind;

namespace {

static_assert(kMaxScheduleSteps == kMaxSteps);

using Random = std::mt19937_64;

std::uint64_t below(Random& random, std::uint64_t n) { return random() % n; }

Schedule example() {
  Schedule schedule{
      .scenario = "ticket-lock", .variant = "no-lock", .params = {{"customers", 3}, {"tickets", 1}}};
  for (const WorkerId worker : std::initializer_list<WorkerId>{0, 0, 0, 0, 1, 1, 2, 2, 1, 2}) {
    schedule.choices.push_back({.worker = worker});
    schedule.marks.push_back(static_cast<std::uint8_t>(schedule.choices.size() * 7 % 32));
  }
  schedule.choices[8].by_hand = true;
  return schedule;
}

std::string random_name(Random& random) {
  static constexpr std::string_view kCharacters = "abcxyzABCXYZ0189-_.";
  std::string name(1 + below(random, 8), ' ');
  for (char& c : name)
    c = kCharacters[below(random, kCharacters.size())];
  return name == schedule_text::kSeedName ? "seeds" : name;
}

Schedule random_schedule(Random& random) {
  Schedule schedule{.scenario = random_name(random),
                    .variant = below(random, 5) == 0 ? "" : random_name(random)};
  for (std::uint64_t left = below(random, 4); left > 0; --left)
    schedule.params[random_name(random)] = static_cast<std::int64_t>(random()) >> below(random, 64);
  if (below(random, 2) == 0) schedule.seed = random() >> below(random, 64);
  const std::uint64_t steps = below(random, 3) == 0 ? below(random, 3) : below(random, 200);
  const std::uint64_t workers = 1 + below(random, below(random, 2) == 0 ? 3 : kMaxWorkers);
  while (schedule.choices.size() < steps) {
    const Choice choice{static_cast<WorkerId>(below(random, workers)), below(random, 10) == 0, 0};
    schedule.choices.insert(schedule.choices.end(), 1 + below(random, 4), choice);
  }
  if (below(random, 2) == 0) {
    for (std::size_t i = 0; i < schedule.choices.size(); ++i)
      schedule.marks.push_back(static_cast<std::uint8_t>(below(random, 32)));
  }
  return schedule;
}

ScheduleError error_of(std::string_view text) {
  const auto result = parse_schedule(text);
  REQUIRE(std::holds_alternative<ScheduleError>(result));
  return std::get<ScheduleError>(result);
}

Kind fault_of(std::string_view text) { return error_of(text).kind; }

/// A text with a checksum that fits.
std::string signed_text(const std::string& text) { return text + '#' + schedule_text::checksum(text); }

/// An edited text may be refused, or read as the same schedule where only white space changed.
bool is_noticed(const std::string& edited, const Schedule& original) {
  const auto result = parse_schedule(edited);
  const auto* schedule = std::get_if<Schedule>(&result);
  return schedule == nullptr || *schedule == original;
}

}  // namespace

TEST_CASE("a_schedule_reads_as_its_header_says") {
  const std::string text = to_text(example());
  REQUIRE(text.starts_with("LS1 ticket-lock/no-lock customers=3 tickets=1 : 0*4 1*2 2*2 1w 2 .7e"));
  REQUIRE(text.find('\n') == std::string::npos);
  REQUIRE(std::get<Schedule>(parse_schedule(text)) == example());
}

TEST_CASE("every_schedule_survives_its_text") {
  Random random(1);
  for (int i = 0; i < 3'000; ++i) {
    const Schedule schedule = random_schedule(random);
    const std::string text = to_text(schedule);
    CAPTURE(text);
    const auto result = parse_schedule(text);
    REQUIRE(std::holds_alternative<Schedule>(result));
    REQUIRE(std::get<Schedule>(result) == schedule);
  }
}

TEST_CASE("the_longest_schedule_survives_its_text") {
  Schedule schedule{.scenario = "x", .variant = "y"};
  for (std::size_t i = 0; i < kMaxScheduleSteps; ++i) {
    schedule.choices.push_back({.worker = static_cast<WorkerId>(i % kMaxWorkers)});
    schedule.marks.push_back(static_cast<std::uint8_t>(i % 32));
  }
  REQUIRE(std::get<Schedule>(parse_schedule(to_text(schedule))) == schedule);
}

TEST_CASE("white_space_quotation_marks_and_the_way_lines_are_broken_do_not_matter") {
  const std::string text = to_text(example());
  const auto is_example = [](const std::string& typed) {
    const auto result = parse_schedule(typed);
    return std::holds_alternative<Schedule>(result) && std::get<Schedule>(result) == example();
  };
  REQUIRE(is_example("  \n" + text + "\r\n\n"));
  REQUIRE(is_example("'" + text + "'\n"));
  REQUIRE(is_example("\"" + text + "\""));
  std::string at_spaces = text;
  std::ranges::replace(at_spaces, ' ', '\n');
  REQUIRE(is_example(at_spaces));
  std::string indented = text;
  for (std::size_t at = indented.find(' '); at != std::string::npos; at = indented.find(' ', at + 4))
    indented.replace(at, 1, "\r\n  ");
  REQUIRE(is_example(indented));
  for (std::size_t width = 3; width < text.size(); ++width) {  // as a terminal breaks lines
    std::string hard;
    for (std::size_t i = 0; i < text.size(); i += width)
      hard += text.substr(i, width) + '\n';
    CAPTURE(width);
    REQUIRE(is_example(hard));
  }
}

TEST_CASE("every_edit_of_a_single_character_is_noticed") {
  Random random(2);
  std::vector<Schedule> schedules{example(), {.scenario = "d", .variant = "v"}};
  for (int i = 0; i < 4; ++i)
    schedules.push_back(random_schedule(random));
  for (const Schedule& schedule : schedules) {
    const std::string text = to_text(schedule);
    for (std::size_t at = 0; at <= text.size(); ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        std::string inserted = text;
        inserted.insert(at, 1, c);
        if (!is_noticed(inserted, schedule)) FAIL(text << " with " << byte << " inserted at " << at);
        if (at == text.size() || text[at] == c) continue;
        std::string replaced = text;
        replaced[at] = c;
        if (!is_noticed(replaced, schedule)) FAIL(text << " with " << byte << " at " << at);
      }
      if (at == text.size()) continue;
      std::string erased = text;
      erased.erase(at, 1);
      if (!is_noticed(erased, schedule)) FAIL(text << " without " << at);
    }
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
      std::string swapped = text;
      std::swap(swapped[at], swapped[at + 1]);
      if (!is_noticed(swapped, schedule)) FAIL(text << " swapped at " << at);
    }
  }
  SUCCEED();
}

TEST_CASE("every_piece_of_a_schedule_is_refused") {
  const std::string text = to_text(example());
  for (std::size_t size = 0; size < text.size(); ++size) {
    CAPTURE(size);
    const Kind expected = size == 0 ? Kind::empty : size < 3 ? Kind::not_a_schedule : Kind::cut_off;
    REQUIRE(fault_of(text.substr(0, size)) == expected);
    if (size == 0) continue;
    const Kind kind = fault_of(text.substr(size));
    REQUIRE((kind == Kind::not_a_schedule || kind == Kind::edited));
  }
}

TEST_CASE("mutated_texts_and_noise_are_never_taken_for_another_schedule") {
  Random random(3);
  static constexpr std::string_view kLikely = "0123456789abcw*.#:/= LS-\n\t'";
  for (int i = 0; i < 40'000; ++i) {
    const Schedule schedule = i % 2 == 0 ? example() : random_schedule(random);
    std::string text = to_text(schedule);
    for (std::uint64_t edits = 1 + below(random, 6); edits > 0 && !text.empty(); --edits) {
      const std::size_t at = below(random, text.size());
      const char c = below(random, 3) == 0 ? static_cast<char>(below(random, 256))
                                           : kLikely[below(random, kLikely.size())];
      switch (below(random, 5)) {
        case 0: text[at] = c; break;
        case 1: text.insert(at, 1, c); break;
        case 2: text.erase(at, 1 + below(random, 3)); break;
        case 3: text.insert(at, text.substr(below(random, text.size()), below(random, 20))); break;
        default: std::swap(text[at], text[below(random, text.size())]); break;
      }
    }
    if (!is_noticed(text, schedule)) FAIL(text);
  }
  for (int i = 0; i < 20'000; ++i) {
    std::string noise(below(random, 60), ' ');
    for (char& c : noise)
      c = static_cast<char>(below(random, 256));
    if (below(random, 2) == 0) noise = "LS1 " + noise;
    if (below(random, 4) == 0) noise = signed_text(noise);  // only the reader itself stands in its way
    const auto result = parse_schedule(noise);
    if (const auto* error = std::get_if<ScheduleError>(&result)) {
      if (in_english(*error).empty() || in_chinese(*error).empty()) FAIL("no sentence");
    }
  }
  SUCCEED();
}

TEST_CASE("texts_with_a_fitting_checksum_are_still_read_with_care") {
  const auto kind = [](const std::string& text) { return fault_of(signed_text(text)); };
  REQUIRE(std::holds_alternative<Schedule>(parse_schedule(signed_text("LS1 a/b : 0*3 255 ."))));
  REQUIRE(kind("LS1 a/b : 256 .") == Kind::worker_too_large);
  REQUIRE(kind("LS1 a/b : 99999999999999999999999 .") == Kind::worker_too_large);
  REQUIRE(kind("LS1 a/b : 0*131073 .") == Kind::too_many_steps);
  REQUIRE(kind("LS1 a/b : 0*131072 1 .") == Kind::too_many_steps);
  REQUIRE(kind("LS1 a/b : 0*18446744073709551615 1 .") == Kind::too_many_steps);
  for (const char* text : {"LS1 ",
                           "LS1 a",
                           "LS1 a/b",
                           "LS1 a/b :",
                           "LS1 a/b : 0",
                           "LS1 a/b .",
                           "LS1 a : 0 .",
                           "LS1 a/b/c : 0 .",
                           "LS1 a/b x : 0 .",
                           "LS1 a/b x= : 0 .",
                           "LS1 a/b =1 : 0 .",
                           "LS1 a/b x=1 x=1 : 0 .",
                           "LS1 a/b x=1=2 : 0 .",
                           "LS1 a/b x=99999999999999999999 : 0 .",
                           "LS1 a/b seed=x : 0 .",
                           "LS1 a/b seed=1 : 0 .",
                           "LS1 a/b : 0*0 .",
                           "LS1 a/b : 0*1 .",
                           "LS1 a/b : 00 .",
                           "LS1 a/b : 0*x .",
                           "LS1 a/b : 0* .",
                           "LS1 a/b : *2 .",
                           "LS1 a/b : w .",
                           "LS1 a/b : 0ww .",
                           "LS1 a/b : 0*2w .",
                           "LS1 a/b : -1 .",
                           "LS1 a/b : 0 0 .",
                           "LS1 a/b : 0 .aa",
                           "LS1 a/b : 0*2 .a",
                           "LS1 a/b : 0 .u",
                           "LS1 a/b : 0 . 1",
                           "LS1 a/b : 0 : 1 .",
                           "LS1 b/a z=1 a=2 : 0 .",
                           "LS1 a/b : 0 .#a"}) {
    CAPTURE(text);
    REQUIRE(kind(text) == Kind::malformed);
  }
}

TEST_CASE("each_way_of_being_wrong_has_a_sentence_of_its_own_in_both_languages") {
  const std::string text = to_text(example());
  REQUIRE(fault_of("") == Kind::empty);
  REQUIRE(fault_of(" \n\t ") == Kind::empty);
  REQUIRE(fault_of("''") == Kind::empty);
  REQUIRE(fault_of("hello") == Kind::not_a_schedule);
  REQUIRE(fault_of("LS") == Kind::not_a_schedule);
  REQUIRE(fault_of("lockstep replay " + text) == Kind::not_a_schedule);
  REQUIRE(error_of("LS2" + text.substr(3)) == ScheduleError{Kind::other_version, "", 2});
  REQUIRE(fault_of(text.substr(0, text.size() - 1)) == Kind::cut_off);
  REQUIRE(fault_of(text.substr(0, text.find('#'))) == Kind::cut_off);
  std::string edited = text;
  edited.replace(edited.find("1w"), 2, "2w");
  REQUIRE(fault_of(edited) == Kind::edited);
  REQUIRE(fault_of(text + "a") == Kind::edited);
  const std::size_t place = text.find(" : ");
  REQUIRE(error_of(std::string(text).replace(place, 1, "，")) ==
          ScheduleError{Kind::unknown_character, "，", place + 1});

  std::set<std::string> sentences;
  for (int kind = 0; kind <= static_cast<int>(Kind::malformed); ++kind) {
    const ScheduleError error{static_cast<Kind>(kind), "\xFF\n\x1b[31m", 7};
    for (const std::string& sentence : {in_english(error), in_chinese(error)}) {
      CAPTURE(sentence);
      REQUIRE(sentence.size() > 20);
      REQUIRE((sentence.ends_with('.') || sentence.ends_with("。")));
      REQUIRE(std::ranges::none_of(sentence, [](char c) { return (c >= 0 && c < ' ') || c == '\xFF'; }));
      sentences.insert(sentence);
    }
  }
  REQUIRE(sentences.size() == 18);
}

TEST_CASE("cost_counts_switches_and_those_of_them_that_were_not_forced") {
  const std::vector<Move> both{{.worker = 0}, {.worker = 1}};
  const std::vector<Move> second{{.worker = 1}};
  ScheduleCost cost;
  add_to(cost, {both, kNoWorker, 0}, {.worker = 0});
  REQUIRE(cost == ScheduleCost{0, 0, 1});
  add_to(cost, {both, 0, 1}, {.worker = 0});
  REQUIRE(cost == ScheduleCost{0, 0, 2});
  add_to(cost, {both, 0, 2}, {.worker = 1});
  REQUIRE(cost == ScheduleCost{1, 1, 3});
  add_to(cost, {second, 0, 3}, {.worker = 1});
  REQUIRE(cost == ScheduleCost{1, 2, 4});
  REQUIRE(ScheduleCost{0, 9, 9} < ScheduleCost{1, 0, 0});
  REQUIRE(ScheduleCost{1, 2, 9} < ScheduleCost{1, 3, 0});
}
