"""A child process that writes one job to a device file, so that it can be ended when the device hangs.

Reads the bytes on standard input, the path as its argument; after every piece it says on standard
output how many bytes the device took. Exit code: 0 all, 3 could not be opened, 4 failed on the way.
"""

import errno
import os
import sys

_PIECE = 512


def main(path: str) -> int:
    data = sys.stdin.buffer.read()
    try:
        device = os.open(path, os.O_WRONLY | getattr(os, "O_NOCTTY", 0))
    except OSError as error:
        print(f"!{errno.errorcode.get(error.errno or 0, '')}", flush=True)
        return 3
    sent = 0
    print(sent, flush=True)
    try:
        while sent < len(data):
            sent += os.write(device, data[sent : sent + _PIECE])
            print(sent, flush=True)
        os.close(device)
    except OSError as error:
        print(f"!{errno.errorcode.get(error.errno or 0, '')}", flush=True)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
