#include "app/views/view.hpp"

namespace lockstep {
namespace {

void draw(AppModel&, Ui&) {}

}  // namespace

const View transport_view{"transport", "transport.title", ViewPlace::top, draw, "transport.help"};

}  // namespace lockstep
