#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "core/schedule/policy.hpp"

namespace lockstep {
namespace {

constexpr std::array<std::string_view, kPolicyKindCount> kNames{"manual", "first", "random",
                                                                "pct",    "pos",   "bounded"};

/// What may stand behind a policy's name.
struct Shape {
  std::uint64_t depth_from = 0;
  std::uint64_t depth_to = 0;  ///< 0: it has no depth
  bool has_seed = false;
  const char* example;
};

Shape shape_of(PolicyKind kind) {
  switch (kind) {
    case PolicyKind::manual: return {.example = "manual"};
    case PolicyKind::first: return {.example = "first"};
    case PolicyKind::random: return {.has_seed = true, .example = "random:7"};
    case PolicyKind::pct: return {1, kMaxChangePoints, true, "pct:3 or pct:3:7"};
    case PolicyKind::pos: return {.has_seed = true, .example = "pos:7"};
    case PolicyKind::bounded: return {0, kMaxChangePoints, true, "bounded:2 or bounded:2:7"};
  }
  return {.example = "random:7"};
}

/// The parts between the colons; at least one.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':')) {
    parts.push_back(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  parts.push_back(text);
  return parts;
}

std::optional<std::uint64_t> number_in(std::string_view text, std::uint64_t from, std::uint64_t to) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, value);
  const bool good = !text.empty() && failure == std::errc{} && stop == end && value >= from && value <= to;
  return good ? std::optional(value) : std::nullopt;
}

/// At most 40 bytes of it, cut between characters; control characters become "?".
std::string quoted(std::string_view text) {
  std::size_t length = std::min<std::size_t>(text.size(), 40);
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U)
    --length;
  std::string result = "\"";
  for (const char c : text.substr(0, length))
    result += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
  return result + (length < text.size() ? "…\"" : "\"");
}

std::string unknown(std::string_view text) {
  return fmt::format(
      "There is no policy {}; there are first, random, pct, pos and bounded, for example random:7.",
      quoted(text));
}

std::string bad_number(std::string_view name, const char* what, std::uint64_t from, std::uint64_t to,
                       const char* example, std::string_view got) {
  return fmt::format("The {} of the policy {} must be a whole number from {} to {}, for example {}; got {}.",
                     what, name, from, to, example, quoted(got));
}

}  // namespace

std::string_view name_of(PolicyKind kind) noexcept { return kNames[static_cast<std::size_t>(kind)]; }

std::variant<PolicySpec, std::string> parse_policy(std::string_view text) {
  const std::vector<std::string_view> parts = parts_of(text);
  const std::string_view name = parts.front();
  const auto kind = std::find(kNames.begin(), kNames.end(), name);
  if (kind == kNames.end()) return unknown(text);
  PolicySpec spec;
  spec.kind = static_cast<PolicyKind>(kind - kNames.begin());
  const Shape shape = shape_of(spec.kind);

  std::size_t next = 1;
  if (shape.depth_to != 0 && next < parts.size()) {
    const char* what = spec.kind == PolicyKind::pct ? "depth" : "number of preemptions";
    const auto depth = number_in(parts[next], shape.depth_from, shape.depth_to);
    if (!depth) return bad_number(name, what, shape.depth_from, shape.depth_to, shape.example, parts[next]);
    spec.depth = static_cast<std::uint32_t>(*depth);
    ++next;
  }
  if (shape.has_seed && next < parts.size()) {
    const auto seed = number_in(parts[next], 0, kLargestSeed);
    if (!seed) return bad_number(name, "seed", 0, kLargestSeed, shape.example, parts[next]);
    spec.seed = *seed;
    ++next;
  }
  if (next < parts.size())
    return fmt::format("{} says too much; write for example {}.", quoted(text), shape.example);
  return spec;
}

}  // namespace lockstep
