"""What all benchmarks share: timing, the machine, and where results are written."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).parent / "results"
NAMED = ("nmtchoose", "typer", "rich", "questionary", "prompt_toolkit", "PyYAML")


def spread(times: Sequence[float], unit: float = 1e3) -> dict[str, float]:
    """Return median, quartiles, least and most of `times` in seconds, as milliseconds unless `unit` says otherwise."""
    low, middle, high = statistics.quantiles(times, n=4) if len(times) > 1 else [times[0]] * 3
    told = {"median": middle, "quartile_1": low, "quartile_3": high, "least": min(times), "most": max(times)}
    return {name: round(value * unit, 3) for name, value in told.items()} | {"runs": len(times)}


def per_call(call: Callable[[], object], seconds: float = 1.0, batches: int = 15) -> list[float]:
    """Return the seconds that one call takes, in each of some batches that together take about `seconds`."""
    began = time.perf_counter()
    call()
    once = max(time.perf_counter() - began, 1e-7)
    calls = max(1, int(seconds / batches / once))
    times = []
    for _ in range(batches):
        began = time.perf_counter()
        for _ in range(calls):
            call()
        times.append((time.perf_counter() - began) / calls)
    return times


def machine(packages: Sequence[str] = NAMED) -> dict[str, object]:
    """Return what the figures depend on."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in packages},
        "revision": _revision(),
        "date": time.strftime("%Y-%m-%d"),
    }


def write(name: str, results: Mapping[str, object]) -> Path:
    """Write `results` as JSON and return where."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return path


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _revision() -> str:
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
