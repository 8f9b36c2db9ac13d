#include "app/shell/gl_window.hpp"

#include <glad/gl.h>
// after glad
#include <GLFW/glfw3.h>

#include <cstring>

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

bool held_ctrl(GLFWwindow* window) {
  return glfwGetKey(window, GLFW_KEY_LEFT_CONTROL) == GLFW_PRESS ||
         glfwGetKey(window, GLFW_KEY_RIGHT_CONTROL) == GLFW_PRESS;
}

void on_key_event(GLFWwindow* window, int key, int scancode, int action, int mods) {
  notify_input(window);
  const GlWindow* owner = self(window);
  if (action == GLFW_RELEASE || !owner || !owner->on_key || (mods & (GLFW_MOD_ALT | GLFW_MOD_SUPER)) != 0)
    return;
  KeyPress press{.code = code_of(key, scancode),
                 .ctrl = (mods & GLFW_MOD_CONTROL) != 0,
                 .shift = (mods & GLFW_MOD_SHIFT) != 0,
                 .repeat = action == GLFW_REPEAT};
  if (press.ctrl && press.code == '=') press.code = '+';  // the same key on a US keyboard
  // Punctuation comes as a character (below): where it is, and whether it needs Shift, depends on the
  // keyboard.
  if (press.ctrl || !is_punctuation(press.code)) owner->on_key(press);
}

void on_character(GLFWwindow* window, unsigned codepoint) {
  notify_input(window);
  const GlWindow* owner = self(window);
  if (!owner || !owner->on_key || held_ctrl(window) || codepoint > 126) return;
  const int code = static_cast<int>(codepoint);
  if (is_punctuation(code)) owner->on_key({.code = code == '=' ? '+' : code});
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
  glfwSetKeyCallback(window_, on_key_event);
  glfwSetCharCallback(window_, on_character);
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
