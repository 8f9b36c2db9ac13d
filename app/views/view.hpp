// A view is a pane of the window. One file defines one view; views.def lists them all.
#pragma once

#include <span>
#include <string>

#include "app/model/app_model.hpp"
#include "app/shell/ui.hpp"

namespace lockstep {

enum class ViewPlace {
  top,         ///< the transport
  left,        ///< the library
  left_card,   ///< under the library, as high as its content
  centre,      ///< the timeline
  below,       ///< under it, in step mode only: the cards
  right_tab,   ///< the code
  bottom_tab,  ///< objects, wait-for graph …
  overlay,     ///< drawn last, over everything, opens its own ImGui windows if it has something to show
};

struct View {
  const char* id;         ///< "timeline": for settings, commands and tests
  const char* title_key;  ///< translation key of its tab or header
  ViewPlace place;
  /// Draws into the current ImGui window, which has the pane's size (GetContentRegionAvail) and no padding.
  void (*draw)(AppModel&, Ui&);
  const char* help_key;  ///< translation key of one or two sentences for the help view
  /// A number on the tab, 0 for none; nullptr if it never has one.
  int (*count)(const AppModel&) = nullptr;
  /// What stands at the right end of the pane's header, in a few words; nullptr for nothing.
  std::string (*status)(const AppModel&, const Ui&) = nullptr;
  /// Whether its tab is there; nullptr: always.
  bool (*shown)(const AppModel&) = nullptr;
};

/// In the order of views.def: the order of the tabs.
std::span<const View* const> all_views();

// Each is defined in app/views/<name>.cpp as `const View <name>_view{…};`
#define LOCKSTEP_VIEW(name) extern const View name##_view;
#include "app/views/views.def"
#undef LOCKSTEP_VIEW

}  // namespace lockstep
