"""What runs on GitHub is what `.ci/run` runs: the same targets of the Makefile, and none that only one of them has."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
JOBS: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8"))[
    "jobs"
]
TARGET = re.compile(r"^(?:if ! )?\s*make (?:--no-print-directory )?([a-z-]+)")


def commands(job: dict[str, Any]) -> list[str]:
    """Return the command lines of a job."""
    return [step["run"] for step in job["steps"] if "run" in step]


def targets(lines: list[str]) -> set[str]:
    """Return the targets that command lines make."""
    return {target for line in lines for target in TARGET.findall(line)}


def test_one_job_runs_the_whole_of_ci() -> None:
    assert [name for name, job in JOBS.items() if commands(job) == [".ci/run"]] == ["everything"]


def test_every_other_job_makes_what_ci_makes_too() -> None:
    others = [job for name, job in JOBS.items() if name != "everything"]
    assert all(len(commands(job)) == 1 and targets(commands(job)) for job in others)
    assert targets([line for job in others for line in commands(job)]) <= targets(CI.splitlines())


def test_the_quick_tests_run_on_every_system_and_python_that_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    matrix = JOBS["test"]["strategy"]["matrix"]
    assert matrix["os"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    assert matrix["python"] == [version for line in project["classifiers"] for version in re.findall(r"3\.\d+", line)]
    assert project["requires-python"] == f">={matrix['python'][0]}"


def test_ci_and_contributors_make_targets_that_there_are() -> None:
    written = targets([*CI.splitlines(), *(ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()])
    assert {"test", "test-slow", "lint", "oldest", "newest"} <= written
    assert [target for target in sorted(written) if not re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)] == []


def test_the_rooms_that_are_tried_with_other_versions_are_there() -> None:
    rooms = re.findall(r"\btests/\w+", MAKEFILE.partition("ON_LIBRARIES :=")[2].partition("oldest:")[0])
    assert len(rooms) > 1
    assert [room for room in rooms if not (ROOT / room).is_dir()] == []
