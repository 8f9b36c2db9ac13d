// The policies one by one; core/schedule/policy.hpp is what others include.
//
// Each is a pair: prepare_… draws what is drawn once, choose_… names one of situation.moves.
#pragma once

#include "core/schedule/policy.hpp"

namespace lockstep::policies {

/// SplitMix64 (Steele, Lea, Flood 2014); the whole generator is one word.
inline std::uint64_t draw(std::uint64_t& state) {
  state += 0x9E37'79B9'7F4A'7C15;
  std::uint64_t x = state;
  x = (x ^ (x >> 30)) * 0xBF58'476D'1CE4'E5B9;
  x = (x ^ (x >> 27)) * 0x94D0'49BB'1331'11EB;
  return x ^ (x >> 31);
}

/// A number below n, 1 <= n < 2^32; the error of the distribution is below n / 2^32.
inline std::uint32_t draw_below(std::uint64_t& state, std::uint32_t n) {
  return static_cast<std::uint32_t>((draw(state) >> 32) * n >> 32);
}

/// The move of the highest priority; draws the priority of whoever has none yet (0).
const Move& highest(Policy& policy, const Situation& situation);
/// A move at random.
inline const Move& any_of(Policy& policy, const Situation& situation) {
  return situation.moves[draw_below(policy.random, static_cast<std::uint32_t>(situation.moves.size()))];
}
/// Draws `count` different steps of 1 … expected_steps into change_points (all of them, if there are fewer).
void draw_change_points(Policy& policy, std::uint32_t count);

/// Where a run is this many times as long as was expected, something in it polls, and a policy that lets the
/// same worker go again and again would never see its end. From there on it picks at random.
inline constexpr std::uint32_t kPatience = 4;
inline bool is_too_long(const Policy& policy) {
  return policy.steps / kPatience >= policy.spec.expected_steps;
}

inline Choice choice_of(const Move& move) { return {move.worker, false, 0}; }

Choice choose_first(const Situation& situation);
Choice choose_random(Policy& policy, const Situation& situation);
void prepare_pct(Policy& policy);
Choice choose_pct(Policy& policy, const Situation& situation);
Choice choose_pos(Policy& policy, const Situation& situation);
void prepare_bounded(Policy& policy);
Choice choose_bounded(Policy& policy, const Situation& situation);

}  // namespace lockstep::policies
