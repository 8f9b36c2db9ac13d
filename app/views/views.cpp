#include "app/views/view.hpp"

#include <array>

namespace lockstep {

std::span<const View* const> all_views() {
  static constexpr std::array kViews{
#define LOCKSTEP_VIEW(name) &name##_view,
#include "app/views/views.def"
#undef LOCKSTEP_VIEW
  };
  return kViews;
}

}  // namespace lockstep
