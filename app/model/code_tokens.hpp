// Light syntax colouring: what each stretch of a source line is. No parser: words, texts, numbers, comments.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace lockstep {

enum class Syntax : std::uint8_t { cpp, python };
enum class TokenKind : std::uint8_t { plain, keyword, text, comment, number };

/// A stretch of one line, in bytes.
struct Token {
  TokenKind kind = TokenKind::plain;
  std::size_t begin = 0;
  std::size_t end = 0;
  friend bool operator==(const Token&, const Token&) = default;
};

/// For each line its tokens, which cover it without gaps. Comments and texts may go over several lines
/// (/* … */, """ … """).
std::vector<std::vector<Token>> tokenize(const std::vector<std::string_view>& lines, Syntax syntax);

}  // namespace lockstep
