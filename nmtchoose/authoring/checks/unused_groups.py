"""A named set of options or body regions that nothing uses. Loading puts its members in its place."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.errors import Code, Fault


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every group and every body group whose name stands nowhere as a value."""
    texts = (*pair.asked.places.texts, *pair.decided.places.texts)
    anywhere = {text.words for text in texts}
    about = {(name, text.words) for text in texts for name in text.path}
    for path in pair.asked.places.at:
        match path:
            case ("body_groups", name) if name not in anywhere:
                yield pair.asked.warning(Code.UNUSED_GROUP, *path, name=name)
            case ("questions", question, "groups", name) if (question, name) not in about:
                yield pair.asked.warning(Code.UNUSED_GROUP, *path, name=name)
