#include "app/shell/frame_pacer.hpp"

#include "tests/catch.hpp"

using namespace lockstep;

namespace {

/// Plays `seconds` of a loop that always sleeps as long as it is told; returns the number of frames.
int play(FramePacer& pacer, double& now, double seconds) {
  int frames = 0;
  const double end = now + seconds;
  for (int turns = 0; now < end && turns < 100'000; ++turns) {
    now += pacer.timeout(now) + 1e-6;
    if (!pacer.should_draw(now)) continue;
    pacer.drawn(now);
    ++frames;
  }
  return frames;
}

}  // namespace

TEST_CASE("the first frame is drawn at once") {
  FramePacer pacer;
  CHECK(pacer.timeout(0) == 0);
  CHECK(pacer.should_draw(0));
}

TEST_CASE("nothing happens, nothing is drawn") {
  FramePacer pacer;
  double now = 0;
  play(pacer, now, 1);
  CHECK(play(pacer, now, 60) == 0);
}

TEST_CASE("after input a few frames are drawn, not more") {
  FramePacer pacer;
  double now = 0;
  play(pacer, now, 1);
  pacer.note_input();
  CHECK(pacer.timeout(now) == 0);
  CHECK(play(pacer, now, 10) == FramePacer::kAfterInput);
}

TEST_CASE("new data is shown until its layout has settled, however often it is announced") {
  FramePacer pacer;
  double now = 0;
  play(pacer, now, 1);
  for (int i = 0; i < 100; ++i)
    pacer.note_data();
  CHECK(play(pacer, now, 1) == FramePacer::kAfterData);
}

TEST_CASE("what moves is drawn at no more than 30 frames a second") {
  FramePacer pacer;
  double now = 0;
  play(pacer, now, 1);
  pacer.set_moving(true);
  const int frames = play(pacer, now, 10);
  CHECK(frames <= 301);
  CHECK(frames >= 290);
  pacer.set_moving(false);
  CHECK(play(pacer, now, 10) == 0);
}
