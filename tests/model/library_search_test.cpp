#include "app/model/library_search.hpp"

#include <algorithm>

#include "core/scenario/glossary.hpp"
#include "tests/catch.hpp"

using namespace lockstep;

namespace {

std::vector<std::string> found(std::string_view search, Hit at_least = Hit::about) {
  std::vector<std::string> ids;
  for (const Scenario* scenario : all_scenarios()) {
    if (search_hit(*scenario, search) >= at_least) ids.emplace_back(scenario->id);
  }
  return ids;
}

bool finds(std::string_view search, std::string_view id, Hit at_least = Hit::about) {
  return std::ranges::count(found(search, at_least), id) == 1;
}

}  // namespace

TEST_CASE("an empty search is about every scenario") {
  CHECK(found("").size() == all_scenarios().size());
  CHECK(found("  ").size() == all_scenarios().size());
}

TEST_CASE("every word of the glossary finds the same as those that mean the same") {
  REQUIRE(glossary().size() > 30);
  for (const Term& term : glossary()) {
    const auto first = found(term.en.front(), Hit::mentioned);
    for (const std::string& word : term.en)
      CHECK(found(word, Hit::mentioned) == first);
    for (const std::string& word : term.zh) {
      INFO(word);
      CHECK(found(word, Hit::mentioned) == first);
    }
  }
}

TEST_CASE("a search in the other language finds the scenario by its title") {
  for (const char* search : {"Fork", "fork and plate", "叉子", "deadlock"})
    CHECK(finds(search, "deadlock"));
  for (const char* search : {"hotdog", "HOTDOG stands", "热狗"})
    CHECK(finds(search, "hotdog"));
}

TEST_CASE("a search finds by the goal, by terms and by what the lesson mentions") {
  CHECK(finds("philosophers", "deadlock"));
  CHECK(finds("哲学家", "deadlock"));
  CHECK(finds("死锁", "deadlock"));
  CHECK(finds("lost update", "race-counter", Hit::mentioned));
  CHECK_FALSE(finds("lost update", "deadlock", Hit::mentioned));
}

TEST_CASE("a search finds by the primitives that the program uses") {
  CHECK(primitives_of("deadlock") == std::vector<std::string>{"Lock", "RLock", "Thread"});
  for (const char* search : {"Queue", "queue", "队列"}) {
    CHECK(finds(search, "hotdog"));
    CHECK(finds(search, "queue-blocking"));
    CHECK_FALSE(finds(search, "race-counter"));
  }
  CHECK(finds("RLock", "rlock-box"));
  CHECK(finds("BoundedSemaphore", "semaphore-mutex"));
  CHECK(finds("Future", "executor"));
}

TEST_CASE("a search needs every word, and each at the beginning of one") {
  CHECK(finds("race counter", "race-counter"));
  CHECK_FALSE(finds("race hotdog", "race-counter", Hit::mentioned));
  CHECK(finds("philos", "deadlock"));
  CHECK_FALSE(finds("hilosophers", "deadlock", Hit::mentioned));
  CHECK(found("no such word anywhere").empty());
}

TEST_CASE("a word that is not whole yet finds what its term finds") {
  for (const char* begun : {"dea", "deadl", "deadlock", "死", "死锁"})
    CHECK(finds(begun, "deadlock"));
}
