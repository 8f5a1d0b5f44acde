#!/bin/sh
# 장터포스를 이 폴더(USB)에서 바로 열어요. Opens Jangteo POS from this folder; its data lies in `home` beside this file.
here=$(cd "$(dirname "$0")" && pwd -P)
program=$here/program/jangteo
[ ! -x "$program" ] || exec "$program" "$@"
# Sticks formatted for Windows mark no file as a program; the system's own loader starts it all the same.
for loader in /lib64/ld-linux-x86-64.so.2 /lib/ld-linux-aarch64.so.1; do
    [ ! -x "$loader" ] || exec "$loader" "$program" "$@"
done
echo "이 컴퓨터에서는 열 수 없어요. 64비트 리눅스가 필요해요. (A 64-bit Linux is needed.)" >&2
exit 3
