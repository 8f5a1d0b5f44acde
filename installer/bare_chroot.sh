#!/bin/sh
# Proves ./run and ./test on a bare Debian in a folder of its own; as root: installer/bare_chroot.sh DIR STEP…
#   make    debootstrap a minimal Debian with python3 only (the mirror is the one that this machine's apt uses)
#   copy    the project's files, without environments or caches
#   run     first ./run and second ./run, each timed        test   ./test, timed
#   shell COMMAND…   anything else inside, in the project's folder
# ADD="xvfb procps" puts packages into `make`, BARE=1 leaves python3-venv out; AS=till is an ordinary user; DIST=bookworm.
set -eu
usage() { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[ $# -ge 2 ] || usage
[ "$(id -u)" = 0 ] || { echo "root is needed for chroot" >&2; exit 2; }
target=$1
shift
project=$(cd "$(dirname "$0")/.." && pwd -P)
dist=${DIST:-bookworm}

# The address that this machine's apt uses for `dist`, else for its own release (a mirror holds them all).
mirror() {
    apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' |
        awk -v dist="$dist" '$3 != "main" { next } $2 == dist { print $1; found = 1; exit } !any { any = $1 }
            END { if (!found) print any }'
}

own_release() { (. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}"); }

# Names, certificates and the clients' own settings, so that inside reaches what this machine reaches.
copy_settings() {
    sources=
    if [ "$dist" = "$(own_release)" ]; then # another release keeps what debootstrap wrote
        sources='/etc/apt/sources.list /etc/apt/sources.list.d/debian.sources'
        [ ! -e /etc/apt/sources.list.d/debian.sources ] || rm -f "$target/etc/apt/sources.list"
    fi
    for path in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/uv /root/.config/pip /root/.config/uv \
        $sources /etc/apt/apt.conf.d /etc/apt/auth.conf.d /etc/ssl/certs/ca-certificates.crt; do
        [ -e "$path" ] || continue
        rm -rf "${target:?}$path"
        mkdir -p "$target$(dirname "$path")"
        cp -rL "$path" "$target$path"
    done
    rm -f "$target"/etc/apt/apt.conf.d/docker-* "$target"/etc/apt/apt.conf.d/*packagekit \
        "$target"/etc/apt/apt.conf.d/*appstream
}

make_target() {
    source=$(mirror)
    [ -n "$source" ] || { echo "apt's sources name no mirror for $dist" >&2; exit 2; }
    rm -rf --one-file-system "$target"
    include=python3,python3-venv,ca-certificates
    [ -z "${BARE:-}" ] || include=python3,ca-certificates
    [ -z "${ADD:-}" ] || include="$include,$(echo "$ADD" | tr ' ' ',')"
    debootstrap --variant=minbase --include="$include" "$dist" "$target" "$source" >"$target.log" 2>&1 ||
        { tail -n 5 "$target.log" >&2; exit 3; }
    copy_settings
    chroot "$target" useradd -m till 2>/dev/null || true
}

copy_project() {
    rm -rf "$target/jangteo"
    mkdir -p "$target/jangteo"
    (cd "$project" && git -c core.quotePath=off ls-files -co --exclude-standard |
        while IFS= read -r name; do [ ! -e "$name" ] || printf '%s\n' "$name"; done |
        tar -T - -cf -) | tar -C "$target/jangteo" -xf -
    chroot "$target" chown -R "${AS:-root}" /jangteo
}

inside() {
    keep=$(env | grep -E '^(PIP_|UV_|SSL_CERT_|REQUESTS_CA_BUNDLE=|https?_proxy=|HTTPS?_PROXY=|CI=|DISPLAY=|JANGTEO_|QT_)' || true)
    who=${AS:-root}
    [ "$who" = root ] && person=/root || person=/home/$who
    set -- chroot --userspec="$who:$who" "$target" env -i HOME="$person" TERM=dumb LANG=C.UTF-8 \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin $keep \
        sh -c 'cd /jangteo && exec "$@"' sh "$@"
    mounted=
    for kind in proc:proc tmpfs:dev/shm devpts:dev/pts; do
        place=$target/${kind#*:}
        ! mountpoint -q "$place" || continue
        mkdir -p "$place"
        mount -t "${kind%%:*}" "${kind%%:*}" "$place" && mounted="$place $mounted"
    done
    status=0
    "$@" || status=$?
    for place in $mounted; do umount "$place"; done
    return $status
}

timed() {
    label=$1
    shift
    before=$(date +%s.%N)
    code=0
    inside "$@" || code=$?
    after=$(date +%s.%N)
    printf '%s: exit %s, %s s\n' "$label" "$code" "$(echo "$after $before" | awk '{ printf "%.2f", $1 - $2 }')"
    return $code
}

while [ $# -gt 0 ]; do
    step=$1
    shift
    case $step in
    make) make_target ;;
    copy) copy_project ;;
    run)
        timed "first ./run" ./run
        timed "second ./run" ./run
        timed "./run --help" ./run --help
        ;;
    test) timed "./test" ./test ;;
    shell)
        inside "$@"
        exit $?
        ;;
    *) usage ;;
    esac
done
