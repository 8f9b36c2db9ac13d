// What a lesson calls a variant and a param; their ids where it says nothing.
#pragma once

#include <string>
#include <string_view>

#include "core/scenario/lesson.hpp"

namespace lockstep {

/// "no-lock" → "without a lock"
std::string variant_name(const Lesson& lesson, std::string_view variant);
/// "customers" → "顾客数"
std::string param_name(const Lesson& lesson, std::string_view param);

}  // namespace lockstep
