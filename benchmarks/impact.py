"""What a change of the rules does to an archive: seconds and memory of `nmtchoose diff OLD NEW --answers ARCHIVE`.

    python benchmarks/impact.py [ROWS]

The archive is packed Parquet, 10 million records without ROWS. The change is what an owner may do: a blood thinner no
longer rules two therapies out, the limit in pregnancy is lowered, the limit of a neck is gone, and a therapy fits
better in one case. Seconds are those of the whole command, from starting Python to its last line; memory is the most
that all its processes hold together at once (Linux only).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.archive import DIFFERENT, interviews, write_packed
from benchmarks.clients import shipped_pair
from benchmarks.measuring import ROOT, machine, write

_PACKAGES = ("nmtchoose", "numpy", "pyarrow")
_RUNS = 3
_EVERY = 0.05


_EDITS = (
    ("blood-thinner", "        exclude: [nmt, deep_tissue]\n", ""),
    ("pregnant", "pressure_limit: 3", "pressure_limit: 2"),
    ("tension-in-many-areas", "deep_tissue: 3", "deep_tissue: 4"),
    (
        "neck-artery-or-thyroid",
        "site_limits: [{sites: neck, limit: 2}]",
        "expect: The neck is worked on like the rest.",
    ),
)
"""The id of a rule, and what in it is replaced by what."""


def write_edited_pair(folder: Path) -> None:
    """Write both files into `folder`, the rules with the edits; raises ValueError where one does not fit any more."""
    folder.mkdir()
    shutil.copy(ROOT / "questions.yaml", folder)
    text = (ROOT / "rules.yaml").read_text(encoding="utf-8")
    for rule, old, new in _EDITS:
        start = text.index(f"\n    {rule}:\n")
        place = text.index(old, start, text.index("\n    ", text.index("      sources:", start)))
        text = text[:place] + new + text[place + len(old) :]
    (folder / "rules.yaml").write_text(text, encoding="utf-8")


def measured(command: Sequence[str], out: Path) -> tuple[float, float]:
    """Run `command` with its output into `out`; return its seconds, and the MiB that its processes hold at most."""
    most = 0.0
    began = time.perf_counter()
    with out.open("wb") as stream, subprocess.Popen(command, stdout=stream) as process:
        while process.poll() is None:
            most = max(most, sum(_held(one) for one in _with_children(process.pid)))
            time.sleep(_EVERY)
        seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with code {process.returncode}")
    return seconds, most


def _with_children(pid: int) -> Iterator[int]:
    yield pid
    for children in Path("/proc").glob(f"{pid}/task/*/children"):
        try:
            found = children.read_text().split()
        except OSError:
            continue
        for child in found:
            yield from _with_children(int(child))


def _held(pid: int) -> float:
    """Return the MiB that a process holds; what several of them share counts once."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def main() -> None:
    """Make the archive, measure, and write the results."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    results: dict[str, object] = {"machine": machine(_PACKAGES), "records": rows, "different_interviews": DIFFERENT}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive, told = folder / "archive.parquet", folder / "told.json"
        questionnaire, _ = shipped_pair()
        write_packed(archive, rows, interviews(questionnaire), questionnaire)
        write_edited_pair(folder / "edited")
        command = [sys.executable, "-m", "nmtchoose", "diff", str(ROOT), str(folder / "edited")]
        runs = [measured([*command, "--answers", str(archive), "--no-prove", "--json"], told) for _ in range(_RUNS)]
        impact = json.loads(told.read_text())["impact"]
        results |= {
            "archive_MiB": round(archive.stat().st_size / 2**20),
            "seconds": [round(seconds, 2) for seconds, _ in runs],
            "records_a_second": round(rows / sorted(seconds for seconds, _ in runs)[_RUNS // 2]),
            "most_memory_MiB": round(max(memory for _, memory in runs)),
            "changed": {"records": impact["changed"], **impact["results"], "kinds": len(impact["changes"])},
        }
    print(json.dumps(results, indent=2))
    print(f"Written: {write('impact', results)}")


if __name__ == "__main__":
    main()
