"""A rule that changes something for the client without a word that says why."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair, at_rule
from nmtchoose.engine.fired import changes_session
from nmtchoose.engine.therapies import reason
from nmtchoose.errors import Code, Fault


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every rule whose reason on screen would be empty."""
    for rule in pair.table.rules:
        if rule.then.fit and not rule.reason:
            does, known = "gives points", "reason"
        elif (changes_session(rule.then) or rule.then.disposition) and not reason(rule).text:
            does, known = "changes the session", "caution, tell_client, tell_therapist"
        else:
            continue
        yield pair.decided.warning(Code.NO_REASON, *at_rule(rule), name=rule.id, does=does, known=known)
