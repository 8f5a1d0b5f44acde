# Set-up shared by ./run and ./test: private Python environment and system libraries. Sourced, POSIX sh.
# The caller sets `root` (the project's folder, absolute) and then calls the functions below.
# Nothing here names a package index: pip's and uv's own configuration decides where parts come from.

# What is fetched stays in this folder as well: whoever deletes .tools and .venv has deleted all of it.
export UV_CACHE_DIR="${UV_CACHE_DIR:-$root/.tools/cache/uv}" PIP_CACHE_DIR="${PIP_CACHE_DIR:-$root/.tools/cache/pip}"

say() { printf '%s\n' "$*" >&2; }

# stop KOREAN ENGLISH: one sentence that says what to do, then exit 3 (the world failed).
stop() {
    say "$1"
    say "$2"
    exit 3
}

log() { printf '%s/.tools/set-up.log' "$root"; }

# ---- is everything there already? ---------------------------------------------------------------

# What the environment was made from, by content: an older checkout is noticed as well as a newer one.
current_key() {
    sum=$(cat "$root/pyproject.toml" "$root/requirements.lock" "$root/requirements-dev.lock" \
        "$root/installer/set_up.sh" | cksum)
    printf '%s %s' "$sum" "$root"
}

# environment_ready FLAVOUR: `run` is content with an environment made for `dev`, which holds more.
environment_ready() {
    [ -x "$root/.venv/bin/python" ] && [ -x "$root/.venv/bin/jangteo" ] && [ -f "$root/.venv/stamp" ] || return 1
    read -r made_flavour made_key < "$root/.venv/stamp" || return 1
    [ "$made_key" = "$(current_key)" ] || return 1
    [ "$made_flavour" = dev ] || [ "$made_flavour" = "$1" ]
}

# ---- Python environment -------------------------------------------------------------------------

# Prints the real path of a Python that the locked parts are made for (3.11 to 3.13).
find_python() {
    for name in python3 python3.13 python3.12 python3.11 python; do
        "$name" -c 'import os, sys
if not (3, 11) <= sys.version_info[:2] <= (3, 13): sys.exit(1)
print(os.path.realpath(sys.executable))' 2>/dev/null && return 0
    done
    return 1
}

is_root() { [ "$(id -u)" = 0 ]; }
has_apt() { command -v apt-get >/dev/null 2>&1; }

# apt_install PACKAGE…: quietly, fetching the package lists only when the first try fails.
apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -qq --no-install-recommends "$@" >>"$(log)" 2>&1 && return 0
    apt-get update -qq >>"$(log)" 2>&1 || true
    apt-get install -y -qq --no-install-recommends "$@" >>"$(log)" 2>&1
}

make_tools_environment() {
    rm -rf "$root/.tools/env"
    "$1" -m venv "$root/.tools/env" >>"$(log)" 2>&1
}

# Debian and Ubuntu keep pip for new environments (ensurepip) in a package of its own.
make_tools() {
    if [ -x "$root/.tools/env/bin/uv" ] && cmp -s "$root/installer/uv.txt" "$root/.tools/env/uv.txt"; then
        return 0
    fi
    minor=$(basename "$1")
    if ! make_tools_environment "$1"; then
        is_root && has_apt && { apt_install python3-venv || apt_install "$minor-venv"; } &&
            make_tools_environment "$1" || stop \
            "파이썬의 venv가 없어요. 이 줄을 실행한 뒤 다시 시작해 주세요: sudo apt-get install -y python3-venv" \
            "Python's venv is missing. Run this line, then start again: sudo apt-get install -y python3-venv"
    fi
    "$root/.tools/env/bin/python" -m pip install -q --disable-pip-version-check --no-deps --require-hashes \
        -r "$root/installer/uv.txt" >>"$(log)" 2>&1 || no_network
    cp "$root/installer/uv.txt" "$root/.tools/env/uv.txt"
}

no_network() {
    tail -n 5 "$(log)" >&2 || true
    stop "필요한 부품을 받지 못했어요. 인터넷 연결(또는 pip 설정)을 확인하고 다시 실행해 주세요. 자세한 기록: $(log)" \
        "The parts could not be downloaded. Check the network (or pip's configuration) and run this again. Details: $(log)"
}

# uv is quick; where only pip is set up for the network (own index, proxy, certificate), pip does the same.
install_locked() {
    uv=$root/.tools/env/bin/uv
    "$uv" pip sync -q --require-hashes --compile-bytecode --python "$root/.venv/bin/python" "$1" \
        >>"$(log)" 2>&1 && return 0
    say "uv로 받지 못해 pip로 다시 받아요. (uv could not download; trying pip.)"
    "$root/.tools/env/bin/python" -m pip --python "$root/.venv/bin/python" install -q --disable-pip-version-check \
        --require-hashes -r "$1" >>"$(log)" 2>&1
}

make_environment() {
    uv=$root/.tools/env/bin/uv
    if ! "$root/.venv/bin/python" -c '' 2>/dev/null; then
        rm -rf "$root/.venv"
        "$uv" venv -q --python "$1" "$root/.venv" >>"$(log)" 2>&1 || stop \
            "실행 환경을 만들지 못했어요. 디스크 자리와 쓰기 권한을 확인하고 다시 실행해 주세요: $root" \
            "The environment could not be made. Check disk space and write permission, then run this again: $root"
    fi
    rm -f "$root/.venv/stamp"
    lock=$root/requirements.lock
    [ "$2" = run ] || lock=$root/requirements-dev.lock
    install_locked "$lock" || no_network
    # The project itself: uv carries its own build backend, so nothing is downloaded for this step.
    "$uv" pip install -q --no-deps --offline --python "$root/.venv/bin/python" -e "$root" >>"$(log)" 2>&1 || stop \
        "프로그램을 환경에 넣지 못했어요. $(log)의 끝을 확인해 주세요." \
        "The program could not be placed in its environment. See the end of $(log)."
    "$root/.venv/bin/python" -m compileall -q "$root/pos_app" "$root/sync" >>"$(log)" 2>&1 || true
}

# prepare_environment FLAVOUR: makes or mends .tools and .venv; FLAVOUR is `run` or `dev`.
prepare_environment() {
    environment_ready "$1" && return 0
    mkdir -p "$root/.tools" 2>/dev/null || stop \
        "이 폴더에 쓸 수 없어요. 쓸 수 있는 곳으로 옮긴 뒤 다시 실행해 주세요: $root" \
        "This folder can't be written to. Move it to a place where you may write, then run this again: $root"
    say "실행 준비를 하고 있어요. 처음 한 번만 1분쯤 걸려요. (Setting up; about a minute, only once.)"
    if command -v flock >/dev/null 2>&1; then
        (flock 9 && prepare_alone "$1") 9>"$root/.tools/lock" || exit $?
    else
        prepare_alone "$1"
    fi
}

prepare_alone() {
    environment_ready "$1" && return 0
    flavour=$1
    [ ! -x "$root/.venv/bin/pytest" ] || flavour=dev # what a developer has installed stays
    : > "$(log)"
    python=$(find_python) || stop \
        "파이썬 3.11~3.13이 필요해요. 이 줄을 실행한 뒤 다시 시작해 주세요: sudo apt-get install -y python3 python3-venv" \
        "Python 3.11 to 3.13 is needed. Run this line, then start again: sudo apt-get install -y python3 python3-venv"
    make_tools "$python"
    make_environment "$python" "$flavour"
    printf '%s %s\n' "$flavour" "$(current_key)" > "$root/.venv/stamp"
}

# ---- system libraries ---------------------------------------------------------------------------

# What Qt's widgets need beyond the C library: file name, then the package of Debian and Ubuntu.
QT_LIBRARIES='libEGL.so.1 libegl1
libGL.so.1 libgl1
libxkbcommon.so.0 libxkbcommon0
libfontconfig.so.1 libfontconfig1
libdbus-1.so.3 libdbus-1-3
libglib-2.0.so.0 libglib2.0-0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-shape.so.0 libxcb-shape0'

# Prints the packages whose library the loader does not know.
missing_qt_packages() {
    known=$(/sbin/ldconfig -p 2>/dev/null || ldconfig -p 2>/dev/null || true)
    printf '%s\n' "$QT_LIBRARIES" | while read -r library package; do
        case $known in *"$library "*) ;; *) printf '%s ' "$package" ;; esac
    done
}

# What the tests that drive a real window from outside, and those that read PDFs, need.
TEST_PACKAGES='xvfb xdotool dbus at-spi2-core python3-gi gir1.2-atspi-2.0 poppler-utils'

missing_test_packages() {
    for package in $TEST_PACKAGES; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf '%s ' "$package"
    done
}

# libraries_ready FLAVOUR: true when a former start found everything.
libraries_ready() { [ -f "$root/.venv/libraries-$1" ]; }

# prepare_libraries FLAVOUR: installs what is missing when root; else names it in one line and fails.
prepare_libraries() {
    libraries_ready "$1" && return 0
    [ "$(uname -s)" = Linux ] || return 0
    missing=$(missing_qt_packages)
    if [ "$1" = dev ] && has_apt; then missing="$missing$(missing_test_packages)"; fi
    if [ -n "$missing" ] && is_root && has_apt; then
        say "화면에 필요한 시스템 라이브러리를 설치해요. (Installing system libraries: ${missing% })"
        # shellcheck disable=SC2086  # a list of package names
        apt_install $missing && missing=
    fi
    if [ -z "$missing" ]; then
        : > "$root/.venv/libraries-$1"
        return 0
    fi
    say "시스템 라이브러리가 더 필요해요. 이 줄을 실행한 뒤 다시 시작해 주세요. (System libraries are missing; run this line, then start again.)"
    say "sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing% }"
    return 1
}
