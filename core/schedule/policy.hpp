// Who goes next when nobody says so. A policy is plain data (it lies in the shared memory of a gated run) and
// one function; each is one file.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "core/schedule/situation.hpp"

namespace lockstep {

enum class PolicyKind : std::uint8_t {
  manual,   ///< halts: somebody else says who goes
  first,    ///< goes on with the last worker, else the lowest number: no preemption; where depth-first begins
  random,   ///< each worker that can go is as likely
  pct,      ///< Burckhardt et al. 2010: random priorities and `depth` - 1 points where they change
  pos,      ///< Yuan, Yang, Gu 2018: random priorities, drawn anew for those that race
  bounded,  ///< at most `depth` preemptions, at random points
};
inline constexpr std::size_t kPolicyKindCount = 6;
/// "manual", "first", "random", "pct", "pos", "bounded": the names on the command line.
std::string_view name_of(PolicyKind kind) noexcept;

/// Every whole number up to here keeps its value in JSON (RFC 8259, section 6).
inline constexpr std::uint64_t kLargestSeed = (std::uint64_t{1} << 53U) - 1;

struct PolicySpec {
  PolicyKind kind = PolicyKind::manual;
  std::uint64_t seed = 1;              ///< 0 … kLargestSeed
  std::uint32_t depth = 2;             ///< pct: bug depth d, 1 … 16; bounded: preemptions, 0 … 16
  std::uint32_t expected_steps = 128;  ///< pct, bounded: length of a run, >= 1, for where to change
  friend bool operator==(const PolicySpec&, const PolicySpec&) = default;
};

/// "random", "random:7" (seed), "pct:3" (depth), "pct:3:7", "bounded:2" …; or one sentence (English, as all
/// of the command line's).
std::variant<PolicySpec, std::string> parse_policy(std::string_view text);

inline constexpr std::size_t kMaxPolicyWorkers = 256;
inline constexpr std::size_t kMaxChangePoints = 16;

/// A policy at work. Trivially copyable; a copy goes on like the original. It counts steps from where it
/// takes over, which need not be the start of the run.
struct Policy {
  PolicySpec spec;
  std::uint64_t random = 0;        ///< state of its generator
  std::uint32_t steps = 0;         ///< asked so far
  std::uint32_t changes_done = 0;  ///< pct: priorities changed; bounded: preemptions
  /// pct, bounded: the values of `steps`, from 1, where something changes; in the order drawn, 0 = none.
  std::array<std::uint32_t, kMaxChangePoints> change_points{};
  std::array<std::uint64_t, kMaxPolicyWorkers> priorities{};  ///< pct, pos: 0 = not drawn yet
};
static_assert(std::is_trivially_copyable_v<Policy>);

Policy make_policy(const PolicySpec& spec);
/// policy = make_policy(spec), but touches only what has been used.
void start_again(Policy& policy, const PolicySpec& spec);
/// One of situation.moves (there is at least one), or kHalt (manual). Allocates nothing.
Choice next_choice(Policy& policy, const Situation& situation);

}  // namespace lockstep
