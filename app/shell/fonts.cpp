#include "app/shell/fonts.hpp"

#include <fontconfig/fontconfig.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <memory>
#include <utility>

#include "assets/resources.hpp"
#include "core/analysis/pending_book.hpp"

namespace lockstep {
namespace {

constexpr int kWeightSemi = FC_WEIGHT_SEMIBOLD;
constexpr int kWeightText = FC_WEIGHT_REGULAR;

std::vector<unsigned char> read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The file of a family in a weight; empty if fontconfig would give another family.
FontFile find_font(const char* family, int weight) {
  const auto destroy = [](FcPattern* pattern) { FcPatternDestroy(pattern); };
  using Pattern = std::unique_ptr<FcPattern, decltype(destroy)>;
  const Pattern wanted(FcPatternCreate(), destroy);
  const auto* name = reinterpret_cast<const FcChar8*>(family);
  FcPatternAddString(wanted.get(), FC_FAMILY, name);
  FcPatternAddInteger(wanted.get(), FC_WEIGHT, weight);
  FcPatternAddInteger(wanted.get(), FC_SLANT, FC_SLANT_ROMAN);
  FcPatternAddBool(wanted.get(), FC_VARIABLE, FcFalse);
  FcConfigSubstitute(nullptr, wanted.get(), FcMatchPattern);
  FcDefaultSubstitute(wanted.get());
  FcResult result = FcResultMatch;
  const Pattern found(FcFontMatch(nullptr, wanted.get(), &result), destroy);
  FcChar8* found_family = nullptr;
  FcChar8* file = nullptr;
  int face = 0;
  if (!found || FcPatternGetString(found.get(), FC_FILE, 0, &file) != FcResultMatch) return {};
  bool same_family = false;
  for (int i = 0; FcPatternGetString(found.get(), FC_FAMILY, i, &found_family) == FcResultMatch; ++i) {
    same_family = same_family || FcStrCmpIgnoreCase(found_family, name) == 0;
  }
  if (!same_family) return {};
  FcPatternGetInteger(found.get(), FC_INDEX, 0, &face);
  std::string path = reinterpret_cast<const char*>(file);
  std::vector<unsigned char> bytes = read_bytes(path);
  if (bytes.empty()) return {};
  return {std::move(path), face & 0xFFFF, std::move(bytes)};
}

bool is_latin(char32_t c) { return c < 0x100; }

struct Size {
  ImFont* Fonts::*font;
  FontFile FontFiles::*file;
  float pixels;
  bool running;  // holds running text
};

constexpr Size kSizes[] = {
    {&Fonts::text, &FontFiles::text, 15, true},      {&Fonts::semi, &FontFiles::semi, 15, true},
    {&Fonts::small, &FontFiles::text, 13, true},     {&Fonts::small_semi, &FontFiles::semi, 13, false},
    {&Fonts::reading, &FontFiles::text, 17, true},   {&Fonts::title, &FontFiles::semi, 17, false},
    {&Fonts::mono, &FontFiles::mono, 14, false},     {&Fonts::mono_small, &FontFiles::mono, 12, false},
    {&Fonts::mono_big, &FontFiles::mono, 22, false},
};

/// The Latin ranges and what the interface draws besides words.
void add_basics(ImFontGlyphRangesBuilder& builder) {
  static const ImWchar kLatin[] = {0x20, 0xFF, 0};
  builder.AddRanges(kLatin);
  builder.AddText("…·—–‘’“”•→←↑↓↔⇒≤≥≠≈±×÷µ∞✓✗°◀▶▲▼●○◐◉□■");
}

ImVector<ImWchar> ranges_of(const Size& size, const GlyphNeeds& needs) {
  ImFontGlyphRangesBuilder builder;
  add_basics(builder);
  const auto add = [&](const std::set<char32_t>& characters) {
    for (const char32_t c : characters) {
      if (c <= 0xFFFF) builder.AddChar(static_cast<ImWchar>(c));
    }
  };
  add(needs.everywhere);
  if (size.running) add(needs.running);
  ImVector<ImWchar> ranges;
  builder.BuildRanges(&ranges);
  return ranges;
}

ImFont* add_font(FontFile& file, float pixels, const ImWchar* ranges, bool merge) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.MergeMode = merge;
  config.FontNo = file.face;
  config.OversampleH = merge ? 1 : 2;
  config.OversampleV = 1;
  config.PixelSnapH = merge;
  if (merge)
    config.GlyphOffset.y = std::round(pixels * 0.03F);  // the CJK face sits a little high beside Inter
  return atlas.AddFontFromMemoryTTF(file.bytes.data(), static_cast<int>(file.bytes.size()), pixels, &config,
                                    ranges);
}

ImFont* add_default(float pixels) {
  ImFontConfig config;
  config.SizePixels = pixels;
  return ImGui::GetIO().Fonts->AddFontDefault(&config);
}

}  // namespace

FontFiles find_fonts() {
  FontFiles files;
  files.text = find_font("Inter", kWeightText);
  files.semi = find_font("Inter", kWeightSemi);
  files.mono = find_font("JetBrains Mono", kWeightText);
  files.cjk = find_font("WenQuanYi Micro Hei", kWeightText);
  const auto need = [&](const FontFile& file, const char* key) {
    if (file.path.empty()) files.missing.push_back(key);
  };
  need(files.text, "fonts.missing.inter");
  need(files.mono, "fonts.missing.mono");
  need(files.cjk, "fonts.missing.cjk");
  return files;
}

void GlyphNeeds::collect(std::string_view text, std::set<char32_t>& out) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length && at + i < text.size(); ++i) {
      c = c << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    if (!is_latin(c)) out.insert(c);
    at += length;
  }
}

GlyphNeeds GlyphNeeds::of(Language language) {
  GlyphNeeds needs;
  collect("中文", needs.everywhere);
  for (const auto& [key, text] : translations(language).all())
    collect(text, needs.everywhere);
  const auto narration = [&](const auto&... tables) {
    const auto rows = [&](const auto& table) {
      for (const auto& row : table)
        collect(row.text, needs.everywhere);
    };
    (rows(tables), ...);
  };
  const analysis::PhraseBook& book = analysis::book_of(language);
  narration(book.phrases, book.headings, book.events, book.states, book.objects);
  const analysis::PendingBook& pending = analysis::pending_book_of(language);
  narration(pending.phrases, pending.actions, pending.boxes, pending.to_come);
  for (const std::string_view path : list_resources("scenarios/")) {
    const bool lesson = path.ends_with(std::string("/") + std::string(name_of(language)) + ".md");
    if (lesson) {
      const std::string_view text = find_resource(path).value_or("");
      collect(text, needs.running);
      collect(text.substr(0, text.find('\n')), needs.everywhere);  // the title
    } else if (path.ends_with(".cpp") || path.ends_with(".py")) {
      collect(find_resource(path).value_or(""), needs.everywhere);
    }
  }
  return needs;
}

void GlyphNeeds::merge(GlyphNeeds other) {
  everywhere.merge(other.everywhere);
  running.merge(other.running);
}

Fonts bake_fonts(FontFiles& files, const GlyphNeeds& needs, float scale) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  Fonts fonts;
  std::vector<ImVector<ImWchar>> kept;  // the ranges must live until Build()
  kept.reserve(std::size(kSizes));
  for (const Size& size : kSizes) {
    kept.push_back(ranges_of(size, needs));
    const ImWchar* ranges = kept.back().Data;
    const float pixels = std::round(size.pixels * scale);
    FontFile& file = files.*size.file;
    ImFont* font = file.path.empty() ? nullptr : add_font(file, pixels, ranges, false);
    if (!font) font = add_default(pixels);
    if (!files.cjk.path.empty()) add_font(files.cjk, pixels, ranges, true);
    fonts.*size.font = font;
  }
  atlas.Build();
  ImGui::GetIO().FontDefault = fonts.text;
  return fonts;
}

}  // namespace lockstep
