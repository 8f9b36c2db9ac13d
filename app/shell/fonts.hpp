// Finds the fonts on the system and bakes the glyphs that the texts need.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/shell/ui.hpp"

namespace lockstep {

struct FontFile {
  std::string path;  ///< "" if the system does not have it
  int face = 0;
  std::vector<unsigned char> bytes;  ///< read once; all sizes are baked from it
};

/// The files of the fonts that the program draws with.
struct FontFiles {
  FontFile text, semi, mono, cjk;
  /// Translation keys of one sentence for each missing family: what to install. Empty if all are there.
  std::vector<const char*> missing;
  bool has_cjk() const { return !cjk.path.empty(); }
};

/// Asks fontconfig and reads the files; about 30 ms. Never fails: what is missing is left empty.
FontFiles find_fonts();

/// Characters beyond Latin that have to be baked, by where they are needed.
struct GlyphNeeds {
  std::set<char32_t> everywhere;  ///< in every font
  std::set<char32_t> running;     ///< in running text only (text, semi, small)
  /// Every character of a UTF-8 text that is not in the Latin ranges.
  static void collect(std::string_view text, std::set<char32_t>& out);
  /// What the catalogue, the narration and the lessons of a language need.
  static GlyphNeeds of(Language language);
  void merge(GlyphNeeds other);
};

/// Replaces the glyphs of the current ImGui context's atlas. Not between NewFrame and Render. Fonts that are
/// missing are replaced by ImGui's own. `files` must outlive the atlas.
Fonts bake_fonts(FontFiles& files, const GlyphNeeds& needs, float scale);

}  // namespace lockstep
