// What a lesson calls a variant and a param; their ids where it says nothing.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/scenario/lesson.hpp"
#include "core/scenario/scenario.hpp"

namespace lockstep {

/// "no-lock" → "without a lock"
std::string variant_name(const Lesson& lesson, std::string_view variant);
/// "customers" → "顾客数"
std::string param_name(const Lesson& lesson, std::string_view param);

using TypedParams = std::map<std::string, std::string>;
/// "customers 3 · tickets 1", in the scenario's order. A param without a value is left out.
std::string params_text(const Lesson& lesson, const Scenario& scenario, const TypedParams& params);
/// "3 · 1"
std::string param_values(const Scenario& scenario, const TypedParams& params);

}  // namespace lockstep
