#include "app/shell/translations.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "assets/resources.hpp"

namespace lockstep {

Translations::Translations(std::string_view json) {
  const auto root = nlohmann::json::parse(json, nullptr, false);
  if (!root.is_object()) throw std::runtime_error("A catalogue is a JSON object: key → text.");
  for (const auto& [key, value] : root.items()) {
    if (!value.is_string()) throw std::runtime_error(fmt::format("\"{}\" is not a text.", key));
    texts_.emplace(key, value.get<std::string>());
  }
}

const char* Translations::find(std::string_view key) const {
  if (const auto it = texts_.find(key); it != texts_.end()) return it->second.c_str();
  // The key itself, kept for good: a missing translation must not dangle.
  static std::map<std::string, std::string, std::less<>> missing;
  auto it = missing.find(key);
  if (it == missing.end()) it = missing.emplace(std::string(key), std::string(key)).first;
  return it->second.c_str();
}

const Translations& translations(Language language) {
  static const Translations kEnglish(find_resource("assets/i18n/en.json").value_or("{}"));
  static const Translations kChinese(find_resource("assets/i18n/zh.json").value_or("{}"));
  return language == Language::zh ? kChinese : kEnglish;
}

}  // namespace lockstep
