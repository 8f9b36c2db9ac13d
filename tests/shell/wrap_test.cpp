#include "app/shell/wrap.hpp"

#include "tests/catch.hpp"

using namespace lockstep;

TEST_CASE("a word ends where a line may break: at a blank, and between Chinese characters") {
  CHECK(first_word("two words") == "two");
  CHECK(first_word("  two words") == "  two");
  CHECK(first_word("一共多久") == "一");
  CHECK(first_word("join等它") == "join");
  CHECK(first_word("").empty());
  CHECK(first_word("  ") == "  ");
}

TEST_CASE("an opening bracket stays with what follows, a closing mark with what stands before") {
  CHECK(first_word("（题目里是") == "（题");
  CHECK(first_word("久？") == "久？");
  CHECK(first_word("（久）。然后") == "（久）。");
  CHECK(first_word("main，然后") == "main，");
}
