#include "app/model/divergence_words.hpp"

#include "tests/catch.hpp"
#include "tests/trace/trace_builder.hpp"

using namespace lockstep;
using test::TraceBuilder;

TEST_CASE("a divergence is told with its step from 1 and the worker's name, in both languages") {
  TraceBuilder t;
  const WorkerId worker = t.running("Customer 1");
  for (const DivergenceKind kind :
       {DivergenceKind::impossible, DivergenceKind::nobody, DivergenceKind::events}) {
    const Divergence divergence{kind, 11, worker};
    const std::string en = tell(divergence, t.store(), Language::en);
    const std::string zh = tell(divergence, t.store(), Language::zh);
    CHECK_THAT(en, ContainsSubstring("step 12") && ContainsSubstring("Customer 1"));
    CHECK_THAT(zh, ContainsSubstring("第 12 步") && ContainsSubstring("Customer 1"));
  }
  CHECK_THAT(tell({DivergenceKind::nobody, 0, 77}, t.store(), Language::en), ContainsSubstring("worker 77"));
  CHECK(tell({}, t.store(), Language::zh).empty());
}
