#include "core/schedule/schedule_text.hpp"

#include <zlib.h>

#include <algorithm>
#include <cassert>

#include "core/schedule/schedule.hpp"

namespace lockstep {
namespace schedule_text {

std::string checksum(std::string_view text) {
  const auto* bytes = reinterpret_cast<const Bytef*>(text.data());
  std::uint64_t rest = crc32_z(crc32_z(0, nullptr, 0), bytes, text.size());
  std::string digits(kChecksumDigits, '0');
  for (char& digit : digits) {
    digit = kDigits[rest % kDigits.size()];
    rest /= kDigits.size();
  }
  return digits;
}

}  // namespace schedule_text

namespace {
using namespace schedule_text;

[[maybe_unused]] bool is_name(std::string_view text) { return std::ranges::all_of(text, is_name_character); }

std::string choices_text(const std::vector<Choice>& choices) {
  std::string text;
  for (std::size_t i = 0; i < choices.size();) {
    std::size_t end = i + 1;
    while (end < choices.size() && choices[end] == choices[i])
      ++end;
    text += ' ' + std::to_string(choices[i].worker);
    if (choices[i].by_hand) text += 'w';
    if (end - i > 1) text += '*' + std::to_string(end - i);
    i = end;
  }
  return text;
}

}  // namespace

std::string to_text(const Schedule& schedule) {
  assert(is_name(schedule.scenario) && is_name(schedule.variant));
  assert(schedule.marks.empty() || schedule.marks.size() == schedule.choices.size());
  std::string text{kMagic};
  text += std::to_string(kScheduleVersion) + ' ' + schedule.scenario + '/' + schedule.variant;
  for (const auto& [name, value] : schedule.params) {
    assert(is_name(name) && name != kSeedName);
    text += ' ' + name + '=' + std::to_string(value);
  }
  if (schedule.seed != 1) text += ' ' + std::string(kSeedName) + '=' + std::to_string(schedule.seed);
  text += " :" + choices_text(schedule.choices) + " .";
  for (const std::uint8_t mark : schedule.marks)
    text += kDigits[mark % kDigits.size()];
  return text + '#' + checksum(text);
}

}  // namespace lockstep
