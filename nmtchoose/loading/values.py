"""Reading one node as text, a number, true or false, a list or a word of a closed list.

After a logged fault a harmless stand-in comes back, so that the rest of the file is still read. `what` names the value
in messages, as in "'label' is empty".
"""

from collections.abc import Collection

from nmtchoose.errors import Code
from nmtchoose.loading.fault_log import FaultLog, Placed
from nmtchoose.loading.nodes import Mapping, Node, Scalar, Sequence, describe
from nmtchoose.loading.yaml_nodes import HIDDEN

LONGEST_TEXT = 2_000
LONGEST_LIST = 2_000
_WORDS_FOR_TRUTH = frozenset(("yes", "no", "on", "off", "y", "n", "true", "false"))
_HINTS = {
    "text": "Write words, in quotes if need be.",
    "a whole number": "Write digits only, such as 3.",
    "true or false": "Write true or false, without quotes.",
    "true, false or text": "Write true, false, or the words to show.",
    "a list": "Write it as [a, b], or as lines that start with '- '.",
    "a mapping": "Write it as lines of 'key: value'.",
}


def wrong_type(log: FaultLog, node: Node, what: str, wanted: str) -> None:
    """Log that `node` is not `wanted`."""
    hint = _HINTS.get(wanted, "Write it like the others.")
    log.add(Code.WRONG_TYPE, node, what=what, wanted=wanted, got=describe(node), hint=hint)


def text_of(node: Node, log: FaultLog, what: str) -> str:
    """Return `node` as text, without the line breaks and spaces around it."""
    if not isinstance(node, Scalar) or node.truth is not None:
        wrong_type(log, node, what, "text")
        return ""
    text = node.text.strip()
    hidden = HIDDEN.search(text)
    if not text:
        log.add(Code.EMPTY_TEXT, node, what=what)
    elif len(text) > LONGEST_TEXT:
        log.add(Code.LONG_TEXT, node, what=what, limit=LONGEST_TEXT)
    elif hidden:
        log.add(Code.TEXT_CHARACTER, node, what=what, name=f"U+{ord(hidden[0]):04X}")
    else:
        return text
    return ""


def in_bounds(number: int, at: Placed, log: FaultLog, what: str, low: int, high: int) -> int | None:
    """Return `number` if it lies between `low` and `high`, else None."""
    if low <= number <= high:
        return number
    log.add(Code.NUMBER_OUT_OF_RANGE, at, what=what, number=number, low=low, high=high)
    return None


def flag_of(node: Node, log: FaultLog, what: str) -> bool | None:
    """Return True or False for `true` or `false`, or None."""
    truth = node.truth if isinstance(node, Scalar) else None
    if truth is None:
        wrong_type(log, node, what, "true or false")
    return truth


def flag_or_text(node: Node, log: FaultLog, what: str) -> bool | str | None:
    """Return True, False or a text, or None. Words such as `no` are refused: they look like `false` but are text."""
    if isinstance(node, Scalar) and node.truth is not None:
        return node.truth
    if not isinstance(node, Scalar) or node.text.lower() in _WORDS_FOR_TRUTH:
        wrong_type(log, node, what, "true, false or text")
        return None
    return text_of(node, log, what) or None


def items_of(node: Node, log: FaultLog, what: str) -> tuple[Node, ...]:
    """Return the items of a list, which may not be empty nor hold more than 2,000."""
    if not isinstance(node, Sequence):
        wrong_type(log, node, what, "a list")
        return ()
    if not node.items:
        log.add(Code.EMPTY_LIST, node, what=what)
    if len(node.items) > LONGEST_LIST:
        log.add(Code.TOO_MANY, node, what=what, limit=LONGEST_LIST)
    return node.items[:LONGEST_LIST]


def entries_of(node: Node, log: FaultLog, what: str) -> tuple[tuple[Scalar, Node], ...]:
    """Return the keys and values of a mapping."""
    if not isinstance(node, Mapping):
        wrong_type(log, node, what, "a mapping")
        return ()
    return node.entries


def one_of(node: Node, log: FaultLog, what: str, words: Collection[str]) -> str | None:
    """Return the text of `node` if it is one of `words`, or None."""
    text = text_of(node, log, what)
    if text and text not in words:
        log.add(Code.UNKNOWN_WORD, node, near=words, what=what, name=text)
    return text if text in words else None
