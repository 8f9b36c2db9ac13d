#include "app/model/code_marks.hpp"
#include "app/model/code_tokens.hpp"
#include "tests/catch.hpp"
#include "tests/trace/trace_builder.hpp"

using namespace lockstep;
using lockstep::test::TraceBuilder;

namespace {

std::string kinds_of(std::string_view line, Syntax syntax) {
  const auto tokens = tokenize({line}, syntax);
  std::string result;
  for (const Token& token : tokens[0]) {
    constexpr std::string_view kLetters = ".ktcn";
    result += std::string(token.end - token.begin, kLetters[static_cast<std::size_t>(token.kind)]);
  }
  return result;
}

}  // namespace

TEST_CASE("tokens_tell_words_texts_numbers_and_comments_apart") {
  //                "for (int i = 1; f(\"a//b\"); ) // end"
  REQUIRE(kinds_of("for (int i = 10; f(\"a//b\"); ) // end", Syntax::cpp) ==
          "kkk..kkk.....nn....tttttt.....cccccc");
  REQUIRE(kinds_of("with lock:  # held", Syntax::python) == "kkkk........cccccc");
  REQUIRE(kinds_of("x = 'it\\'s'", Syntax::python) == "....ttttttt");
  REQUIRE(kinds_of("delay(100ms, 1'000)", Syntax::cpp) == "......nnnnn..nnnnn.");
}

TEST_CASE("tokens_cover_every_line_without_gaps") {
  const std::vector<std::string_view> lines{"",       "   ",       "/* a",       "b */ int x",
                                            "\"open", "1.5e3 'c'", "名 = \"值\""};
  for (const Syntax syntax : {Syntax::cpp, Syntax::python}) {
    const auto tokens = tokenize(lines, syntax);
    REQUIRE(tokens.size() == lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::size_t at = 0;
      for (const Token& token : tokens[i]) {
        REQUIRE(token.begin == at);
        REQUIRE(token.end > at);
        at = token.end;
      }
      REQUIRE(at == lines[i].size());
    }
  }
}

TEST_CASE("comments_and_texts_go_over_several_lines") {
  const auto cpp = tokenize({"/* a", "b", "c */ int"}, Syntax::cpp);
  REQUIRE(cpp[1] == std::vector<Token>{{TokenKind::comment, 0, 1}});
  REQUIRE(cpp[2].back().kind == TokenKind::keyword);
  const auto python = tokenize({"\"\"\"a", "b", "c\"\"\""}, Syntax::python);
  REQUIRE(python[1] == std::vector<Token>{{TokenKind::text, 0, 1}});
}

TEST_CASE("code_marks_show_each_living_worker_at_its_line") {
  TraceBuilder t;
  t.line(3);
  const WorkerId ada = t.running("Ada"), ben = t.running("Ben");
  const ObjectId fork = t.lock("Fork");
  t.line(12).acquire(ada, fork);
  t.line(14).block(ben, fork, EventKind::acquire);
  const CodeMarks marks = code_marks(t.store(), t.size(), "test.cpp");
  REQUIRE(marks.last_line == 14);
  REQUIRE(marks.last_worker == ben);
  const auto at = [&](WorkerId id) { return *std::ranges::find(marks.workers, id, &LineWorker::worker); };
  REQUIRE(at(ada) == LineWorker{12, ada, WorkerState::running});
  REQUIRE(at(ben) == LineWorker{14, ben, WorkerState::waiting});

  t.line(20).end(ada);
  const CodeMarks later = code_marks(t.store(), t.size(), "test.cpp");
  REQUIRE(std::ranges::find(later.workers, ada, &LineWorker::worker) == later.workers.end());
  REQUIRE(code_marks(t.store(), t.size(), "other.cpp").workers.empty());
}

TEST_CASE("code_marks_show_a_value_at_the_line_that_set_it_last") {
  TraceBuilder t;
  const WorkerId ada = t.running("Ada");
  const ObjectId left = t.local(ada, "left"), sold = t.shared(0, "sold");
  const EventIndex first = t.line(5).local_set(ada, left, Value::of_int(1));
  const EventIndex between = t.size();
  const EventIndex second = t.line(6).local_set(ada, left, Value::of_int(2));
  const EventIndex third = t.line(7).store(ada, sold, 1);
  t.line(8).load(ada, sold, 1);
  const auto values = [&](EventIndex n) { return code_marks(t.store(), n, "test.cpp").values; };
  const LineValue sold_value{7, sold, ada, Value::of_int(1), third};
  REQUIRE(values(t.size()) == std::vector<LineValue>{{6, left, ada, Value::of_int(2), second}, sold_value});
  REQUIRE(values(between) == std::vector<LineValue>{{5, left, ada, Value::of_int(1), first}});
  REQUIRE(last_write(t.store(), sold, between) == kNoEvent);

  t.end(ada);  // and her local variables with her
  REQUIRE(values(t.size()) == std::vector<LineValue>{sold_value});
}

TEST_CASE("code_marks_show_the_newest_value_of_a_line_first") {
  TraceBuilder t;
  const WorkerId ada = t.running("Ada"), ben = t.running("Ben");
  const ObjectId hers = t.local(ada, "left"), his = t.local(ben, "left");
  t.line(5).local_set(ada, hers, Value::of_int(1));
  t.local_set(ben, his, Value::of_int(2));
  const auto values = code_marks(t.store(), t.size(), "test.cpp").values;
  REQUIRE(values.size() == 2);
  REQUIRE(values[0].object == his);
}
