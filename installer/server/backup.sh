#!/bin/sh
# One verified copy of the server's data: backup.sh FOLDER [KEEP]   (KEEP: how many to keep, 14 unless told)
# SQLite by the program itself, PostgreSQL by pg_dump; a copy that can't be read back is not kept, older ones stay.
# jangteo-backup.timer runs it each night as the server's own user. FOLDER should be another disk or machine.
set -eu
umask 077
folder=${1:?a folder for the copies}
keep=${2:-14}
jangteo=${JANGTEO:-/opt/jangteo/bin/jangteo}
database=${JANGTEO_DATABASE_URL:-}
stamp=$(date +%Y%m%d-%H%M%S)
mkdir -p "$folder"

case $database in
postgres*)
    made=$folder/server-$stamp.dump
    trap 'rm -f "$made.part"' EXIT
    # The driver's name is SQLAlchemy's, not PostgreSQL's.
    pg_dump --format=custom --no-owner --file "$made.part" "$(printf %s "$database" | sed 's/^postgresql+psycopg:/postgresql:/')"
    pg_restore --list "$made.part" | grep -q ' TABLE DATA .* event ' || {
        echo "서버의 사본을 읽을 수 없어요. 옛 사본은 그대로예요. (The copy can't be read; older ones stay.)" >&2
        exit 3
    }
    mv "$made.part" "$made"
    ;;
*)
    made=$folder/server-$stamp.jangteo
    "$jangteo" backup "$made" >&2 # writes beside, reads back, then names it
    ;;
esac
echo "$made"

# Only once the new one is whole do the oldest go.
kind=${made##*.}
ls -1 "$folder"/server-*."$kind" | sort -r | tail -n +$((keep + 1)) | while IFS= read -r old; do rm -f "$old"; done
