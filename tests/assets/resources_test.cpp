#include "assets/resources.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/catch.hpp"

TEST_CASE("embedded_resources_equal_their_files") {
  for (const std::string_view path : lockstep::list_resources("")) {
    INFO(path);
    std::ifstream file(std::string(LOCKSTEP_SOURCE "/").append(path), std::ios::binary);
    REQUIRE(file.is_open());
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    REQUIRE(lockstep::find_resource(path) == std::string_view(bytes));
  }
}

TEST_CASE("resources_are_listed_by_prefix_in_order") {
  const auto all = lockstep::list_resources("");
  REQUIRE(std::ranges::is_sorted(all));
  REQUIRE(std::ranges::count_if(all, [](auto path) { return path.starts_with("scenarios/"); }) ==
          std::ssize(lockstep::list_resources("scenarios/")));
  REQUIRE(lockstep::list_resources("no such folder/").empty());
  REQUIRE_FALSE(lockstep::find_resource("no such file"));
}
