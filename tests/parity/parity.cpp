#include "tests/parity/parity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "tests/catch.hpp"
#include "tests/parity/cpython.hpp"
#include "tests/parity/ours.hpp"

namespace lockstep::parity {
namespace {

constexpr std::ptrdiff_t kShown = 5;
/// The last line of a transcript that ends where a worker waits for what another has destroyed under it.
constexpr const char* kUndefined = "undefined";

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* const text = std::getenv(variable);  // NOLINT: one thread
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string name_of(const Subject& subject, const Entry& entry) {
  if (entry.worker == kTimePasses) return "time passes";
  return name_of_caller(entry.worker) + " " + subject.calls[static_cast<std::size_t>(entry.call)].python;
}

bool is_wait(const std::string& line) { return line.find(" blocks") != std::string::npos; }
bool is_call(const std::string& line) {
  return !line.empty() && line.find(" still waits") == std::string::npos;
}

std::size_t agree_for(const Transcript& a, const Transcript& b) {
  return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

bool ends_undefined(const Transcript& theirs) { return !theirs.empty() && theirs.back() == kUndefined; }

/// The same; nothing is said about what comes where CPython's behaviour is undefined.
bool is_same(const Transcript& theirs, const Transcript& ours) {
  if (!ends_undefined(theirs)) return theirs == ours;
  return agree_for(theirs, ours) + 1 == theirs.size();
}

bool is_among(const Transcript& theirs, const std::set<Transcript>& ours) {
  return std::ranges::any_of(ours, [&](const Transcript& each) { return is_same(theirs, each); });
}

bool is_told_by(const Transcript& ours, const std::set<Transcript>& theirs) {
  return std::ranges::any_of(theirs, [&](const Transcript& each) { return is_same(each, ours); });
}

/// What both did, up to the call in which `transcript` differs from all of `others`.
std::string complaint(const Subject& subject, const Sequence& sequence, const std::string& whose,
                      const Transcript& transcript, const std::set<Transcript>& others) {
  const Transcript& nearest = *std::ranges::max_element(
      others, {}, [&](const Transcript& each) { return agree_for(transcript, each); });
  const std::size_t same = agree_for(transcript, nearest);
  std::string text;
  for (std::size_t i = 0; i < same; ++i)
    text += fmt::format("  {:<40} {}\n", name_of(subject, sequence[i]), transcript[i]);
  return text + fmt::format("  {:<40} only {}: {}\n  {:<40} the other: {}\n",
                            name_of(subject, sequence[same]), whose, transcript[same], "", nearest[same]);
}

}  // namespace

void compare(const Subject& subject, Waiters waiters) {
  const std::uint64_t first = number_from("LOCKSTEP_PARITY_SEED", 1);
  std::vector<Sequence> sequences(number_from("LOCKSTEP_PARITY_SEQUENCES", 100) / subject.one_of);
  for (std::size_t i = 0; i < sequences.size(); ++i)
    sequences[i] = draw_sequence(subject, first + i);
  const auto theirs = run_in_cpython(subject, sequences);
  Ours ours(subject);
  std::vector<std::string> complaints;
  std::ptrdiff_t fixed = 0;
  std::ptrdiff_t calls = 0;
  std::ptrdiff_t blocked = 0;
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    const auto has_theirs = [&](const std::set<Transcript>& found) {
      return waiters == Waiters::in_order &&
             std::ranges::all_of(theirs[i], [&](const Transcript& each) { return is_among(each, found); });
    };
    const auto possible = ours.run(sequences[i], kMostOrders, has_theirs);
    const std::size_t before = complaints.size();
    fixed += theirs[i].size() == 1 && possible.size() == 1 ? 1 : 0;
    calls += std::ranges::count_if(*possible.begin(), is_call);
    blocked += std::ranges::count_if(*possible.begin(), is_wait);
    const auto say = [&](const char* whose, const Transcript& what, const std::set<Transcript>& others) {
      complaints.push_back(fmt::format("{}, seed {}:\n{}", subject.name, first + i,
                                       complaint(subject, sequences[i], whose, what, others)));
    };
    for (const Transcript& each : theirs[i]) {
      if (waiters != Waiters::ours_in_order && !is_among(each, possible)) say("CPython", each, possible);
    }
    const bool said = complaints.size() > before;
    for (const Transcript& each : possible) {
      if (!said && waiters != Waiters::in_order && !is_told_by(each, theirs[i]))
        say("Lockstep", each, theirs[i]);
    }
  }
  fmt::print("{}: {} sequences, {} of them with one transcript only; {} calls, {} of them block\n",
             subject.name, sequences.size(), fixed, calls, blocked);
  const auto shown = std::min<std::ptrdiff_t>(kShown, std::ssize(complaints));
  INFO(fmt::format("{}", fmt::join(complaints.begin(), complaints.begin() + shown, "\n")));
  CHECK(complaints.size() == 0);
}

}  // namespace lockstep::parity
