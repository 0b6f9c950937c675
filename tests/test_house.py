"""How the house is built: who may use whom, and how large a room may grow. `CONTRIBUTING.md` says what is in each."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "nmtchoose"

ORDER = (
    "codes",
    "errors",
    "processes",
    "model",
    "words",
    "signatures",
    "loading",
    "engine",
    "meaning",
    "files",
    "records",
    "practice",
    "pages",
    "formats",
    "desk",
    "prompts",
    "proof",
    "authoring",
    "review",
    "bulk",
    "api",
    "cli",
    "__main__",
)
"""A room uses only rooms that stand before it. The package itself stands first: everybody may ask for its version."""

MOST_LINES_IN_A_FILE = 300
MOST_LINES_IN_A_ROOM = 4_500
TABLES = {"codes.py"}
"""Files that only list things; they may be longer."""

SOURCES = {path.relative_to(HOUSE).as_posix(): path.read_text(encoding="utf-8") for path in HOUSE.rglob("*.py")}


def module_of(name: str) -> str:
    return ".".join(("nmtchoose", *Path(name).with_suffix("").parts)).removesuffix(".__init__")


MODULES = set(map(module_of, SOURCES))


@cache
def trees() -> dict[str, ast.Module]:
    return {name: ast.parse(source) for name, source in SOURCES.items()}


@cache
def uses() -> dict[str, set[str]]:
    """What each module imports."""
    return {module_of(name): set(imported(tree)) for name, tree in trees().items()}


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the modules of the house that are imported anywhere in `tree`, except for the type checker alone."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                continue
            case ast.Import(names):
                yield from (one.name for one in names if one.name in MODULES)
            case ast.ImportFrom(module=str(module), names=names):
                inside = {f"{module}.{one.name}" for one in names}
                yield from inside & MODULES or {module} & MODULES
            case _:
                yield from imported(node)


def test_a_room_uses_only_rooms_that_stand_before_it() -> None:
    place = {room: at for at, room in enumerate(("", *ORDER))}
    upwards = {
        f"{module} uses {one}"
        for module, used in uses().items()
        for one in used
        if place[room_of(one)] > place[room_of(module)]
    }
    assert upwards == set()


def test_imports_never_run_in_a_circle() -> None:
    """Not inside a room either, and not through an import inside a function."""
    try:
        TopologicalSorter(uses()).prepare()
    except CycleError as error:
        pytest.fail(" uses ".join(reversed(error.args[1])))


def test_a_file_can_be_read_in_one_go() -> None:
    long = {name for name, source in SOURCES.items() if len(source.splitlines()) > MOST_LINES_IN_A_FILE}
    assert long - TABLES == set()


def test_a_room_can_be_known_by_heart() -> None:
    rooms: Counter[str] = Counter()
    for name, source in SOURCES.items():
        rooms[room_of(module_of(name))] += len(source.splitlines())
    large = {room for room, lines in rooms.items() if lines > MOST_LINES_IN_A_ROOM}
    assert large == set()


def test_nothing_is_executed_from_text() -> None:
    assert {name for name, tree in trees().items() if _called(tree) & {"exec", "eval"}} == set()


def test_no_value_is_told_to_be_of_another_class() -> None:
    assert {name for name, tree in trees().items() if "__class__" in _assigned(tree)} == set()


def test_the_table_of_rooms_names_every_room() -> None:
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = {path.name for path in HOUSE.iterdir() if (path / "__init__.py").is_file()}
    assert {room for room in rooms if f"| `nmtchoose/{room}` |" not in table} == set()


def _called(tree: ast.AST) -> set[str]:
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {called.id for called in calls if isinstance(called, ast.Name)}


def _assigned(tree: ast.AST) -> set[str]:
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}
