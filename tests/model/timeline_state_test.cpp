#include "app/model/timeline_state.hpp"

#include <cmath>
#include <random>

#include "tests/catch.hpp"
#include "tests/model/second.hpp"

using namespace lockstep;
using test::kSecond;

TEST_CASE("zooming keeps the anchor where it is on the screen") {
  std::mt19937 random(3);
  for (int i = 0; i < 2000; ++i) {
    TimelineState state;
    state.show({kSecond, 5 * kSecond});
    const RunTime anchor = std::uniform_int_distribution<RunTime>(kSecond, 5 * kSecond)(random);
    const double factor = std::exp(std::uniform_real_distribution<double>(-4, 0.2)(random));
    const auto share = [&] {
      const TimeRange range = state.visible();
      return static_cast<double>(anchor - range.from) / static_cast<double>(range.length());
    };
    const double before = share();
    state.zoom(factor, anchor);
    CHECK(share() == Catch::Approx(before).margin(0.001));
  }
}

TEST_CASE("whatever is done, the range stays usable") {
  std::mt19937 random(4);
  TimelineState state;
  for (int i = 0; i < 20'000; ++i) {
    const auto number = std::uniform_int_distribution<RunTime>(-(RunTime{1} << 50), RunTime{1} << 50)(random);
    switch (std::uniform_int_distribution<int>(0, 6)(random)) {
      case 0: state.zoom(std::exp(std::uniform_real_distribution<double>(-9, 9)(random)), number); break;
      case 1: state.pan(number); break;
      case 2: state.show({number, number / 2}); break;
      case 3: state.reveal(std::abs(number)); break;
      case 4: state.remember(); break;
      case 5: state.go_back(); break;
      case 6: state.advance(std::abs(number), i % 2 == 0); break;
    }
    const TimeRange range = state.visible();
    REQUIRE(range.length() >= TimelineState::kShortest);
    REQUIRE(range.length() <= 2 * (RunTime{1} << 50));
    REQUIRE(range.from >= -range.length());
  }
}

TEST_CASE("a fitted timeline shows the whole run, and grows in steps while the run goes on") {
  TimelineState state;
  int changes = 0;
  TimeRange last = state.visible();
  for (RunTime now = 0; now < 60 * kSecond; now += kSecond / 30) {
    state.advance(now, true);
    REQUIRE(state.visible().from <= 0);
    REQUIRE(state.visible().to >= now);
    changes += state.visible() == last ? 0 : 1;
    last = state.visible();
  }
  CHECK(changes < 20);
  state.advance(60 * kSecond, false);
  CHECK(state.visible().to < 63 * kSecond);
}

TEST_CASE("following keeps the newest moment in sight") {
  TimelineState state;
  state.show({0, 2 * kSecond});
  state.follow_newest();
  for (RunTime now = 0; now < 10 * kSecond; now += kSecond / 30) {
    state.advance(now, true);
    CHECK(state.visible().to >= now);
    CHECK(state.visible().from <= now);
    CHECK(state.visible().length() == 2 * kSecond);
  }
}

TEST_CASE("moving the range by hand ends following, but the moment stays the newest") {
  TimelineState state;
  state.follow_newest();
  state.pan(kSecond);
  CHECK_FALSE(state.follows());
  CHECK_FALSE(state.playhead());
  const TimeRange range = state.visible();
  state.advance(100 * kSecond, true);
  CHECK(state.visible() == range);
}

TEST_CASE("a playhead stays until the newest is followed again") {
  TimelineState state;
  state.set_playhead({kSecond, 7});
  CHECK_FALSE(state.follows());
  state.advance(9 * kSecond, true);
  REQUIRE(state.playhead());
  CHECK(state.playhead()->events == 7);
  state.follow_newest();
  CHECK_FALSE(state.playhead());
}

TEST_CASE("going back returns to every place that was remembered, in turn") {
  TimelineState state;
  std::vector<TimeRange> places;
  for (int i = 1; i <= 20; ++i) {
    state.show({i * kSecond, i * kSecond + kSecond * i});
    places.push_back(state.visible());
    state.remember();
    state.remember();  // the same place twice counts once
  }
  state.show({0, kSecond});
  for (auto it = places.rbegin(); it != places.rend(); ++it) {
    REQUIRE(state.can_go_back());
    state.go_back();
    CHECK(state.visible() == *it);
  }
  CHECK_FALSE(state.can_go_back());
}

TEST_CASE("revealing a moment that is in sight moves nothing") {
  TimelineState state;
  state.show({10 * kSecond, 20 * kSecond});
  state.reveal(15 * kSecond);
  CHECK(state.visible() == TimeRange{10 * kSecond, 20 * kSecond});
  for (const RunTime t : {RunTime{0}, 3 * kSecond, 99 * kSecond}) {
    state.reveal(t);
    CHECK(state.visible().from <= t);
    CHECK(state.visible().to >= t);
    CHECK(state.visible().length() == 10 * kSecond);
  }
}
