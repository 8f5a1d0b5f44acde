"""First step of the packed program: where its data lies on a stick, and what its children inherit."""

import os
import sys
from pathlib import Path

# <stick>/jangteo-pos/{program/jangteo, portable, home/}: an update replaces the folder `program` alone.
_top = Path(sys.executable).resolve().parent.parent
if "JANGTEO_HOME" not in os.environ and (_top / "portable").is_file():
    os.environ["JANGTEO_HOME"] = str(_top / "home")

# The bundled libraries are for this program; a system's own command (lp, aplay) wants the system's.
if "LD_LIBRARY_PATH" in os.environ:
    _former = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
    if _former:
        os.environ["LD_LIBRARY_PATH"] = _former
    else:
        del os.environ["LD_LIBRARY_PATH"]
