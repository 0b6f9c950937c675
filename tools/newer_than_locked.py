"""Names the packages here that are newer than the locked ones: where to look when `make newest` fails."""

from __future__ import annotations

import re
from importlib.metadata import distributions
from pathlib import Path

LOCKED = Path(__file__).parents[1] / "requirements" / "test.txt"


def _name(written: str) -> str:
    return re.sub(r"[-_.]+", "-", written).lower()


def main() -> None:
    """Print one line for each package whose version is not among the locked ones."""
    locked: dict[str, list[str]] = {}
    for name, version in re.findall(r"^(\S+)==(\S+)", LOCKED.read_text(encoding="utf-8"), re.MULTILINE):
        locked.setdefault(_name(name), []).append(version)
    here = {_name(one.name): one.version for one in distributions()}
    print(f"Versions that differ from {LOCKED.name}:")
    for name, version in sorted(here.items()):
        if name in locked and version not in locked[name]:
            print(f"  {name} {version}, locked {' or '.join(locked[name])}")


if __name__ == "__main__":
    main()
