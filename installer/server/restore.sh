#!/bin/sh
# Brings a copy that backup.sh made back in the place of the server's data: restore.sh FILE   (as root, server off)
# All or nothing; the server goes on in new logs of its own, because registers may know what the copy does not.
# A server on SQLite keeps what was there in the folder `aside`; a PostgreSQL is emptied: copy it first if in doubt.
set -eu
file=$(readlink -f "${1:?a copy of backup.sh}")
[ -r "$file" ] || { echo "$file: 읽을 수 없어요. (can't be read)" >&2; exit 3; }

if [ "$(id -u)" = 0 ]; then # again as the server's own user, with the settings of the service
    for unit in jangteo.service 'jangteo@*.service'; do
        [ -z "$(systemctl list-units --no-legend --state=active,activating "$unit")" ] || {
            echo "서버를 먼저 꺼요: systemctl stop $unit (Stop the server first.)" >&2
            exit 1
        }
    done
    exec systemd-run --quiet --wait --collect --pty --pipe \
        -p User=jangteo -p Group=jangteo -p UMask=0077 -p StateDirectory=jangteo -p StateDirectoryMode=0700 \
        -p EnvironmentFile=-/etc/jangteo/server.env -E JANGTEO_HOME=/var/lib/jangteo \
        -E PYTHONUTF8=1 /bin/sh "$(readlink -f "$0")" "$file"
fi

case ${JANGTEO_DATABASE_URL:-} in
postgres*) ;;
*) exec "${JANGTEO:-/opt/jangteo/bin/jangteo}" restore "$file" ;;
esac
# The driver's name is SQLAlchemy's, not PostgreSQL's.
database=$(printf %s "$JANGTEO_DATABASE_URL" | sed 's/^postgresql+psycopg:/postgresql:/')
part=$(mktemp)
trap 'rm -f "$part"' EXIT
{
    echo 'DROP OWNED BY CURRENT_USER;'
    pg_restore --no-owner --no-privileges --file - "$file" || exit 3
    # From here on the server writes logs that it never wrote before.
    echo "UPDATE public.own_log SET log = '', counter = 0;"
} >"$part"
psql --quiet --no-psqlrc --single-transaction --set ON_ERROR_STOP=1 --file "$part" "$database" >/dev/null
echo "사본에서 되살렸어요: $file (Restored.)"
