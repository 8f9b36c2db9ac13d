#!/usr/bin/env bash
# Installs what is missing, builds and runs all tests. Exit status 0: everything passed.
#
#   ./test.sh           formatting; release: headers and all tests; AddressSanitizer + UBSan: all tests;
#                       ThreadSanitizer: the tests of core/ that start threads
#   ./test.sh --quick   formatting; dev: headers and all tests
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit
source .ci/packages.sh

case "${1-}" in
  "" | --quick) ;;
  -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p}' "$0"; exit 0 ;;
  *) echo "test.sh: unknown argument '$1'. Known: --quick. Example: ./test.sh --quick" >&2; exit 2 ;;
esac

jobs=$(nproc)
summary=()
failed=0
started=$SECONDS

# note RESULT SECONDS NAME [DETAIL]: a line for the summary.
note() { summary+=("$(printf '%-7s %5ss  %-28s %s' "$1" "$2" "$3" "${4-}")"); }

# step NAME COMMAND...: runs it, remembers how it went, returns its status.
step() {
  local name=$1 begin=$SECONDS status=0 log detail
  shift
  printf '\n=== %s\n' "$name"
  log=$(mktemp)
  "$@" 2>&1 | tee "$log" || status=1
  detail=$(grep -E 'tests? (passed|failed)' "$log" | tail -1)
  rm -f "$log"
  if ((status == 0)); then
    note passed $((SECONDS - begin)) "$name" "$detail"
  else
    note FAILED $((SECONDS - begin)) "$name" "$detail"
    failed=1
  fi
  return $status
}

check_format() {
  local clang_format
  clang_format=$(command -v clang-format-14 || command -v clang-format) || { echo "clang-format is missing"; return 1; }
  find core app scenarios assets tests \( -name '*.cpp' -o -name '*.hpp' \) -print0 |
    xargs -0 "$clang_format" --dry-run -Werror && echo "Every file is formatted." && return
  echo "To format: cmake --build --preset dev --target format, or $(basename "$clang_format") -i FILE"
  return 1
}

# suite PRESET TARGET...: configures, builds, runs the preset's tests, all programs through `wrap`. Tests that run
# lessons or the window wait half of their time: one test more than there are cores.
wrap=()
suite() {
  step "$1: build" build "$@" && step "$1: tests" "${wrap[@]}" ctest --preset "$1" -j $((jobs + 1))
}
build() {
  cmake --preset "$1" -Wno-dev && "${wrap[@]}" cmake --build --preset "$1" -j "$jobs" --target "${@:2}"
}

# headers PRESET: compiles each header alone; names every one that does not stand alone.
headers() {
  step "$1: headers" cmake --build --preset "$1" -j "$jobs" --target all_verify_interface_header_sets -- -k 0
}

# A ThreadSanitizer program does not start where the kernel randomises addresses more than the library knows.
# Sets `wrap` to what makes it start; fails if nothing does.
find_thread_sanitizer_wrapper() {
  local probe wrapper
  probe=$(mktemp -d)
  echo 'int main() {}' >"$probe/probe.cpp"
  if "${CXX:-c++}" -fsanitize=thread "$probe/probe.cpp" -o "$probe/probe"; then
    for wrapper in "" "setarch $(uname -m) -R"; do
      read -ra wrap <<<"$wrapper"
      "${wrap[@]}" "$probe/probe" >/dev/null 2>&1 && { rm -rf "$probe"; return 0; }
    done
  fi
  rm -rf "$probe"
  return 1
}

need "${BUILD_PACKAGES[@]}" "${RUN_PACKAGES[@]}" "${TEST_PACKAGES[@]}"

step "formatting" check_format
if [[ ${1-} == --quick ]]; then
  suite dev all
  headers dev
else
  suite release all
  headers release
  suite asan all
  if find_thread_sanitizer_wrapper; then
    suite tsan thread_tests
  else
    note SKIPPED 0 "tsan" "a ThreadSanitizer program does not start here (try: sysctl vm.mmap_rnd_bits=28)"
  fi
fi

printf '\n=== Summary (%d min %d s)\n' $(((SECONDS - started) / 60)) $(((SECONDS - started) % 60))
printf '%s\n' "${summary[@]}"
if ((failed)); then echo "FAILED"; else echo "All passed."; fi
exit $failed
