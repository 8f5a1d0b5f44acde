#!/bin/sh
# Proves a .deb on a bare Debian, as root: installer/linux/try_out.sh DEB [CHROOT]   (NEXT=DIR: a stick with a signed newer one)
# Install; sell by touch and keyboard through the accessibility tree, in a network name space without a route; close
# what was asked of installing, updating and removing. Each line is a figure or a verdict; exit 1 when one is wrong.
set -eu
deb=$(readlink -f "$1")
target=${2:-/tmp/jangteo-try-out}
root=$(cd "$(dirname "$0")/../.." && pwd -P)
[ "$(id -u)" = 0 ] || { echo "root is needed for chroot" >&2; exit 2; }

# Everything below runs where mounts are its own; from the second step on also without a network.
if [ "${TRYING:-}" = "" ]; then
    [ -d "$target/usr" ] || BARE=1 "$root/installer/bare_chroot.sh" "$target" make
    TRYING=install unshare -m "$0" "$deb" "$target"
    exec env TRYING=use unshare -m -n "$0" "$deb" "$target"
fi

wrong=0
check() { # check NAME COMMAND…
    name=$1
    shift
    if "$@"; then echo "ok     $name"; else echo "WRONG  $name"; wrong=1; fi
}
inside() { chroot "$target" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
till() { chroot --userspec=till:till "$target" env -i HOME=/home/till PATH=/usr/bin:/bin LANG=C.UTF-8 "$@"; }
quietly() { "$@" >/tmp/jangteo-said 2>&1; }
refused() { ! quietly "$@"; }
said() { grep -q "$1" /tmp/jangteo-said; }

mkdir -p "$target/proc" "$target/dev/shm" "$target/dev/pts"
mount -t proc proc "$target/proc"
mount -t tmpfs tmpfs "$target/dev/shm"
mount -t devpts devpts "$target/dev/pts"
mount --bind /tmp "$target/tmp"
cp "$deb" "/tmp/jangteo-try-out.deb"

if [ "$TRYING" = install ]; then
    inside apt-get update -qq
    inside dpkg --remove --force-remove-reinstreq jangteo-pos >/dev/null 2>&1 || true
    check "installs with what it names" quietly inside apt-get install -y -qq --no-install-recommends \
        /tmp/jangteo-try-out.deb
    ls -l "$deb" | awk '{ printf "size   %.1f MB\n", $5 / 1e6 }'
    check "60 MB at most" [ "$(stat -c %s "$deb")" -le 60000000 ]
    inside dpkg-query -W -f 'space  ${Installed-Size} kB\n' jangteo-pos
    exit $wrong
fi

version=$(inside dpkg-query -W -f '${Version}' jangteo-pos)
check "no route to anywhere" sh -c '[ -z "$(ip route)" ]'
check "says its version" sh -c "[ \"\$(chroot '$target' jangteo --version)\" = 'jangteo-pos $version' ]"
# As the program looks for them: its own first.
missing=$(find "$target/usr/lib/jangteo-pos" -name '*.so*' -type f | sed "s|^$target||" |
    chroot "$target" env LD_LIBRARY_PATH=/usr/lib/jangteo-pos/_internal xargs ldd 2>/dev/null | grep 'not found' | sort -u | grep -v wayland || true)
check "every library is there" [ -z "$missing" ]
rm -rf "$target/home/till/.local"

# The real window, from outside.
home=$(mktemp -d /tmp/jangteo-try-XXXXXX)
chmod 755 "$home"
program=$home/program
printf '#!/bin/sh\nexec chroot %s env HOME=%s /usr/bin/jangteo "$@"\n' "$target" "$home" > "$program"
chmod +x "$program"
# shellcheck disable=SC2016
seen() {
    cd "$root" && PYTHONPATH="$root" .venv/bin/python -c '
import json, sys
from pathlib import Path
from tests.outside.stage import driven, x_server
from tests.ui.window.homes import KIM, KIM_CODE, OIL, OIL_CODE, RICE, RICE_CODE
words = json.dumps([OIL, RICE, KIM]), json.dumps([OIL_CODE, RICE_CODE, KIM_CODE])
with x_server() as display:
    seen = driven(display, Path(sys.argv[1]), "drive", *words, PROGRAM=sys.argv[2], PYTHONPATH=".")
print(seen["touch"]["total"], "|", seen["touch"]["change"], "|", *seen["receipts"])' "$home" "$program"
}
check "sells by touch and keyboard" seen

# A person's own data, through install, update and removal.
inside id till >/dev/null 2>&1 || inside useradd -m till
mkdir -p "$home/files"
cp "$root/resources/demo/catalogue.xlsx" "$home/files/"
head -n 200 "$root/resources/demo/tape.jsonl" > "$home/files/tape.jsonl"
chmod -R a+rX "$home/files"
till jangteo import "$home/files/catalogue.xlsx" >/dev/null 2>&1
till jangteo day open --market '시험 장터' --date 2026-11-20 --float 0 >/dev/null 2>&1
check "rings 200 sales" till jangteo ring "$home/files/tape.jsonl" 2>/dev/null
before=$(till jangteo digest)

if [ -n "${NEXT:-}" ]; then
    next=$(mktemp -d /tmp/jangteo-next-XXXXXX)
    cp "$NEXT"/jangteo-* "$next/"
    chmod -R a+rX "$next"
    check "a person without rights is told" refused till jangteo update "$next"
    (till env QT_QPA_PLATFORM=offscreen jangteo >/dev/null 2>&1 &)
    sleep 5 # the window has to be there; nothing tells when without a screen
    check "an open window stops the update" refused inside jangteo update "$next"
    for exe in /proc/[0-9]*/exe; do
        case $(readlink "$exe") in "$target"/usr/lib/jangteo-pos/jangteo) kill "$(basename "$(dirname "$exe")")" ;; esac
    done
    sleep 1
    check "updates from the stick, offline" inside jangteo update "$next"
    inside dpkg-query -W -f 'now    ${Version}\n' jangteo-pos
    check "200 unsent sales are all there" [ "$(till jangteo digest)" = "$before" ]
    check "an older package is refused" refused inside dpkg -i /tmp/jangteo-try-out.deb
    check "… and says why" said 'older'
    rm -rf "$next"
fi
brought=$(inside dpkg -L jangteo-pos)
check "removing is refused while sales are unsent" refused inside apt-get remove -y -qq jangteo-pos
check "… and says why" said 'within 15 minutes'
check "told twice, it goes" quietly inside apt-get purge -y -qq jangteo-pos
left=$(echo "$brought" | while IFS= read -r path; do
    if [ -f "$target$path" ] || [ -L "$target$path" ]; then case $path in /lib | /bin | /sbin) ;; *) echo "$path" ;; esac; fi
done)
check "nothing of it is left" [ -z "$left$(ls -d "$target/usr/lib/jangteo-pos" "$target/run/jangteo-pos-removal" 2>/dev/null)" ]
check "the data is" [ -s "$target/home/till/.local/share/jangteo/jangteo.db" ]
rm -rf "$home" /tmp/jangteo-try-out.deb /tmp/jangteo-said
exit $wrong
