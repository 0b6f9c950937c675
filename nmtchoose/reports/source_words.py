"""How firmly a rule stands, and its sources in words."""

from __future__ import annotations

from nmtchoose.model.rules import Checked, Firmness, Rule, RuleTable, Source
from nmtchoose.reports.wording import CHECKED, FIRMNESS

_FIRMEST_FIRST = tuple(Firmness)


def firmness_of(rule: Rule, rules: RuleTable) -> Firmness:
    """Return the rule's own firmness, else that of its firmest known source, else `own_judgement`."""
    if rule.firmness is not None:
        return rule.firmness
    known = (rules.sources[one].firmness for one in rule.sources if one in rules.sources)
    return min(known, key=_FIRMEST_FIRST.index, default=Firmness.OWN_JUDGEMENT)


def source_words(source: Source) -> str:
    """Return title, firmness, how it was checked and the address, on one line."""
    own = source.firmness is Firmness.OWN_JUDGEMENT and source.checked is Checked.NOT_READ
    how = FIRMNESS[source.firmness] if own else f"{FIRMNESS[source.firmness]}; {CHECKED[source.checked]}"
    code = f" [{source.code}]" if source.code else ""
    return f"{source.title}{code} ({how}) {source.url}".strip()
