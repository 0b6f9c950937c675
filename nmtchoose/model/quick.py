"""`dataclass(frozen=True, slots=True)`, made in a quarter of the time.

Python's own compiles six functions for each class, which takes 0.2 to 0.6 ms, and a start needs some fifty classes
before the first question. Here only `__init__` is compiled; the rest is shared. Nothing else differs: `fields`,
`replace`, `match`, copying and pickling work as ever. A class that is not needed at every start takes Python's own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

_MISSING = dataclasses.MISSING

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type], Any]:
        """Return what makes a class a frozen dataclass with slots; there are no others here, so both are True.

        Fields with `init=False` get their value in `__post_init__`.
        """
        if not (frozen and slots):
            raise TypeError
        return _made


def _made(cls: type) -> Any:
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    fields = dataclasses.fields(made)
    compared = _values_of([field.name for field in fields if field.compare])

    def equal(self: object, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    made.__init__ = _init(made, fields)
    made.__eq__ = equal
    made.__hash__ = lambda self: hash(compared(self))
    made.__repr__ = _told
    made.__setattr__ = made.__delattr__ = _refuse
    made.__getstate__, made.__setstate__ = _state, _restore
    return made


def _init(cls: type, fields: tuple[dataclasses.Field[Any], ...]) -> Callable[..., None]:
    """Compile `__init__`; all that stands in its source are the names of fields, which Python has read already."""
    given: dict[str, Any] = {"set_": object.__setattr__, "missing_": _MISSING}
    parameters, lines = ["self"], []
    for field in fields:
        name, value = field.name, field.name
        if not field.init:
            continue
        if field.default_factory is not _MISSING:
            given[f"{name}_new"] = field.default_factory
            parameters.append(f"{name}=missing_")
            value = f"{name}_new() if {name} is missing_ else {name}"
        elif field.default is not _MISSING:
            given[f"{name}_default"] = field.default
            parameters.append(f"{name}={name}_default")
        else:
            parameters.append(name)
        lines.append(f" set_(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    source = "\n".join([f"def __init__({', '.join(parameters)}):", *(lines or [" pass"])])
    exec(source, given)  # noqa: S102 - as dataclasses does
    init: Callable[..., None] = given["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _values_of(names: list[str]) -> Callable[[object], object]:
    return attrgetter(*names) if names else lambda self: ()


def _told(self: Any) -> str:
    told = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(told)})"


def _refuse(self: object, name: str, value: object = None) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field '{name}'")


def _state(self: Any) -> list[object]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restore(self: Any, state: list[object]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
