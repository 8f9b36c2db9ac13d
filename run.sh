#!/usr/bin/env bash
# Installs what is missing, builds Lockstep and starts it: ./run.sh opens the window, ./run.sh ARGS runs lockstep ARGS.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$root/.ci/packages.sh"

# Everything here goes to stderr: stdout belongs to the program (./run.sh list --json).
(
  cd "$root"
  need "${BUILD_PACKAGES[@]}" "${RUN_PACKAGES[@]}"
  [[ -f build/release/build.ninja ]] || cmake --preset release -Wno-dev
  cmake --build --preset release --target lockstep -j "$(nproc)"
) >&2

exec "$root/build/release/lockstep" "$@"
