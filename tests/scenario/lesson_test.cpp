#include "core/scenario/lesson.hpp"

#include <string>

#include "tests/catch.hpp"

using namespace lockstep;

namespace {

const std::string kGood = R"(# Tickets

## Goal

Sell one ticket
twice.

## Prediction

How many are sold?

- [ ] one
- [x] more,
  if it goes wrong

### lock

And with a lock?

- [x] one
- [ ] more

## Watch

- the file
- the lock

## Explanation

First this.

Then
that.

### lock

The lock helps.

## Hints

1. Look.
2. Look 3. more
   closely.

## Variants

- lock: with a lock. All is well.
- no-lock: without. It can fail: see buy().

## Params

- customers: number of customers
)";

Lesson parsed(const std::string& markdown) {
  std::string error;
  const auto lesson = parse_lesson(markdown, error);
  INFO(error);
  REQUIRE(lesson.has_value());
  return *lesson;
}

/// What the parser says when one piece of the good lesson is replaced.
std::string complaint(const std::string& piece, const std::string& replacement) {
  std::string markdown = kGood;
  const auto at = markdown.find(piece);
  REQUIRE(at != std::string::npos);
  markdown.replace(at, piece.size(), replacement);
  std::string error;
  REQUIRE_FALSE(parse_lesson(markdown, error).has_value());
  return error;
}

}  // namespace

TEST_CASE("a_lesson_is_parsed_into_its_parts") {
  const Lesson lesson = parsed(kGood);
  REQUIRE(lesson.title == "Tickets");
  REQUIRE(lesson.goal == "Sell one ticket twice.");
  REQUIRE(lesson.watch == std::vector<std::string>{"the file", "the lock"});
  REQUIRE(lesson.hints == std::vector<std::string>{"Look.", "Look 3. more closely."});
  REQUIRE(lesson.variants.at("lock").title == "with a lock");
  REQUIRE(lesson.variants.at("no-lock").sentence == "It can fail: see buy().");
  REQUIRE(lesson.params.at("customers") == "number of customers");
}

TEST_CASE("step_mode_has_a_goal_of_its_own_for_each_variant_or_the_common_one_or_the_goal") {
  REQUIRE(parsed(kGood).step_goal("lock") == "Sell one ticket twice.");
  std::string markdown = kGood;
  markdown.insert(markdown.find("## Prediction"), "## Steps\n\nPress\n1.\n\n### lock\n\nPress 2.\n\n");
  const Lesson lesson = parsed(markdown);
  REQUIRE(lesson.step_goal("no-lock") == "Press 1.");
  REQUIRE(lesson.step_goal("lock") == "Press 2.");
  REQUIRE(lesson.goal == "Sell one ticket twice.");
}

TEST_CASE("a_variant_has_its_own_question_or_the_common_one_and_the_common_explanation_before_its_own") {
  const Lesson lesson = parsed(kGood);
  REQUIRE(lesson.prediction("lock")->question == "And with a lock?");
  REQUIRE(lesson.prediction("lock")->right == 0);
  REQUIRE(lesson.prediction("no-lock")->question == "How many are sold?");
  REQUIRE(lesson.prediction("no-lock")->choices.at(1) == "more, if it goes wrong");
  REQUIRE(lesson.prediction("no-lock")->right == 1);
  REQUIRE(*lesson.explanation("no-lock") == "First this.\n\nThen that.");
  REQUIRE(*lesson.explanation("lock") == "First this.\n\nThen that.\n\nThe lock helps.");
}

TEST_CASE("chinese_lines_are_joined_without_a_space_and_its_punctuation_counts") {
  std::string markdown = kGood;
  markdown.replace(markdown.find("Sell one ticket\ntwice."), 22, "一张票\n卖两次。");
  markdown.replace(markdown.find("- lock: with a lock. All is well."), 33, "- lock：加锁。不会出错。");
  const Lesson lesson = parsed(markdown);
  REQUIRE(lesson.goal == "一张票卖两次。");
  REQUIRE(lesson.variants.at("lock").title == "加锁");
  REQUIRE(lesson.variants.at("lock").sentence == "不会出错。");
}

TEST_CASE("windows_line_ends_make_no_difference") {
  std::string markdown;
  for (const char c : kGood)
    markdown += c == '\n' ? std::string("\r\n") : std::string(1, c);
  REQUIRE(parsed(markdown).goal == "Sell one ticket twice.");
}

TEST_CASE("a_malformed_line_is_named") {
  REQUIRE(complaint("## Watch", "## Look") == "line 23: unknown section \"Look\"");
  REQUIRE(complaint("## Watch", "#### Watch") ==
          "line 23: a heading is \"# Title\", \"## Section\" or \"### variant\"");
  REQUIRE(complaint("## Watch", "## Goal") == "line 23: a second section \"Goal\"");
  REQUIRE(complaint("## Goal", "# Goal") == "line 3: a lesson has one title");
  REQUIRE(complaint("## Goal", "") == "line 5: text outside a section");
  REQUIRE(complaint("- the file", "the file") == "line 25: a list is expected here");
  REQUIRE(complaint("- [ ] one", "- one") ==
          "line 12: a choice begins with \"- [ ] \", the right one with \"- [x] \"");
  REQUIRE(complaint("How many are sold?", "") == "line 12: a choice without a question");
  REQUIRE(complaint("- [ ] one", "- [x] one") == "line 13: two choices are marked as right");
  REQUIRE(complaint("2. Look", "3. Look") == "line 42: hint 2 is expected here");
  REQUIRE(complaint("- lock: with a lock. All is well.", "- lock") ==
          "line 47: \"- name: text\" is expected here");
  REQUIRE(complaint("- lock: with a lock. All is well.", "- lock: with a lock") ==
          "line 47: \"- variant: short name. One sentence.\" is expected here");
  REQUIRE(complaint("- no-lock:", "- lock:") == "line 48: a second \"lock\"");
  REQUIRE(complaint("### lock\n\nThe", "### lock\n\nA\n\n### lock\n\nThe") ==
          "line 39: a second \"### lock\"");
  REQUIRE(complaint("1. Look.", "### lock") ==
          "line 41: the heading of a variant belongs into Steps, Prediction or Explanation");
}

TEST_CASE("what_is_missing_is_named") {
  REQUIRE(complaint("- [x] more,", "- [ ] more,") ==
          "line 10: no choice of this question is marked as right");
  REQUIRE(complaint("\n- [ ] more\n", "\n") == "line 18: a question needs at least two choices");
  REQUIRE(complaint("Sell one ticket\ntwice.", "") == "line 51: the lesson ends without \"## Goal\"");
  REQUIRE(complaint("# Tickets", "") == "line 52: the lesson ends without \"# Title\"");
  REQUIRE(complaint("1. Look.\n2. Look 3. more\n   closely.", "") ==
          "line 50: the lesson ends without \"## Hints\"");
  std::string error;
  REQUIRE_FALSE(parse_lesson("", error).has_value());
  REQUIRE(error == "line 0: the lesson ends without \"# Title\"");
}
