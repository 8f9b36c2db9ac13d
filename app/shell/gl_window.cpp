#include "app/shell/gl_window.hpp"

#include <glad/gl.h>
// after glad
#include <GLFW/glfw3.h>

#include <cstring>
#include <optional>

namespace lockstep {
namespace {

int windows = 0;  // GLFW is shut down with the last one

GlWindow* self(GLFWwindow* window) { return static_cast<GlWindow*>(glfwGetWindowUserPointer(window)); }

void notify_input(GLFWwindow* window) {
  if (const GlWindow* owner = self(window); owner && owner->on_input) owner->on_input();
}

/// The character that a key writes without modifiers, or GLFW's number for keys that write nothing.
int code_of(int key, int scancode) {
  if (key >= GLFW_KEY_0 && key <= GLFW_KEY_9)
    return '0' + key - GLFW_KEY_0;  // wherever Shift is needed for it
  if (key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_9) return '0' + key - GLFW_KEY_KP_0;
  if (key == GLFW_KEY_KP_ADD) return '+';
  if (key == GLFW_KEY_KP_SUBTRACT) return '-';
  if (key == GLFW_KEY_SPACE) return key::kSpace;
  const char* name = glfwGetKeyName(key, scancode);
  if (!name || std::strlen(name) != 1) return key;
  const char c = name[0];
  return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
}

bool is_punctuation(int code) {
  return code > ' ' && code < 127 && !(code >= 'A' && code <= 'Z') && !(code >= '0' && code <= '9');
}

/// What the key means for the program, if anything: punctuation comes as a character; where it is, and
/// whether it needs Shift, depends on the keyboard.
std::optional<KeyPress> press_of(const KeyEvent& event) {
  if (event.kind == KeyEvent::Kind::up || (event.mods & (GLFW_MOD_ALT | GLFW_MOD_SUPER)) != 0)
    return std::nullopt;
  if (event.kind == KeyEvent::Kind::character) {
    const int code = event.codepoint <= 126 ? static_cast<int>(event.codepoint) : 0;
    if (event.ctrl || !is_punctuation(code)) return std::nullopt;
    return KeyPress{.code = code == '=' ? '+' : code};
  }
  KeyPress press{.code = code_of(event.key, event.scancode),
                 .ctrl = (event.mods & GLFW_MOD_CONTROL) != 0,
                 .shift = (event.mods & GLFW_MOD_SHIFT) != 0,
                 .repeat = event.kind == KeyEvent::Kind::repeat};
  if (press.ctrl && press.code == '=') press.code = '+';  // the same key on a US keyboard
  if (!press.ctrl && is_punctuation(press.code)) return std::nullopt;
  return press;
}

bool held_ctrl(GLFWwindow* window) {
  return glfwGetKey(window, GLFW_KEY_LEFT_CONTROL) == GLFW_PRESS ||
         glfwGetKey(window, GLFW_KEY_RIGHT_CONTROL) == GLFW_PRESS;
}

void set_hints(bool visible) {
  glfwDefaultWindowHints();
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);  // shown after the first frame
  glfwWindowHint(GLFW_FOCUS_ON_SHOW, visible ? GLFW_TRUE : GLFW_FALSE);
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
}

}  // namespace

GlWindow::Opened GlWindow::open(const WindowPlace& place, bool visible) {
  if (!glfwInit()) return NoWindow::no_display;
  set_hints(visible);
  if (place.maximized) glfwWindowHint(GLFW_MAXIMIZED, GLFW_TRUE);
  GLFWwindow* window = glfwCreateWindow(place.width, place.height, "Lockstep", nullptr, nullptr);
  if (!window || (glfwMakeContextCurrent(window), gladLoadGL(glfwGetProcAddress) == 0)) {
    if (window) glfwDestroyWindow(window);
    if (windows == 0) glfwTerminate();
    return NoWindow::no_opengl;
  }
  if (place.x >= 0 && place.y >= 0 && !place.maximized) glfwSetWindowPos(window, place.x, place.y);
  glfwSetWindowSizeLimits(window, 640, 400, GLFW_DONT_CARE, GLFW_DONT_CARE);
  glfwSwapInterval(visible ? 1 : 0);
  auto opened = std::unique_ptr<GlWindow>(new GlWindow(window));
  opened->restored_ = place;
  return opened;
}

GlWindow::GlWindow(GLFWwindow* window) : window_(window) {
  ++windows;
  glfwSetWindowUserPointer(window_, this);
  install_callbacks();
}

GlWindow::~GlWindow() {
  glfwDestroyWindow(window_);
  if (--windows == 0) glfwTerminate();
}

/// Before Dear ImGui installs its own, which call these.
void GlWindow::install_callbacks() {
  glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double, double) { notify_input(w); });
  glfwSetCursorEnterCallback(window_, [](GLFWwindow* w, int) { notify_input(w); });
  glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int, int, int) { notify_input(w); });
  glfwSetScrollCallback(window_, [](GLFWwindow* w, double, double) { notify_input(w); });
  glfwSetWindowFocusCallback(window_, [](GLFWwindow* w, int) { notify_input(w); });
  glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) { notify_input(w); });
  glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* w, int, int) { notify_input(w); });
  glfwSetWindowContentScaleCallback(window_, [](GLFWwindow* w, float, float) { notify_input(w); });
  glfwSetWindowCloseCallback(window_, [](GLFWwindow* w) { notify_input(w); });
}

void GlWindow::queue_keys() {
  imgui_key_ = glfwSetKeyCallback(window_, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
    notify_input(w);
    const auto kind = action == GLFW_RELEASE  ? KeyEvent::Kind::up
                      : action == GLFW_REPEAT ? KeyEvent::Kind::repeat
                                              : KeyEvent::Kind::down;
    self(w)->keys_.push({.kind = kind, .key = key, .scancode = scancode, .mods = mods});
  });
  imgui_character_ = glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned codepoint) {
    notify_input(w);
    self(w)->keys_.push({.kind = KeyEvent::Kind::character, .codepoint = codepoint, .ctrl = held_ctrl(w)});
  });
}

void GlWindow::feed_keys() {
  keys_.feed([this](const KeyEvent& event) { return deliver(event); });
}

KeyEffect GlWindow::deliver(const KeyEvent& event) {
  const std::optional<KeyPress> press = press_of(event);
  const KeyEffect effect = press && on_key ? on_key(*press) : KeyEffect::none;
  if (event.kind == KeyEvent::Kind::character) {
    if (imgui_character_ != nullptr) imgui_character_(window_, event.codepoint);
  } else if (imgui_key_ != nullptr) {
    const int action = event.kind == KeyEvent::Kind::up       ? GLFW_RELEASE
                       : event.kind == KeyEvent::Kind::repeat ? GLFW_REPEAT
                                                              : GLFW_PRESS;
    imgui_key_(window_, event.key, event.scancode, action, event.mods);
  }
  return effect;
}

void GlWindow::show() { glfwShowWindow(window_); }
bool GlWindow::should_close() const { return glfwWindowShouldClose(window_) != 0; }

void GlWindow::wait_events(double seconds) {
  if (seconds > 0) {
    glfwWaitEventsTimeout(seconds);
  } else {
    glfwPollEvents();
  }
}

void GlWindow::wake() { glfwPostEmptyEvent(); }

WindowPlace GlWindow::place() const {
  WindowPlace place = restored_;
  place.maximized = glfwGetWindowAttrib(window_, GLFW_MAXIMIZED) != 0;
  if (!place.maximized && glfwGetWindowAttrib(window_, GLFW_ICONIFIED) == 0) {
    glfwGetWindowPos(window_, &place.x, &place.y);
    glfwGetWindowSize(window_, &place.width, &place.height);
  }
  return place;
}

float GlWindow::content_scale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(window_, &x, &y);
  return x > 0 ? x : 1;
}

double GlWindow::time() const { return glfwGetTime(); }
void GlWindow::set_title(const std::string& title) { glfwSetWindowTitle(window_, title.c_str()); }

void GlWindow::clear(float r, float g, float b) {
  int width = 0, height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  glViewport(0, 0, width, height);
  glClearColor(r, g, b, 1);
  glClear(GL_COLOR_BUFFER_BIT);
}

void GlWindow::swap() { glfwSwapBuffers(window_); }

}  // namespace lockstep
