// The catalogue of every sentence on the screen: assets/i18n/<language>.json, flat, key → text. Placeholders
// are {0}, {1} …, so that a translation may reorder them. A key that ends in ".one" is the singular of the
// key before it.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "app/model/settings.hpp"

namespace lockstep {

class Translations {
 public:
  /// Parses a catalogue; throws std::runtime_error with a sentence if it is malformed (it is embedded: our
  /// fault).
  explicit Translations(std::string_view json);
  /// The text of a key; the key itself if there is none (a test sees to it that this never happens).
  const char* find(std::string_view key) const;
  bool has(std::string_view key) const { return texts_.contains(key); }
  const std::map<std::string, std::string, std::less<>>& all() const { return texts_; }

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

/// The embedded catalogue of a language.
const Translations& translations(Language language);

}  // namespace lockstep
