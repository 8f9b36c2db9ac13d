#include "core/scenario/glossary.hpp"

#include <algorithm>
#include <map>

#include "tests/catch.hpp"

using namespace lockstep;

TEST_CASE("a line of the glossary has words of both languages") {
  const auto terms =
      parse_glossary("# a comment | 注释\n\nrace,  race condition | 竞争 ,竞态\nonly english |\n");
  REQUIRE(terms.size() == 1);
  CHECK(terms[0].en == std::vector<std::string>{"race", "race condition"});
  CHECK(terms[0].zh == std::vector<std::string>{"竞争", "竞态"});
  CHECK(terms[0].has("竞态"));
  CHECK_FALSE(terms[0].has("condition"));
}

TEST_CASE("no word of the glossary has two meanings, and English ones are in lower case") {
  std::map<std::string, int> seen;
  for (const Term& term : glossary()) {
    for (const std::string& word : term.en) {
      INFO(word);
      CHECK(std::ranges::none_of(word, [](char c) { return c >= 'A' && c <= 'Z'; }));
      CHECK(++seen[word] == 1);
    }
    for (const std::string& word : term.zh)
      CHECK(++seen[word] == 1);
  }
}
