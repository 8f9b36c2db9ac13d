#include "app/model/lesson_names.hpp"

namespace lockstep {

std::string variant_name(const Lesson& lesson, std::string_view variant) {
  const auto it = lesson.variants.find(variant);
  return it == lesson.variants.end() || it->second.title.empty() ? std::string(variant) : it->second.title;
}

std::string param_name(const Lesson& lesson, std::string_view param) {
  const auto it = lesson.params.find(param);
  return it == lesson.params.end() ? std::string(param) : it->second;
}

}  // namespace lockstep
