"""Where every start begins: the installed `nmtchoose`, and `python -m nmtchoose` where that is not on the path."""

from __future__ import annotations

import gc
import os
import sys

_SELDOM = 100_000
"""After how many new objects the garbage collector looks for cycles.

Python's own 700 is meant for programs that run long: looking that often takes a quarter of the time to the first
question, and there is next to nothing to find.
"""


def main() -> None:
    """Run the command line."""
    gc.set_threshold(_SELDOM)
    os.umask(0o077)  # whatever is made is for its owner alone, unless the program says otherwise
    from nmtchoose.cli.app import main as run

    run()


if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # the working directory: what lies beside somebody's files is not ours to import
    main()
