#include "tests/parity/subject.hpp"

namespace lockstep::parity {

std::string repr(const api::Item& value) {
  return value.value().type == ValueType::text ? "'" + value.str() + "'" : value.str();
}

std::string repr(const std::vector<api::Item>& list) {
  std::string text;
  for (const api::Item& each : list)
    text += (text.empty() ? "" : ", ") + repr(each);
  return "[" + text + "]";
}

std::string repr(const std::optional<int>& value) { return value ? std::to_string(*value) : "None"; }

}  // namespace lockstep::parity
