# Sourced by run.sh and test.sh: the Debian packages they need, and `need`, which installs the missing ones.

BUILD_PACKAGES=(
  g++ cmake ninja-build pkg-config python3 ccache
  libimgui-dev libglfw3-dev python3-glad libboost-context-dev libcli11-dev nlohmann-json3-dev libfmt-dev
  libfontconfig-dev libpng-dev libxxhash-dev zlib1g-dev catch2
)
RUN_PACKAGES=(libgl1-mesa-dri fonts-inter fonts-jetbrains-mono fonts-wqy-microhei)
TEST_PACKAGES=(clang-format-14 xvfb xauth xdotool openmpi-bin libopenmpi-dev)

# need PACKAGE...: installs what is missing. Where it cannot, it says so and returns: CMake downloads what it can, and
# names what it cannot.
need() {
  if ! command -v apt-get >/dev/null; then
    echo "No apt here. Needed, by their Debian names: $*"
    return
  fi
  local missing=() package
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0

  local root=(env)
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
      echo "Missing: ${missing[*]}. As root: apt-get install ${missing[*]}"
      return
    fi
    root=(sudo)
  fi
  echo "Installing with apt-get: ${missing[*]}"
  "${root[@]}" apt-get -q update || true
  local known=()
  for package in "${missing[@]}"; do
    if apt-cache show "$package" >/dev/null 2>&1; then known+=("$package"); else echo "apt does not know $package"; fi
  done
  ((${#known[@]})) || return 0
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends "${known[@]}" ||
    echo "apt-get failed: going on with what is here"
}
