#!/bin/sh
# `jangteo` on the server, as root: any command as the service's own user, with the service's settings and folder,
# so that accounts, codes and copies are those of the server that runs. Copy to /usr/local/bin/jangteo.
exec systemd-run --quiet --wait --collect --pty --pipe \
    -p User=jangteo -p Group=jangteo -p UMask=0077 -p StateDirectory=jangteo -p StateDirectoryMode=0700 \
    -p EnvironmentFile=-/etc/jangteo/server.env -E JANGTEO_HOME=/var/lib/jangteo -E PYTHONUTF8=1 \
    -E "JANGTEO_LANG=${JANGTEO_LANG:-ko}" /opt/jangteo/bin/jangteo "$@"
