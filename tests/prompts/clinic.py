"""A small questionnaire with a question of every kind, built by hand."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from nmtchoose.desk.prompter import Screen, Voice
from nmtchoose.loading.one_question import lines_of
from nmtchoose.model.answers import Answer
from nmtchoose.model.condition import Is
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import (
    Kind,
    Option,
    Purpose,
    Question,
    Questionnaire,
    Section,
    Stem,
    Voices,
)
from nmtchoose.model.rules import Effects, Rule, RuleTable, Stage
from nmtchoose.model.tables import Tables
from tests.engine.small import STAMP, TABLE

LABELS = {"none": "None of these", "unsure": "Not sure", "declined": "Prefer not to say"}


def voices(client: str, staff: str | None = None) -> Voices:
    return Voices(client, staff or client)


SIGNS = Question(
    id="signs",
    section="now",
    kind=Kind.MANY,
    ask=voices(
        "Is any of this happening now, or in the last 24 hours?",
        "Is any of this happening to the client now, or in the last 24 hours?",
    ),
    purpose=Purpose.EMERGENCY,
    why="These signs need help at once, and a massage could delay it.",
    staff_hint="Read every line aloud. Do not guess.",
    options=(
        Option("chest", "Chest pain, pressure or tightness that lasts or comes and goes", heading="Heart"),
        Option(
            "breath", "Trouble breathing that came on suddenly", heading="Heart", help="At rest or when lying down."
        ),
        Option("face", "One side of the face droops, or speech is slurred", heading="Brain and nerves"),
        Option("worst", "The worst headache of your life, and it came on suddenly", heading="Brain and nerves"),
        Option("worst_days", "The worst headache of your life, and it has lasted for days", heading="Brain and nerves"),
    ),
    specials=("none", "unsure"),
    special_labels=LABELS,
)
FEVER = Question(
    id="fever",
    section="now",
    kind=Kind.ONE,
    ask=voices("Do you have a fever today?", "Does the client have a fever today?"),
    purpose=Purpose.SAFETY,
    why="With a fever, rest comes first.",
    help="A fever is 38 C (100.4 F) or more.",
    options=(Option("yes", "Yes"), Option("no", "No")),
    specials=("unsure",),
    special_labels=LABELS,
)
PREGNANT = Question(
    id="pregnant",
    section="you",
    kind=Kind.ONE,
    ask=voices("Are you pregnant, or could you be?", "Is the client pregnant, or could they be?"),
    purpose=Purpose.SAFETY,
    why="Position, pressure and places change with a pregnancy.",
    options=(Option("yes", "Yes"), Option("no", "No")),
    specials=("unsure", "declined"),
    special_labels=LABELS,
    private=True,
)
AGE = Question(
    id="age",
    section="you",
    kind=Kind.NUMBER,
    ask=voices("How old are you?", "How old is the client?"),
    purpose=Purpose.SAFETY,
    why="Some signs mean more after 50.",
    minimum=16,
    maximum=120,
    unit="years",
    specials=("declined",),
    special_labels=LABELS,
)
_REGIONS = {
    "head": ("Head", "Head and neck", ("skull", "temple")),
    "jaw": ("Jaw", "Head and neck", ("TMJ",)),
    "neck": ("Neck", "Head and neck", ("nape", "cervical")),
    "shoulder": ("Shoulder", "Arms", ("rotator cuff",)),
    "elbow": ("Elbow", "Arms", ()),
    "wrist": ("Wrist", "Arms", ("carpal",)),
    "hand": ("Hand", "Arms", ("fingers", "thumb")),
    "lower_back": ("Lower back", "Trunk", ("lumbar",)),
    "hip": ("Hip", "Legs", ()),
    "knee": ("Knee", "Legs", ("kneecap",)),
    "calf": ("Calf", "Legs", ()),
    "foot": ("Foot", "Legs", ("sole", "heel")),
}
_MIDDLE = ("head", "jaw", "neck", "lower_back")


def _sites() -> tuple[Option, ...]:
    options: list[Option] = []
    for region, (label, heading, words) in _REGIONS.items():
        if region in _MIDDLE:
            options.append(Option(region, label, heading=heading, words=words, site=region))
            continue
        for side in ("left", "right"):
            words_of_side = (*words, f"{side} {region}")
            options.append(
                Option(f"{region}_{side}", label, heading=heading, words=words_of_side, site=region, side=side)
            )
    return tuple(options)


PAIN = Question(
    id="pain",
    section="pain",
    kind=Kind.MANY,
    ask=voices("Where does it hurt?", "Where does it hurt the client?"),
    purpose=Purpose.FIT,
    why="It shows which therapies work on that place.",
    options=_sites(),
    specials=("none",),
    special_labels=LABELS,
    sites=True,
)
WEEKS = Question(
    id="weeks",
    section="pain",
    kind=Kind.NUMBER,
    ask=voices("For how long has it hurt?"),
    purpose=Purpose.FIT,
    why="Fresh and old pain are treated differently.",
    ask_when=Is("pain", tuple(option.id for option in _sites())),
    minimum=0,
    maximum=5200,
    unit="weeks",
    specials=("unsure",),
    special_labels=LABELS,
)
PRESSURE = Question(
    id="pressure",
    section="wishes",
    kind=Kind.ONE,
    ask=voices("What pressure do you like?"),
    purpose=Purpose.FIT,
    why="It helps to choose between therapies.",
    options=(Option("light", "Light"), Option("firm", "Firm")),
    special_labels=LABELS,
)
NOTES = Question(
    id="notes",
    section="wishes",
    kind=Kind.TEXT,
    ask=voices("Is there anything else the therapist should know?"),
    purpose=Purpose.COMFORT,
    why="It is passed on as you write it.",
    special_labels=LABELS,
)

QUESTIONNAIRE = Questionnaire(
    stamp=STAMP,
    title="Demo",
    sections=(
        Section("now", "Right now", "First a few signs that need help at once."),
        Section("you", "About you"),
        Section("pain", "Your pain"),
        Section("wishes", "Your wishes"),
    ),
    questions=(SIGNS, FEVER, PREGNANT, AGE, PAIN, WEEKS, PRESSURE, NOTES),
)
_CHEST = Rule(
    "chest",
    Stage.EMERGENCY,
    Is("signs", ("chest",)),
    Effects(disposition=Disposition.CALL_EMERGENCY),
    sources=("book",),
)
RULES: RuleTable = replace(TABLE, rules=(_CHEST,))
TABLES = Tables(QUESTIONNAIRE, RULES)


def screen(question: Question, **changes: object) -> Screen:
    """Return `question` as a screen, the second question in the first of four parts, with everything offered."""
    section = QUESTIONNAIRE.section(question.section)
    plain = Screen(question, question.options, Voice.CLIENT, section.title, section.intro, 1, 4, 2, can_go_back=True)
    return replace(plain, **changes)


LINES = lines_of(
    Question(
        id="checks",
        section="now",
        kind=Kind.MANY,
        ask=voices(
            "In the last 24 hours, did you have any of this?", "In the last 24 hours, did the client have this?"
        ),
        purpose=Purpose.EMERGENCY,
        why="These signs need help at once, and a massage could delay it.",
        help="Say what is true for you.",
        options=(
            Option("chest", "Chest pain", words=("angina",)),
            Option("faint", "You fainted", staff="Fainted", help="Even for a moment."),
            Option("numb", "One side went numb"),
        ),
        specials=("unsure",),
        special_labels=LABELS,
    )
)
"""Three lines that share a screen."""
NUMBERS = tuple(
    Question(
        id=f"pain_{when}",
        section="pain",
        kind=Kind.NUMBER,
        ask=voices(words),
        purpose=Purpose.FIT,
        why="It tells how firm the work may be.",
        minimum=0,
        maximum=10,
        unit="of 10",
        stem=Stem("pain_numbers", voices("How bad is it, from 0 to 10?")),
    )
    for when, words in (("now", "Right now"), ("worst", "At its worst"))
)
"""Two numbers that share a screen."""


def lines_screen(questions: Sequence[Question] = LINES, voice: Voice = Voice.CLIENT, **current: Answer) -> Screen:
    """Return the screen that `questions` share; `current` are the answers given before, by the end of their ids."""
    lines = tuple(screen(one, voice=voice, current=current.get(one.id.split(".")[-1])) for one in questions)
    begin = next((line for line in lines if line.current is None), lines[0])
    return replace(begin, lines=lines)
