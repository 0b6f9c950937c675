"""A very small questionnaire and rule table, built by hand, for tests of the engine."""

from __future__ import annotations

from nmtchoose.model.answers import Answers
from nmtchoose.model.condition import ALWAYS, AllOf, Condition, InRange, Is, Not
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import (
    Kind,
    Option,
    Purpose,
    Question,
    Questionnaire,
    Section,
    Stamp,
    Voices,
)
from nmtchoose.model.rules import Decision, Effects, Grade, Rule, RuleTable, SequencePlan, Sites, Stage, Therapy

STAMP = Stamp("1", "0" * 64)


def question(
    question_id: str,
    kind: Kind,
    *options: str,
    purpose: Purpose = Purpose.SAFETY,
    ask_when: Condition | None = None,
    unsure_as: str | None = None,
    show_when: dict[str, Condition] | None = None,
    specials: tuple[str, ...] = ("unsure",),
) -> Question:
    return Question(
        id=question_id,
        section="all",
        kind=kind,
        ask=Voices(f"{question_id}?", f"The client: {question_id}?"),
        purpose=purpose,
        why="Because.",
        ask_when=ask_when,
        options=tuple(Option(one, one.capitalize(), show_when=(show_when or {}).get(one)) for one in options),
        specials=("none", *specials) if kind is Kind.MANY else specials,
        unsure_as=unsure_as,
        minimum=0 if kind is Kind.NUMBER else None,
        maximum=120 if kind is Kind.NUMBER else None,
    )


SIGNS = question("signs", Kind.MANY, "chest", "face", purpose=Purpose.EMERGENCY)
AGE = question("age", Kind.NUMBER, specials=("declined",))
PAIN = question("pain_sites", Kind.MANY, "neck", "calf_left", purpose=Purpose.FIT, specials=())
GOALS = question("goals", Kind.MANY, "relax", "less_pain", purpose=Purpose.FIT, specials=())
THINNER = question("blood_thinner", Kind.ONE, "yes", "no", specials=("unsure", "declined"))
CLOT = question("clot", Kind.ONE, "yes", "no", ask_when=Is("blood_thinner", ("yes",)))
OLDER = question(
    "later_life", Kind.MANY, "temple", "stiff", show_when={"temple": InRange("age", 50, None)}, specials=("unsure",)
)
NOTES = question("notes", Kind.TEXT, purpose=Purpose.COMFORT, specials=())

QUESTIONNAIRE = Questionnaire(
    stamp=STAMP,
    title="Small",
    sections=(Section("all", "All"),),
    questions=(SIGNS, AGE, PAIN, GOALS, THINNER, CLOT, OLDER, NOTES),
)


def sign(name: str) -> Condition:
    """What the loader makes of `{signs: name}`."""
    return Is("signs", (name,))


def rule(rule_id: str, stage: Stage, when: Condition, **effects: object) -> Rule:
    then = Effects(**effects)  # type: ignore[arg-type]
    return Rule(rule_id, stage, when, then, sources=("book",), tell_client=f"{rule_id} said", reason=f"{rule_id} fits")


def therapy(therapy_id: str, lightest: int = 1, **more: object) -> Therapy:
    return Therapy(
        id=therapy_id,
        name=therapy_id.upper(),
        short=therapy_id,
        lightest=lightest,
        usual=5,
        facts={},
        summary="",
        evidence=Grade.LOW,
        evidence_text="",
        sources=("book",),
        **more,  # type: ignore[arg-type]
    )


RULES = (
    rule("chest", Stage.EMERGENCY, sign("chest"), disposition=Disposition.CALL_EMERGENCY),
    rule("face", Stage.EMERGENCY, sign("face"), disposition=Disposition.EMERGENCY_TODAY),
    rule("temple", Stage.MEDICAL, Is("later_life", ("temple",)), disposition=Disposition.MEDICAL_URGENT),
    rule(
        "thinner",
        Stage.CONTRAINDICATION,
        Is("blood_thinner", ("yes",)),
        pressure_limit=3,
        exclude=("nmt", "deep_tissue"),
    ),
    rule("clot", Stage.CONTRAINDICATION, Is("clot", ("yes",)), avoid=Sites(named=("calf_left",))),
    rule("point", Stage.FIT, Is("pain_sites", ("neck", "calf_left")), fit={"nmt": 5}),
    rule("rest", Stage.FIT, Is("goals", ("relax",)), fit={"swedish": 4}),
)

THERAPIES = (
    therapy("nmt", 3, works_on_pain=True),
    therapy("deep_tissue", 3),
    therapy("swedish"),
    therapy("warm", form_of="swedish", choose_when=InRange("age", 90, None)),
    therapy("prenatal", form_of="swedish", choose_when=InRange("age", 20, 20), sole_form=True),
)

DECISION = Decision(
    winner_lead=2,
    clear_lead=4,
    enough_answers=2,
    enough_of=("pain_sites", "goals", "age"),
    enough_points=3,
    fallback="swedish",
    sequences=(
        SequencePlan(
            "both",
            "nmt",
            ("swedish",),
            3,
            AllOf((Is("goals", ("relax",)), Is("goals", ("less_pain",)))),
            "{first} first, later {later}.",
            ("book",),
        ),
    ),
)

TABLE = RuleTable(
    stamp=STAMP,
    therapies=THERAPIES,
    rows=(),
    facts={},
    rules=RULES,
    decision=DECISION,
    dispositions={},
    regions={},
    sources={},
    grades={},
    texts={"tie": "{therapy}, either.", "winner": "{therapy}.", "what_is_left": "{therapy} is left."},
    safety_net=(),
)

HEALTHY: Answers = {
    "signs": ("none",),
    "age": 40,
    "pain_sites": ("none",),
    "goals": ("relax",),
    "blood_thinner": "no",
    "later_life": ("none",),
}

__all__ = ["ALWAYS", "HEALTHY", "QUESTIONNAIRE", "TABLE", "Not", "rule", "sign"]
