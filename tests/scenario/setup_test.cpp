#include "core/scenario/scenario.hpp"
#include "tests/catch.hpp"

using namespace lockstep;

namespace {

const Scenario kPlain{.id = "plain", .variants = {{"only", Verdict::ok, {}}}, .params = {}, .main = nullptr};

const Scenario kTickets{.id = "tickets",
                        .variants = {{"lock", Verdict::ok, {}}, {"no-lock", Verdict::can_fail, {}}},
                        .params = {{.name = "customers", .value = 11, .step_value = 3, .min = 1, .max = 40},
                                   {.name = "tickets", .value = 1, .step_value = 1, .min = 0, .max = 9}},
                        .main = nullptr};

using Typed = std::map<std::string, std::string>;

Setup good(const Scenario& scenario, std::string_view variant, const Typed& params,
           ParamDefaults defaults = ParamDefaults::live) {
  auto made = make_setup(scenario, variant, params, defaults);
  INFO((std::holds_alternative<std::string>(made) ? std::get<std::string>(made) : ""));
  REQUIRE(std::holds_alternative<Setup>(made));
  return std::get<Setup>(made);
}

std::string sentence(const Scenario& scenario, std::string_view variant, const Typed& params) {
  const auto made = make_setup(scenario, variant, params, ParamDefaults::live);
  REQUIRE(std::holds_alternative<std::string>(made));
  return std::get<std::string>(made);
}

}  // namespace

TEST_CASE("a_setup_has_the_defaults_of_its_mode") {
  const Setup live = good(kTickets, "", {});
  REQUIRE(live.is("lock"));
  REQUIRE(live.param("customers") == 11);
  REQUIRE(good(kTickets, "no-lock", {}, ParamDefaults::step).param("customers") == 3);
}

TEST_CASE("a_setup_takes_params_at_both_ends_of_their_range") {
  const Setup setup = good(kTickets, "no-lock", {{"customers", "40"}, {"tickets", "0"}});
  REQUIRE(setup.variant() == "no-lock");
  REQUIRE(setup.param("customers") == 40);
  REQUIRE(setup.param("tickets") == 0);
}

TEST_CASE("a_bad_value_is_answered_with_range_and_example") {
  const auto typed = GENERATE(as<std::string>{}, "abc", "", " 3", "3.5", "+3", "0x3", "41", "0", "-1",
                              "99999999999999999999", "3 ", "三");
  REQUIRE(sentence(kTickets, "lock", {{"customers", typed}}) ==
          "customers must be a whole number from 1 to 40, for example --param customers=11; got \"" + typed +
              "\".");
}

TEST_CASE("an_unknown_param_is_answered_with_those_that_exist") {
  REQUIRE(sentence(kTickets, "lock", {{"custmers", "3"}}) ==
          "tickets has no param \"custmers\"; it has customers, tickets, for example --param customers=11.");
  REQUIRE(sentence(kPlain, "", {{"n", "3"}}) == "plain has no params; got \"n\".");
}

TEST_CASE("an_unknown_variant_is_answered_with_those_that_exist") {
  REQUIRE(sentence(kTickets, "nolock", {}) ==
          "tickets has no variant \"nolock\"; it has lock, no-lock, for example --variant lock.");
}

TEST_CASE("what_was_typed_is_shown_short_and_harmless") {
  const std::string long_text(39, 'x');
  REQUIRE_THAT(sentence(kTickets, long_text + "三四", {}), ContainsSubstring("\"" + long_text + "…\""));
  REQUIRE_THAT(sentence(kTickets, "a\033[2Jb\n", {}), ContainsSubstring("\"a?[2Jb?\""));
}

TEST_CASE("an_unknown_scenario_is_answered_with_the_nearest") {
  REQUIRE(unknown_scenario_message("hotdgo") == "Unknown scenario \"hotdgo\"; did you mean \"hotdog\"?");
  REQUIRE(unknown_scenario_message("ticket") == "Unknown scenario \"ticket\"; did you mean \"ticket-lock\"?");
  REQUIRE_THAT(unknown_scenario_message("something quite different"),
               ContainsSubstring("\"lockstep list\" shows all"));
  REQUIRE_THAT(unknown_scenario_message(""), ContainsSubstring("\"lockstep list\" shows all"));
}
