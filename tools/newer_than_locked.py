"""Names the packages here that are newer than the locked ones: what `make newest` tries, and where it may fail."""

from __future__ import annotations

import re
import sys
from importlib.metadata import distributions
from pathlib import Path

from packaging.version import Version

LOCKED = Path(__file__).parents[1] / "requirements" / "test.txt"


def _name(written: str) -> str:
    return re.sub(r"[-_.]+", "-", written).lower()


def main() -> int:
    """Print a line for each package whose version is not among the locked ones; return 1 when there is none."""
    locked: dict[str, list[str]] = {}
    for name, version in re.findall(r"^(\S+)==(\S+)", LOCKED.read_text(encoding="utf-8"), re.MULTILINE):
        locked.setdefault(_name(name), []).append(version)
    here = {_name(one.name): one.version for one in distributions()}
    newer = [
        name
        for name, version in sorted(here.items())
        if name in locked and Version(version) > max(map(Version, locked[name]))
    ]
    for name in newer:
        print(f"newer than in {LOCKED.name}: {name} {here[name]}, locked {' or '.join(locked[name])}")
    return 0 if newer else 1


if __name__ == "__main__":
    sys.exit(main())
