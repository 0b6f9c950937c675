"""Quickly made dataclasses do all that Python's own do: each example holds for both."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Sequence
from typing import Any

import pytest

from nmtchoose.model import quick


@quick.dataclass(frozen=True, slots=True)
class Quick:
    """A field of every sort."""

    site: str
    limit: int = 5
    notes: Sequence[str] = dataclasses.field(default_factory=list)
    hidden: str = dataclasses.field(default="-", repr=False)
    line: int = dataclasses.field(default=0, compare=False)
    told: str = dataclasses.field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "told", f"{self.site}: {self.limit}")


@dataclasses.dataclass(frozen=True, slots=True)
class Usual:
    """The same, made by Python."""

    site: str
    limit: int = 5
    notes: Sequence[str] = dataclasses.field(default_factory=list)
    hidden: str = dataclasses.field(default="-", repr=False)
    line: int = dataclasses.field(default=0, compare=False)
    told: str = dataclasses.field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "told", f"{self.site}: {self.limit}")


@quick.dataclass(frozen=True, slots=True)
class QuickPart:
    """One field, and another class with the same one."""

    part: str


@dataclasses.dataclass(frozen=True, slots=True)
class UsualPart:
    """The same, made by Python."""

    part: str


both = pytest.mark.parametrize("made", [Quick, Usual], ids=["quick", "usual"])


@both
def test_fields_are_given_by_place_or_name_and_have_their_defaults(made: Any) -> None:
    one = made("knee", notes=("swollen",))
    assert (one.site, one.limit, one.notes, one.hidden, one.line, one.told) == (
        "knee",
        5,
        ("swollen",),
        "-",
        0,
        "knee: 5",
    )


@both
def test_a_default_that_is_made_is_made_for_each(made: Any) -> None:
    assert made("knee").notes == []
    assert made("knee").notes is not made("knee").notes


@both
@pytest.mark.parametrize("given", [{}, {"site": "knee", "place": 1}, {"site": "knee", "told": "x"}])
def test_what_is_missing_or_unknown_is_refused(made: Any, given: dict[str, object]) -> None:
    with pytest.raises(TypeError, match=r"__init__\(\) (missing 1 required|got an unexpected)"):
        made(**given)


@both
def test_equal_values_are_equal_and_count_once(made: Any) -> None:
    one, same, other = made("knee", notes=(), line=3), made("knee", notes=(), line=4), made("knee", 4, ())
    assert one == same
    assert one != other
    assert len({one, same, other}) == 2


@pytest.mark.parametrize(("one", "other"), [(Quick("a"), Usual("a")), (QuickPart("a"), UsualPart("a"))])
def test_another_class_with_the_same_values_is_not_equal(one: object, other: object) -> None:
    assert one != other
    assert one != "a"


@both
def test_what_holds_a_list_cannot_be_hashed(made: Any) -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(made("knee"))


@pytest.mark.parametrize("made", [QuickPart, UsualPart], ids=["quick", "usual"])
def test_one_field_is_compared_and_hashed_too(made: Any) -> None:
    assert {made("a"), made("a"), made("b")} == {made("a"), made("b")}


@both
def test_nothing_can_be_changed_deleted_or_added(made: Any) -> None:
    one = made("knee")
    with pytest.raises(dataclasses.FrozenInstanceError, match="field 'site'"):
        one.site = "hip"
    with pytest.raises(dataclasses.FrozenInstanceError, match="field 'site'"):
        del one.site
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
        one.place = "here"
    assert not hasattr(one, "__dict__")


@both
def test_it_can_be_replaced_matched_and_taken_apart(made: Any) -> None:
    changed = dataclasses.replace(made("knee", notes=()), limit=2)
    match changed:
        case made(site, limit):
            assert (site, limit, changed.told) == ("knee", 2, "knee: 2")
        case _:
            pytest.fail("it did not match")
    assert dataclasses.asdict(changed)["limit"] == 2
    assert [field.name for field in dataclasses.fields(made)] == ["site", "limit", "notes", "hidden", "line", "told"]


@both
def test_it_can_be_copied_and_pickled(made: Any) -> None:
    one = made("knee", 3, ["swollen"], line=7)
    for again in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert again == one
        assert (again.line, again.told) == (7, "knee: 3")


def test_it_is_shown_as_python_shows_it() -> None:
    assert repr(Quick("knee", 3)) == repr(Usual("knee", 3)).replace("Usual", "Quick")
    assert repr(Quick("knee", 3)) == "Quick(site='knee', limit=3, notes=[], line=0, told='knee: 3')"


def test_other_dataclasses_are_not_made() -> None:
    with pytest.raises(TypeError):
        quick.dataclass(frozen=False, slots=True)
