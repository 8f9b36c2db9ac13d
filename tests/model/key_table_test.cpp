#include "app/model/key_table.hpp"

#include <map>
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

TEST_CASE("every action but cancel has a key") {
  for (int i = 0; i <= static_cast<int>(Action::quit); ++i) {
    const auto action = static_cast<Action>(i);
    if (action == Action::cancel_batch) continue;  // the button of the batch, and Run x100 again
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
