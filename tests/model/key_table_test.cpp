#include "app/model/key_table.hpp"

#include <set>
#include <tuple>

#include "tests/catch.hpp"

using namespace lockstep;

TEST_CASE("no key has two meanings") {
  std::set<std::tuple<int, bool, bool>> seen;
  for (const KeyBinding& binding : key_table()) {
    CHECK(seen.insert({binding.code, binding.ctrl, binding.shift}).second);
  }
}

TEST_CASE("bindings of one group are neighbours") {
  std::set<std::string_view> finished;
  std::string_view last;
  for (const KeyBinding& binding : key_table()) {
    if (binding.group_key != last) CHECK(finished.insert(binding.group_key).second);
    last = binding.group_key;
  }
}

TEST_CASE("every action has a key but those of a panel's own buttons") {
  const std::set<Action> buttons{Action::cancel_batch, Action::stop_search, Action::load_found,
                                 Action::close_search};
  for (int i = 0; i <= static_cast<int>(Action::quit); ++i) {
    const auto action = static_cast<Action>(i);
    if (buttons.contains(action)) continue;
    INFO("action " << i);
    CHECK_FALSE(key_label(action).empty());
  }
}

TEST_CASE("letters are no commands while the learner types") {
  CHECK(action_for({.code = 'R'}) == Action::restart);
  CHECK_FALSE(action_for({.code = 'R', .typing = true}));
  CHECK_FALSE(action_for({.code = key::kSpace, .typing = true}));
  CHECK(action_for({.code = '+', .ctrl = true, .typing = true}) == Action::text_larger);
}

TEST_CASE("holding a key repeats moves, not starts") {
  CHECK(action_for({.code = key::kRight, .repeat = true}) == Action::step_forward);
  CHECK_FALSE(action_for({.code = key::kSpace, .repeat = true}));
  CHECK_FALSE(action_for({.code = 'R', .repeat = true}));
}

TEST_CASE("Ctrl and Shift make another key of a letter") {
  CHECK_FALSE(action_for({.code = 'R', .ctrl = true}));
  CHECK_FALSE(action_for({.code = 'R', .shift = true}));
  CHECK(action_for({.code = '?', .shift = true}) == Action::help);
}

TEST_CASE("a digit lets its worker go and with Shift runs it on, whatever the keyboard writes with Shift") {
  for (int digit = 0; digit <= 9; ++digit) {
    const auto go = let_go_for({.code = '0' + digit});
    REQUIRE(go);
    CHECK(go->worker == digit);
    CHECK_FALSE(go->to_synchronization);
    const auto run = let_go_for({.code = '0' + digit, .shift = true});
    REQUIRE(run);
    CHECK(run->to_synchronization);
  }
  CHECK_FALSE(let_go_for({.code = '1', .ctrl = true}));
  CHECK_FALSE(let_go_for({.code = '1', .typing = true}));
  CHECK_FALSE(let_go_for({.code = '1', .repeat = true}));
  CHECK_FALSE(let_go_for({.code = 'N'}));
}
