"""The locked versions are those that pyproject.toml asks for: when they are not, `make lock` writes them anew."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
WRITTEN = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = WRITTEN["project"]["optional-dependencies"]
LOCKS = {
    "runtime": [],
    "test": ["test"],
    "slow": ["slow"],
    "lint": ["lint"],
    "bench": ["bench"],
    "oldest": ["test"],
}
"""Which extras each file of requirements/ holds."""


def asked_for(lines: list[str]) -> dict[str, Requirement]:
    """Return what the project names itself in `lines`, its own extras followed, and not what that needs in turn."""
    found: dict[str, Requirement] = {}
    for one in map(Requirement, lines):
        if one.name == WRITTEN["project"]["name"]:
            found |= asked_for([line for extra in sorted(one.extras) for line in EXTRAS[extra]])
        else:
            found[canonicalize_name(one.name)] = one
    return found


def locked(name: str) -> dict[str, tuple[list[str], bool]]:
    """Return the versions of every package in a lock, and whether the project itself asks for it."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    found: dict[str, tuple[list[str], bool]] = {}
    for package, version, notes in re.findall(r"^([\w.-]+)==([^\s;]+)(.*?)(?=^[\w.-]+==|\Z)", text, re.M | re.S):
        versions, direct = found.get(package, ([], False))
        found[package] = ([*versions, version], direct or "nmtchoose (pyproject.toml" in notes)
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_what_the_project_asks_for_in_a_version_that_it_allows(name: str) -> None:
    lines = [*WRITTEN["project"]["dependencies"], *(line for extra in LOCKS[name] for line in EXTRAS[extra])]
    asked, found = asked_for(lines), locked(name)
    assert {package for package, (_, direct) in found.items() if direct} == set(asked), "run `make lock`"
    for package, one in asked.items():
        versions, _ = found[package]
        assert all(one.specifier.contains(version, prereleases=True) for version in versions), f"{one}: run `make lock`"


@pytest.mark.parametrize("name", LOCKS)
def test_no_package_comes_without_a_hash(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert not re.findall(r"^[\w.-]+==.*[^\\]\n", text, re.M)
    assert "--hash=sha256:" in text


def test_what_builds_the_wheel_is_locked() -> None:
    group = WRITTEN["dependency-groups"]["build"]
    assert set(WRITTEN["build-system"]["requires"]) <= set(group)
    for one in map(Requirement, group):
        (version,), direct = locked("build")[one.name]
        assert direct
        assert version in one.specifier


def test_no_lock_names_a_place_to_load_from() -> None:
    for path in (ROOT / "requirements").iterdir():
        assert not re.search(r"://|index-url|find-links|^-e|file:", path.read_text(encoding="utf-8"), re.M), path.name
