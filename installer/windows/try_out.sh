#!/bin/sh
# Proves the Windows setup program with Wine 10, as root: installer/windows/try_out.sh CHROOT [SETUP]
#   Makes a Debian 13 in the folder CHROOT unless one is there, builds inside with wine.sh unless SETUP is named, tries there.
# `try_out.sh here SETUP` tries on a machine that has wine (10), xvfb, openbox, xdotool, imagemagick, nsis and ran ./run once.
# Installs, rings the demo's tape and compares with this system's program, sells in the window, updates, removes. Each line
# is a figure or a verdict; pictures and papers lie in the folder SHOTS; exit 1 when one is wrong.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
[ $# -ge 1 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }

if [ "$1" != here ]; then
    target=$1
    machine="$root/installer/bare_chroot.sh"
    [ -d "$target/usr" ] || DIST=trixie ADD="wine wine64 nsis unzip xvfb openbox xdotool imagemagick procps" \
        "$machine" "$target" make
    "$machine" "$target" copy shell ./run --version
    epoch=$(cd "$root" && python3 -c 'from installer.frozen import made_at; print(made_at())')
    if [ $# -ge 2 ]; then
        mkdir -p "$target/setup"
        cp "$2" "$target/setup/"
    else
        "$machine" "$target" shell env "SOURCE_DATE_EPOCH=$epoch" sh installer/windows/wine.sh /setup
    fi
    exec "$machine" "$target" shell sh installer/windows/try_out.sh here \
        "/setup/$(cd "$target/setup" && ls -t -- *-setup.exe | head -n 1)"
fi

setup=$(readlink -f "$2")
work=$(mktemp -d /tmp/jangteo-windows-XXXXXX)
shots=${SHOTS:-/tmp/jangteo-windows}
mkdir -p "$shots" "$work/run"
chmod 700 "$work/run"
wine=$(command -v /usr/lib/wine/wine64 || command -v wine64 || command -v wine)
export WINEPREFIX="$work/prefix" WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=" XDG_RUNTIME_DIR="$work/run"
drive=$WINEPREFIX/drive_c
local="$drive/users/$(id -un)/AppData/Local"
place="$local/Programs/JangteoPOS"
data="$local/jangteo"
folder="C:\\users\\$(id -un)\\AppData\\Local\\Programs\\JangteoPOS"
itself="_?=$folder" # the uninstaller, not a copy: then its exit code tells
demo="Z:$root/resources/demo"
said="$work/said"
wrong=0
screen=
desk=

end() {
    wineserver -k 2>/dev/null || true
    [ -z "$desk" ] || kill "$desk" 2>/dev/null || true
    [ -z "$screen" ] || kill "$screen" 2>/dev/null || true
    rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT TERM

# ---- words ----------------------------------------------------------------------------------------

check() { # check NAME COMMAND…
    name=$1
    shift
    if "$@"; then echo "ok     $name"; else echo "WRONG  $name: $(tail -n 2 "$said" | tr '\n' ' ')"; wrong=1; fi
}
from_the_menu() { exec "$wine" start /wait "$folder\\program\\JangteoPOS.exe" </dev/null >/dev/null 2>&1; } # no console
in_wine() { "$wine" "$@" </dev/null >"$said" 2>&1; }
till() { "$wine" "$place/program/jangteo.exe" "$@" </dev/null 2>"$work/errors" | tr -d '\r'; }
exits() { # exits CODE COMMAND…
    wanted=$1
    shift
    code=0
    "$@" || code=$?
    [ "$code" = "$wanted" ] || { echo "exit $code" >>"$said"; return 1; }
}
now() { date +%s.%N; }
since() { echo "$1 $(now)" | awk '{ printf "%.1f", $2 - $1 }'; }
comes() { # comes COMMAND…: within two minutes
    until_then=$(($(date +%s) + 120))
    until "$@" >/dev/null 2>&1; do
        [ "$(date +%s)" -lt $until_then ] || return 1
        sleep 0.25
    done
}
here() { # here HOME WORDS…: this system's own program
    home=$1
    shift
    (cd "$root" && JANGTEO_HOME="$home" "$root/.venv/bin/python" -m pos_app "$@" 2>"$work/errors")
}
digest() { till digest; }
shot() { import -window root "$shots/$1.png"; }
shortcuts() { find "$drive/users" -name '*.lnk' | grep -c -E '장터포스|Jangteo' || true; }
listed() { grep -q 'Uninstall..JangteoPOS' "$WINEPREFIX/user.reg"; }
unlisted() { ! listed; }
settled() { wineserver -w; } # all of Wine has ended, the registry is written

# A setup of another version, made of the installed program: next_setup VERSION FOLDER
next_setup() {
    rm -rf "$work/next"
    cp -r "$place/program" "$work/next"
    info=$(find "$work/next/_internal" -maxdepth 1 -name 'jangteo_pos-*.dist-info')
    sed -i "s/^Version: .*/Version: $1/" "$info/METADATA"
    [ -z "${BROKEN:-}" ] || head -c 1000 "$work/next/jangteo.exe" > "$work/next/broken"
    [ -z "${BROKEN:-}" ] || mv "$work/next/broken" "$work/next/jangteo.exe"
    [ -z "${KEYS:-}" ] || cp "$KEYS" "$work/next/_internal/resources/update_keys.txt"
    mkdir -p "$2"
    makensis -V1 -INPUTCHARSET UTF8 '-XSetCompressor /FINAL zlib' "-DVERSION=$1" "-DSOURCE=$work/next" \
        "-DICON=$work/icon.ico" "-DOUT=$2/jangteo-pos-$1-setup.exe" "$root/installer/windows/jangteo.nsi" >"$said" 2>&1
}

# ---- install ----------------------------------------------------------------------------------------

echo "wine   $("$wine" --version)"
in_wine wineboot -i
settled
Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp 3>"$work/display" 2>/dev/null &
screen=$!
comes test -s "$work/display"
DISPLAY=":$(cat "$work/display")"
export DISPLAY
openbox >/dev/null 2>&1 &
desk=$!
QT_QPA_PLATFORM=offscreen "$root/.venv/bin/python" -c 'import sys; sys.path.insert(0, sys.argv[1])
from installer import icon; sys.argv = ["icon", sys.argv[2]]; sys.exit(icon.main())' "$root" "$work/icon.ico"

ls -l "$setup" | awk '{ printf "size   setup %.1f MB\n", $5 / 1e6 }'
began=$(now)
check "installs silently" exits 0 in_wine "$setup" /S
echo "time   install $(since "$began") s"
du -sm "$place" | awk '{ printf "size   installed %d MB\n", $1 }'
version=$(till --version)
echo "now    $version"
settled
check "three shortcuts" [ "$(shortcuts)" = 3 ]
check "listed among the programs" listed
began=$(now)
till --version >/dev/null
echo "time   --version $(since "$began") s"

# ---- command line -----------------------------------------------------------------------------------

check "doctor answers in Korean" sh -c "\"$wine\" '$place/program/jangteo.exe' doctor </dev/null 2>&1 | grep -q '좋음. 프로그램'"
till import "$demo/catalogue.xlsx" >"$said" 2>&1
till day open --market '시험 장터' --date 2026-11-20 --float 0 >"$said" 2>&1
began=$(now)
till ring "$demo/tape.jsonl" >"$said" 2>&1
echo "time   $(wc -l < "$root/resources/demo/tape.jsonl") sales of the tape $(since "$began") s"
check "verify finds nothing wrong" exits 0 in_wine "$place/program/jangteo.exe" verify
here "$work/ours" import "$root/resources/demo/catalogue.xlsx" >"$said"
here "$work/ours" day open --market '시험 장터' --date 2026-11-20 --float 0 >"$said"
here "$work/ours" ring "$root/resources/demo/tape.jsonl" >"$said"
till report day --json > "$work/theirs.json"
here "$work/ours" report day --json > "$work/ours.json"
check "the same tape gives the same day as here" cmp "$work/theirs.json" "$work/ours.json"
mkdir -p "$work/copy"
cp "$data"/jangteo.db* "$work/copy/"
before=$(digest)
check "this system reads the store made there" [ "$(here "$work/copy" digest)" = "$before" ]

# ---- the window ---------------------------------------------------------------------------------------

till day open --market '시험 장터' --date "$(date +%F)" --float 0 >"$said" 2>&1
till printer use 'file:///C:/paper.bin' >"$said" 2>&1
began=$(now)
from_the_menu &
window=$!
check "a window comes" comes xdotool search --onlyvisible --name 장터포스
echo "time   to the window $(since "$began") s"
painted() { shot selling && [ "$(identify -format %k "$shots/selling.png")" -gt 500 ]; }
check "with pictures and letters" comes painted
sleep 2 # nothing tells from outside when it listens
xdotool type --delay 5 "8807127684265
"
sleep 1
xdotool type --delay 5 "8808245040001
"
sleep 1
xdotool key F12
sleep 1
xdotool key --delay 60 1 0 asterisk
sleep 1
shot cash
xdotool key Return
paper() { [ -s "$drive/paper.bin" ]; }
check "two scans and six keys: a receipt" comes paper
sleep 1
shot change
cp "$drive/paper.bin" "$shots/" 2>/dev/null || true
held() { # one order as the till gives it: letter, length, thousandths of a second, bytes
    : > "$drive/device.bin"
    printf 'W\006\000\000\000\270\013\000\000a\nb\rc\n' | "$wine" "$place/program/JangteoPOS.exe" device-child \
        '{"scheme": "file", "path": "C:\\device.bin", "answers": false}' >"$said" 2>&1
    [ "$(od -An -c "$drive/device.bin" | tr -d ' ')" = 'a\nb\rc\n' ]
}
check "both goods stand on it, in CP949" sh -c "iconv -c -f CP949 -t UTF-8 '$shots/paper.bin' | grep -c -E '참기름|친환경 쌀' | grep -q 2"
check "the windowed program's child gives a device its bytes as they are" held
# Printers that answer, on a serial port and on the network, held by the frozen program.
printers() {
    (cd "$root" && "$root/.venv/bin/python" - "$wine" "$place/program/jangteo.exe" >"$said" 2>&1 <<'PYTHON'
import os, subprocess, sys
from pathlib import Path
from tests.hardware.simulated_printer import SerialPrinter, SimulatedPrinter
with SerialPrinter() as serial, SimulatedPrinter() as network:
    port = Path(os.environ["WINEPREFIX"], "dosdevices", "com5")
    port.unlink(missing_ok=True)
    port.symlink_to(serial.uri.removeprefix("serial://").partition("?")[0])
    for printer, uri in (serial, "serial://COM5?baud=115200"), (network, network.uri):
        for words in ("use", uri), ("test",):
            subprocess.run([*sys.argv[1:], "printer", *words], stdin=subprocess.DEVNULL, check=True)
        assert printer.wait_for(lambda each: len(each.printed) > 200), (uri, len(printer.printed))
        assert not printer.strange, (uri, printer.strange[:80])
PYTHON
    )
}
check "printers on COM5 and on the network print and answer" printers
# A queue of Windows' spooler that prints into a file; Wine wants a driver's name for it, not the driver.
spooled() {
    print='HKLM\System\CurrentControlSet\Control\Print'
    for value in 'Name=Till' 'Port=C:\spool.bin' 'Printer Driver=Till driver' 'Print Processor=WinPrint' 'Datatype=RAW'; do
        in_wine reg add "$print\Printers\Till" /v "${value%%=*}" /d "${value#*=}" /f || return 1
    done
    in_wine reg add "$print\Printers\Till" /v Attributes /t REG_DWORD /d 64 /f
    in_wine reg add "$print\Printers\Till" /v Status /t REG_DWORD /d 0 /f
    for system in 'Windows x64' 'Windows NT x86'; do
        in_wine reg add "$print\Environments\$system\Drivers\Version-3\Till driver" /v Driver /d wineps.drv /f
    done
    till printer find 2>/dev/null | grep -q Till || return 1
    till printer use win32://Till >"$said"
    in_wine "$place/program/jangteo.exe" printer test || true # Wine answers wrongly about a paper that has left
    [ "$(head -c 2 "$drive/spool.bin" | od -An -tx1)" = ' 1b 40' ]
}
check "a queue of the spooler is found and gets its bytes" spooled
till printer use 'file:///C:/paper.bin' >"$said" 2>&1
till report day --json > "$work/theirs.json"
check "the sale is in the store: 60,000" grep -q '"gross_won": 60000' "$work/theirs.json"
check "a second window is refused" exits 3 in_wine "$place/program/jangteo.exe"
check "… and says why" grep -q '이미 열려' "$said"
from_the_menu &
second=$!
check "… without a console in a box" comes xdotool search --onlyvisible --name '^Jangteo POS$'
shot box
xdotool key Return
check "… which Return closes" exits 3 wait "$second"
check "installing is refused while it runs" exits 1 in_wine "$setup" /S
check "removing is refused while it runs" exits 1 in_wine "$place/uninstall.exe" /S /LEAVE_UNSENT /REALLY "$itself"
xdotool key alt+F4
gone() { ! kill -0 "$window" 2>/dev/null; }
check "the window closes" comes gone
before=$(digest)

# ---- upgrade ------------------------------------------------------------------------------------------

python="$root/.venv/bin/python"
(cd "$root" && "$python" -m installer.release key "$work/maker.key" >"$said")
KEYS="$work/maker.key.pub" next_setup 90.0.0 "$work/next-90"
began=$(now)
check "a newer one goes over it" exits 0 in_wine "$work/next-90/jangteo-pos-90.0.0-setup.exe" /S
echo "time   upgrade $(since "$began") s"
check "the new one answers" [ "$(till --version)" = "jangteo-pos 90.0.0" ]
check "nothing of the old one is left" [ "$(cd "$place" && echo *)" = "program uninstall.exe" ]
check "the data is as it was" [ "$(digest)" = "$before" ]
check "an older one is refused" exits 1 in_wine "$setup" /S

next_setup 91.0.0 "$drive/stick"
(cd "$root" && "$python" -c '
import sys
from pathlib import Path
from installer.release import describe, signed
from pos_app.services.updates import MANIFEST
folder, key = Path(sys.argv[1]), bytes.fromhex(Path(sys.argv[2]).read_text("ascii").strip())
(folder / MANIFEST).write_bytes(signed(describe(folder, "91.0.0"), key))' "$drive/stick" "$work/maker.key")
check "a stick's update is looked at" exits 0 in_wine "$place/program/jangteo.exe" update --check 'C:\stick'
check "… and taken" exits 0 in_wine "$place/program/jangteo.exe" update 'C:\stick'
updated() { [ "$(till --version)" = "jangteo-pos 91.0.0" ]; }
check "the setup waits for the program and replaces it" comes updated
settled
check "the data is as it was, a copy more" [ "$(digest)" = "$before" ]

BROKEN=1 next_setup 92.0.0 "$work/next-92"
check "one that does not start is refused" exits 2 in_wine "$work/next-92/jangteo-pos-92.0.0-setup.exe" /S
check "… and the old one stays" updated

# ---- removal ------------------------------------------------------------------------------------------

check "removing is refused while sales are unsent" exits 1 in_wine "$place/uninstall.exe" /S "$itself"
check "told once is not enough" exits 1 in_wine "$place/uninstall.exe" /S /LEAVE_UNSENT "$itself"
check "… whichever word it is" exits 1 in_wine "$place/uninstall.exe" /S /REALLY "$itself"
check "all is still there" updated
in_wine "$place/uninstall.exe" /S /LEAVE_UNSENT /REALLY || true
removed() { [ ! -e "$place" ]; }
check "told twice, it goes" comes removed
settled
check "no shortcut is left" [ "$(shortcuts)" = 0 ]
check "no entry is left" unlisted
check "the data is" [ -s "$data/jangteo.db" ]
check "and installed again it is read" exits 0 in_wine "$setup" /S
check "… with the same digest" [ "$(digest)" = "$before" ]
echo "pictures and paper: $shots"
exit $wrong
