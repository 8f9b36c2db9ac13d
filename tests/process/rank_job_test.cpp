// A real job of Open MPI; where it is absent there is nothing to test.
#include "core/platform/rank_job.hpp"

#include "tests/catch.hpp"
#include "tests/trace/temp_folder.hpp"

using namespace lockstep;

TEST_CASE(
    "what a rank hands to its carrier another rank's carrier delivers, whatever its length, by source") {
  if (!platform::can_start_ranks()) return;
  const test::TempFolder folder;
  std::string error;
  platform::RankJob job = platform::start_ranks(3, folder / "", error);
  REQUIRE(error.empty());
  std::vector<platform::RankCarrier> ranks;
  for (platform::Fd& carrier : job.carriers)
    ranks.emplace_back(carrier.release());
  const std::string longest(200'000, 'x');
  CHECK(ranks[0].send(2, "a"));
  CHECK(ranks[1].send(2, longest));
  CHECK(ranks[0].send(2, ""));
  CHECK(ranks[2].receive(1) == longest);
  CHECK(ranks[2].receive(0) == "a");
  CHECK(ranks[2].receive(0) == "");
  for (platform::RankCarrier& rank : ranks)
    rank.say_goodbye();
  platform::wait_for_ranks(job.pid);
}

TEST_CASE("a rank that goes without a goodbye aborts the job") {
  if (!platform::can_start_ranks()) return;
  const test::TempFolder folder;
  std::string error;
  platform::RankJob job = platform::start_ranks(2, folder / "", error);
  REQUIRE(error.empty());
  platform::RankCarrier left(job.carriers[1].release());
  job.carriers.clear();
  CHECK_FALSE(left.receive(0).has_value());
  platform::wait_for_ranks(job.pid);
}
