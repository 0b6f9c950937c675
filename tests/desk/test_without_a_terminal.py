"""The desk can be used where there is no terminal and no command line."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import nmtchoose.desk

KNOWS_NOT = ("typer", "rich", "questionary", "prompt_toolkit", "termios", "nmtchoose.cli", "nmtchoose.prompts")


def test_no_module_of_the_desk_needs_one() -> None:
    modules = [f"nmtchoose.desk.{one.name}" for one in pkgutil.iter_modules(nmtchoose.desk.__path__)]
    code = f"import sys, {', '.join(modules)}; print(*[one for one in {KNOWS_NOT!r} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
