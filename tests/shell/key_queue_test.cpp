#include "app/shell/key_queue.hpp"

#include "tests/catch.hpp"

using namespace lockstep;

namespace {

using Kind = KeyEvent::Kind;
constexpr int kEnter = 257, kSlash = 47, kA = 65, kB = 66;

/// What comes in each frame; a slash opens a field.
std::vector<std::vector<KeyEvent>> frames_of(KeyQueue& queue) {
  std::vector<std::vector<KeyEvent>> frames;
  while (!queue.empty() && frames.size() < 100) {
    auto& frame = frames.emplace_back();
    queue.feed([&](const KeyEvent& event) {
      frame.push_back(event);
      return event.key == kSlash && event.kind == Kind::down ? KeyEffect::opens_field : KeyEffect::none;
    });
  }
  return frames;
}

void push(KeyQueue& queue, int key, std::initializer_list<Kind> kinds) {
  for (const Kind kind : kinds)
    queue.push({.kind = kind, .key = key});
}

}  // namespace

TEST_CASE("a key that goes down and up between two frames is down in one of them") {
  KeyQueue queue;
  push(queue, kEnter, {Kind::down, Kind::up});
  const auto frames = frames_of(queue);
  REQUIRE(frames.size() == 2);
  CHECK(frames[0].back().kind == Kind::down);
  CHECK(frames[1].front().kind == Kind::up);
}

TEST_CASE("the same key pressed thrice between two frames is down three times, in order with others") {
  KeyQueue queue;
  push(queue, kA, {Kind::down, Kind::up, Kind::down, Kind::up});
  push(queue, kB, {Kind::down, Kind::up});
  push(queue, kA, {Kind::down, Kind::up});
  std::vector<int> downs;
  for (const auto& frame : frames_of(queue)) {
    for (const KeyEvent& event : frame) {
      if (event.kind == Kind::down) downs.push_back(event.key);
    }
  }
  CHECK(downs == std::vector{kA, kA, kB, kA});
}

TEST_CASE("keys that are held and those that were down before go at once") {
  KeyQueue queue;
  push(queue, kA, {Kind::up, Kind::down, Kind::repeat, Kind::repeat});
  push(queue, kB, {Kind::down});
  CHECK(frames_of(queue).size() == 1);
}

TEST_CASE("what is typed behind a key that opens a field waits until the field has the keyboard") {
  KeyQueue queue;
  push(queue, kSlash, {Kind::down, Kind::up});
  push(queue, kA, {Kind::down, Kind::up});
  const auto frames = frames_of(queue);
  REQUIRE(frames.size() == 5);
  CHECK(frames[0].size() == 1);
  CHECK(frames[1].empty());
  CHECK(frames[2].empty());
  CHECK(frames[3].size() == 2);  // the slash comes up, the letter goes down
}
