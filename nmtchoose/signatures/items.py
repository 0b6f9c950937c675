"""What there is to sign in a pair of files, the riskiest first."""

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from nmtchoose.model.questionnaire import Contradiction, Question
from nmtchoose.model.rules import Decision, DispositionText, Guarantee, Region, Rule, SequencePlan, Sign, Stage, Therapy
from nmtchoose.model.tables import Tables
from nmtchoose.signatures.canonical import fingerprints


class Setting(Struct, frozen=True):
    """The value of a setting of the rules."""

    value: int | bool


class Scale(Struct, frozen=True):
    """The words of the pressure scale, lightest first."""

    says: tuple[str, ...]


class Numbers(Struct, frozen=True):
    """The telephone numbers of all regions."""

    regions: tuple[Region, ...]


class Text(Struct, frozen=True):
    """A sentence of the pages, or a list of them."""

    says: tuple[str, ...]


KINDS: dict[str, type[Struct]] = {
    "setting": Setting,
    "rule": Rule,
    "guarantee": Guarantee,
    "decision": Decision,
    "sequence": SequencePlan,
    "disposition": DispositionText,
    "numbers": Numbers,
    "scale": Scale,
    "contradiction": Contradiction,
    "question": Question,
    "therapy": Therapy,
    "sign": Sign,
    "text": Text,
}
"""By the word for it, what an item of that kind is."""


class Item(Struct, frozen=True, dict=True):
    """One thing to sign. `group` is the stage of a rule, else the kind."""

    kind: str
    name: str
    value: Struct

    @property
    def id(self) -> str:
        """Kind and name, such as `rule/blood-thinner`."""
        return f"{self.kind}/{self.name}"

    @property
    def group(self) -> str:
        """What `--stage` calls it."""
        return str(self.value.stage) if isinstance(self.value, Rule) else self.kind

    @cached_property
    def fingerprints(self) -> tuple[str, str]:
        """The fingerprint of the meaning, and that of the words."""
        return fingerprints(self.value)


def items_of(tables: Tables) -> tuple[Item, ...]:
    """Return every item: what is the clinician's to choose, what stops a booking, what limits it, then the rest.

    Questions made to ask one sign by itself are part of the question with the list.
    """
    asked, rules = tables.questionnaire, tables.rules
    return (
        *(Item("setting", name, Setting(value)) for name, value in rules.settings.items()),
        *_rules(tables, Stage.EMERGENCY, Stage.MEDICAL, Stage.DEFER, Stage.CONTRAINDICATION),
        *(Item("guarantee", one.id, one) for one in rules.guarantees),
        Item("decision", "points", replace(rules.decision, sequences=())),
        *(Item("sequence", one.id, one) for one in rules.decision.sequences),
        *_rules(tables, Stage.FIT, Stage.PLAN),
        *(Item("disposition", str(name), words) for name, words in rules.dispositions.items()),
        Item("numbers", "telephone", Numbers(tuple(rules.regions.values()))),
        *(Item("question", one.id, one) for one in asked.questions),
        *(Item("contradiction", one.id, one) for one in asked.contradictions),
        *(Item("therapy", one.id, one) for one in rules.therapies),
        Item("scale", "pressure", Scale(rules.pressure)),
        *(Item("sign", str(number), one) for number, one in enumerate(rules.safety_net, start=1)),
        *(Item("text", name, Text((said,))) for name, said in rules.texts.items()),
    )


def _rules(tables: Tables, *stages: Stage) -> Iterator[Item]:
    for stage in stages:
        yield from (Item("rule", one.id, one) for one in tables.rules.rules if one.stage is stage)
