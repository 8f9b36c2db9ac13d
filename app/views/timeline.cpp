#include "app/views/view.hpp"

namespace lockstep {
namespace {

void draw(AppModel&, Ui&) {}

}  // namespace

const View timeline_view{"timeline", "timeline.title", ViewPlace::centre, draw, "timeline.help"};

}  // namespace lockstep
