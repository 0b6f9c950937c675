"""The `format:` line that each of the two files starts with."""

from __future__ import annotations

from nmtchoose.errors import Code
from nmtchoose.loading.nodes import Node, Scalar
from nmtchoose.loading.older_form import NEWER, OLDER
from nmtchoose.loading.scope import Scope
from nmtchoose.loading.shapes import Value


def format_shape(wanted: str) -> Value:
    """Return the shape of a line that says the format `wanted`, or the one before it.

    In the one before it, entries are lists with an `id`, and nothing is written in short.
    """

    def read(node: Node, scope: Scope, what: str) -> str:
        written = node.text if isinstance(node, Scalar) else ""
        if written not in (wanted, wanted.replace(NEWER, OLDER)):
            scope.log.add(Code.WRONG_FORMAT, node, wanted=wanted)
        return written

    return Value(read, {"const": wanted})
