#pragma once

// Catch2, version 2.13 or 3. Tests include this header and nothing else of Catch2.
//
// The same names work with both: TEST_CASE, SECTION, REQUIRE, GENERATE, BENCHMARK, Catch::Approx, and
// REQUIRE_THAT(text, ContainsSubstring("..")).

#if __has_include(<catch2/catch_all.hpp>)

#include <catch2/benchmark/catch_benchmark.hpp>
#include <catch2/catch_approx.hpp>
#include <catch2/catch_session.hpp>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_all.hpp>
#include <catch2/matchers/catch_matchers_all.hpp>

using Catch::Matchers::ContainsSubstring;

#else

#include <catch2/catch.hpp>

namespace Catch {
using Detail::Approx;
}

// NOLINTNEXTLINE(readability-identifier-naming)
inline auto ContainsSubstring(const std::string& part,
                              Catch::CaseSensitive::Choice choice = Catch::CaseSensitive::Yes) {
  return Catch::Matchers::Contains(part, choice);
}

#endif
