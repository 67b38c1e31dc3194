# Shared by tools/demo, tools/test and .ci/run (source it): packages, configure, build. POSIX sh, so
# that it runs on a Debian 12 that has only its base packages. `root` is the source tree.

say() { printf '%s: %s\n' "${0##*/}" "$*"; }
die() { printf '%s: error: %s\n' "${0##*/}" "$*" >&2; exit 1; }

packages_build='g++ cmake ninja-build nlohmann-json3-dev libyaml-cpp-dev libdeflate-dev
  libre2-dev libcli11-dev libspdlog-dev'
packages_test='libgtest-dev python3 python3-jsonschema python3-yaml git libxml2-utils'
packages_ci='clang clang-format llvm-14 libclang-rt-14-dev libbenchmark-dev'

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    die "not root and no sudo; please run as root: $*"
  fi
}

# Installs those of the named Debian packages that are missing; does nothing if none is.
need_packages() {
  if ! command -v dpkg-query >/dev/null 2>&1; then
    say "not a Debian machine, so these must be there: $*"
    return
  fi
  missing=
  for package in "$@"; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) || state=
    [ "$state" = installed ] || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  say "installing Debian packages:$missing"
  log=$(mktemp)
  # shellcheck disable=SC2086  # a list of words
  if ! { as_root apt-get -o Acquire::Retries=3 -q update &&
         as_root env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 -q -y \
           --no-install-recommends install $missing; } >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    rm -f "$log"
    die "apt-get failed"
  fi
  rm -f "$log"
}

# build_preset PRESET [TARGET...]: configures if needed, then brings the targets up to date.
build_preset() {
  preset=$1
  shift
  cd "$root" || exit 1
  ninja_file=build/$preset/build.ninja
  if [ ! -f "$ninja_file" ] || [ -n "$(find CMakePresets.json -newer "$ninja_file")" ]; then
    say "configuring build/$preset"
    mkdir -p build
    cmake --preset "$preset" >"build/$preset.log" 2>&1 || { cat "build/$preset.log" >&2; die "cmake failed"; }
  fi
  say "building build/$preset"
  cmake --build --preset "$preset" ${1:+--target "$@"} || die "the build failed"
}
