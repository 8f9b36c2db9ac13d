#include "app/model/code_tokens.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace lockstep {
namespace {

constexpr std::array<std::string_view, 47> kCppWords{
    "alignas", "auto",      "bool",      "break",    "case",    "catch",    "char",    "class",
    "const",   "constexpr", "continue",  "default",  "delete",  "do",       "double",  "else",
    "enum",    "explicit",  "extern",    "false",    "float",   "for",      "if",      "inline",
    "int",     "long",      "namespace", "new",      "nullptr", "operator", "private", "public",
    "return",  "sizeof",    "static",    "struct",   "switch",  "template", "this",    "throw",
    "true",    "try",       "typename",  "unsigned", "using",   "void",     "while"};

constexpr std::array<std::string_view, 35> kPythonWords{
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};

bool starts_word(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; }
bool in_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// One pass over the lines; remembers the long comment or text that is open at the end of a line.
class Tokenizer {
 public:
  explicit Tokenizer(Syntax syntax) : syntax_(syntax) {}

  std::vector<Token> line(std::string_view text) {
    text_ = text;
    at_ = 0;
    result_.clear();
    if (!open_.empty()) long_token(0);
    while (at_ < text_.size())
      next();
    return std::move(result_);
  }

 private:
  bool sees(std::string_view what) const { return text_.substr(at_).starts_with(what); }

  void next() {
    const char c = text_[at_];
    if (sees(syntax_ == Syntax::cpp ? "//" : "#")) return add(TokenKind::comment, text_.size());
    if (opens_long()) return long_token(open_.size());
    if (c == '"' || c == '\'') return add(TokenKind::text, end_of_text(c));
    if (is_digit(c)) return add(TokenKind::number, end_of_number());
    if (starts_word(c)) return word();
    add(TokenKind::plain, at_ + 1);
  }

  /// Sets open_ to what ends the long comment or text that begins here.
  bool opens_long() {
    if (syntax_ == Syntax::cpp && sees("/*")) open_ = "*/";
    if (syntax_ == Syntax::python && sees("\"\"\"")) open_ = "\"\"\"";
    if (syntax_ == Syntax::python && sees("'''")) open_ = "'''";
    return !open_.empty();
  }

  void long_token(std::size_t skip) {
    const TokenKind kind = syntax_ == Syntax::cpp ? TokenKind::comment : TokenKind::text;
    const std::size_t end = text_.find(open_, at_ + skip);
    if (end == std::string_view::npos) return add(kind, text_.size());
    const std::size_t length = open_.size();
    open_ = {};
    add(kind, end + length);
  }

  std::size_t end_of_text(char quote) const {
    for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\')
        ++i;
      else if (text_[i] == quote)
        return i + 1;
    }
    return text_.size();
  }

  /// 1'000, 0x1F, 2.5, and a unit that follows (100ms).
  std::size_t end_of_number() const {
    std::size_t i = at_;
    while (i < text_.size() && (in_word(text_[i]) || text_[i] == '.' || text_[i] == '\''))
      ++i;
    return i;
  }

  void word() {
    std::size_t end = at_;
    while (end < text_.size() && in_word(text_[end]))
      ++end;
    const std::string_view word = text_.substr(at_, end - at_);
    const bool known = syntax_ == Syntax::cpp ? std::ranges::binary_search(kCppWords, word)
                                              : std::ranges::binary_search(kPythonWords, word);
    add(known ? TokenKind::keyword : TokenKind::plain, end);
  }

  void add(TokenKind kind, std::size_t end) {
    if (end <= at_) return;
    if (!result_.empty() && result_.back().kind == kind)
      result_.back().end = end;
    else
      result_.push_back({kind, at_, end});
    at_ = end;
  }

  Syntax syntax_;
  std::string_view text_;
  std::string_view open_;  ///< what ends the open comment or text; empty: none is open
  std::size_t at_ = 0;
  std::vector<Token> result_;
};

static_assert(std::ranges::is_sorted(kCppWords) && std::ranges::is_sorted(kPythonWords));

}  // namespace

std::vector<std::vector<Token>> tokenize(const std::vector<std::string_view>& lines, Syntax syntax) {
  Tokenizer tokenizer(syntax);
  std::vector<std::vector<Token>> result;
  result.reserve(lines.size());
  for (const std::string_view line : lines)
    result.push_back(tokenizer.line(line));
  return result;
}

}  // namespace lockstep
