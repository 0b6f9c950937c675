"""Making many small frozen values quickly.

The `__init__` of a frozen dataclass sets each field through a look-up by name. Here, the slots of a twin that is not
frozen are set, and then it is declared to be the frozen class: the same value in a third of the time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

Made = TypeVar("Made")


def maker(kind: type[Made]) -> Callable[..., Made]:
    """Return a function that takes all fields of the frozen, slotted dataclass `kind` in order and makes a value."""
    whole: Any = kind
    names = [field.name for field in fields(whole)]
    lines = [
        f"def make({', '.join(names)}):",
        "    made_ = Twin()",
        *(f"    made_.{name} = {name}" for name in names),
        "    made_.__class__ = kind",
        "    return made_",
    ]
    twin = type("Twin", (), {"__slots__": tuple(names)})
    known: dict[str, Any] = {"__builtins__": {}, "Twin": twin, "kind": kind}
    exec(compile("\n".join(lines), "<maker>", "exec"), known)  # noqa: S102  the names of our own fields only
    make: Callable[..., Made] = known["make"]
    return make
