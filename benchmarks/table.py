"""The last results of all benchmarks as one table, from the JSON files in `benchmarks/results`.

python benchmarks/table.py
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.measuring import RESULTS

Row = tuple[str, str]


def _read(name: str) -> Mapping[str, Any]:
    path = RESULTS / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def main() -> None:
    """Print every figure of the last run by the name of its benchmark."""
    for name in ("desk", "assessment", "bulk", "impact", "spark", "equality"):
        results = _read(name)
        if not results:
            print(f"{name}: not run")
            continue
        machine = results.get("machine", {})
        print(f"\n{name} ({machine.get('date', '?')}, revision {machine.get('revision', '?')})")
        for what, told in _rows({key: value for key, value in results.items() if key != "machine"}):
            print(f"  {what:70} {told}")


def _rows(results: object, path: str = "") -> Iterator[Row]:
    """Yield every figure; of a spread its median and its quartiles."""
    if not isinstance(results, Mapping):
        yield path, str(results)
    elif "median" in results:
        spread = f"[{results.get('quartile_1')}, {results.get('quartile_3')}]" if "quartile_1" in results else ""
        yield path, f"{results['median']} {spread}"
    else:
        for key, value in results.items():
            yield from _rows(value, f"{path}, {key}" if path else key)


if __name__ == "__main__":
    main()
