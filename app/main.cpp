// Placeholder: the command line and the window replace it.
#include <cstdio>

int main() {
  std::puts("lockstep");
  return 0;
}
