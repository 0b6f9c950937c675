"""What is asked: sections, questions, options and body sites."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property

from msgspec import Struct, field

from nmtchoose.model.condition import Condition, questions_of

NONE = "none"
UNSURE = "unsure"
DECLINED = "declined"
SPECIAL_ANSWERS = (NONE, UNSURE, DECLINED)
"""Explicit answers that stand alone; an answer that is missing is none of them."""

AS_IT_WAS = "*"
"""In `was`: any answer to the earlier question is that answer to this one."""


class Kind(StrEnum):
    """What shape an answer has."""

    ONE = "one"
    MANY = "many"
    NUMBER = "number"
    TEXT = "text"


class Purpose(StrEnum):
    """Why a question exists; `emergency` and `safety` questions must be answered before anything is suggested."""

    EMERGENCY = "emergency"
    SAFETY = "safety"
    FIT = "fit"
    COMFORT = "comfort"

    @property
    def is_safety(self) -> bool:
        """True for questions whose answers can stop or change a booking."""
        return self in (Purpose.EMERGENCY, Purpose.SAFETY)


class Voices(Struct, frozen=True):
    """One question in two wordings: to the client, and for staff who ask on the client's behalf."""

    client: str
    staff: str


class Option(Struct, frozen=True):
    """One choice. `words` are synonyms for searching; `heading` groups a long list on screen.

    `site` is the body region of an option of a sites question, and `side` is `left`, `right` or None. A `reassuring`
    option speaks against a risk, such as "no" or "old and checked by a doctor"; on a safety question every other option
    speaks for one. Proofs rest on that: see `nmtchoose.proof.more_risk`. `staff` is the label as staff read it, where
    that differs. `was` names, by the id of an earlier question, the answers to it that mean this option. `sign` is what
    words of a line that look like two things are one sign of. `asked_again`: not kept, also where all is the same.
    """

    id: str
    label: str
    help: str = ""
    heading: str = ""
    words: tuple[str, ...] = ()
    show_when: Condition | None = None
    site: str | None = None
    side: str | None = None
    reassuring: bool = False
    staff: str = ""
    was: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sign: str = ""
    asked_again: bool = False


class Stem(Struct, frozen=True):
    """What stands once above several questions that share a screen, of which each is then a line.

    `groups` names sets of lines of an `each`, for conditions on the whole screen.
    """

    id: str
    ask: Voices
    help: str = ""
    staff_hint: str = ""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Finds(StrEnum):
    """What is looked for in a text, to be asked about: names of medicines, or the words of options and lines."""

    MEDICINES = "medicines"
    WORDS = "words"


class Medicine(Struct, frozen=True):
    """A kind of medicine: what it is, how people call it, and which option of which question it `means`, if any."""

    id: str
    label: str
    names: tuple[str, ...]
    means: tuple[str, str] | None = None


class Lasting(StrEnum):
    """What becomes of an answer on the next visit: asked anew, filled in, or kept where all is the same."""

    NO = ""
    FILLED_IN = "true"
    IF_SAME = "if_same"


class Question(Struct, frozen=True):
    """One question, neutral of any terminal.

    `groups` names sets of option ids that conditions and rules may use. `minimum` and `maximum` bound a number of whole
    `unit`. A `lasting` answer stays true for months, or while the trouble is the same. `unsure_as` says which option
    "not sure" counts as. `at_visit` says that it is not asked on the telephone. Questions that follow each other with
    the same `stem` share a screen; `ask` is then their line on it. `was` names, by the id of an earlier question, the
    answers to it that say yes to this one; `*` says that it was this question. `finds` says what is looked for in a
    text; what of it nobody may ask about is kept in a question `noted_of` that text. `because` says why less is asked
    than was.
    """

    id: str
    section: str
    kind: Kind
    ask: Voices
    purpose: Purpose
    why: str
    help: str = ""
    staff_hint: str = ""
    ask_when: Condition | None = None
    options: tuple[Option, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    specials: tuple[str, ...] = ()
    special_labels: Mapping[str, str] = field(default_factory=dict)
    unsure_as: str | None = None
    private: bool = False
    lasting: Lasting = Lasting.NO
    sites: bool = False
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""
    at_visit: bool = False
    because: str = ""
    stem: Stem | None = None
    was: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    finds: tuple[Finds, ...] = ()
    noted_of: str | None = None

    @property
    def screen_id(self) -> str:
        """What questions that share a screen have in common; no question has it as its id."""
        return f"{self.stem.id}/" if self.stem else self.id

    @property
    def screen_ask(self) -> Voices:
        """What stands at the top of its screen: the words above the lines, or the question itself."""
        return self.stem.ask if self.stem else self.ask

    @property
    def taken_from(self) -> Mapping[str, tuple[str, ...]]:
        """The answers to earlier questions that say something here, for the question itself and for its options."""
        found = dict(self.was)
        for option in self.options:
            for earlier, words in option.was.items():
                found[earlier] = (*found.get(earlier, ()), *words)
        return found

    @property
    def gates(self) -> tuple[Condition, ...]:
        """What decides whether it is asked, and which of its options are offered."""
        return tuple(filter(None, (self.ask_when, *(option.show_when for option in self.options))))

    @property
    def is_line(self) -> bool:
        """Whether `ask` is a line to say yes or no to, which says what it means without the rest of its screen."""
        return self.stem is not None and self.kind is Kind.ONE

    def option(self, option_id: str) -> Option | None:
        """Return the option with that id, or None."""
        return next((option for option in self.options if option.id == option_id), None)

    def label(self, option_id: str) -> str:
        """Return the words shown for an option or a special answer; the id itself when it is unknown."""
        if option_id in SPECIAL_ANSWERS:
            return self.special_labels.get(option_id, option_id)
        option = self.option(option_id)
        return option.label if option else option_id


class Section(Struct, frozen=True):
    """A run of questions under one title."""

    id: str
    title: str
    intro: str = ""


class BodyView(StrEnum):
    """From which side of the body a region is seen."""

    FRONT = "front"
    BACK = "back"
    BOTH = "both"


class BodyRegion(Struct, frozen=True):
    """A named part of the body: one site, or a left and a right one where it has `sides`."""

    id: str
    label: str
    sides: bool = False
    view: BodyView = BodyView.BOTH
    heading: str = ""
    words: tuple[str, ...] = ()


class Contradiction(Struct, frozen=True):
    """Answers that do not go together: pointed out once, and may be kept."""

    id: str
    when: Condition
    say: str
    about: tuple[str, ...]


class Stamp(Struct, frozen=True):
    """Which file made a result: its own version and the SHA-256 of its bytes, in hexadecimal."""

    version: str
    sha256: str


class Questionnaire(Struct, frozen=True, dict=True):
    """All questions in the order they are asked.

    `sites_by_name` holds, for every name that body sites go by (a site, a region, a body group), the sites it means.
    """

    stamp: Stamp
    title: str
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    contradictions: tuple[Contradiction, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    body: tuple[BodyRegion, ...] = ()
    sites_by_name: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """The questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each question in the order they are asked, from 0, by its id."""
        return {question.id: place for place, question in enumerate(self.questions)}

    @cached_property
    def varied(self) -> Mapping[str, Question]:
        """The questions that offer more or less with other answers, by id."""
        return {one.id: one for one in self.questions if any(option.show_when for option in one.options)}

    @cached_property
    def lines(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the lines of each screen that is no question itself, by the id of what stands above them."""
        found: dict[str, list[str]] = {}
        for question in self.questions:
            if question.stem and question.id.startswith(f"{question.stem.id}."):
                found.setdefault(question.stem.id, []).append(question.id)
        return {stem: tuple(ids) for stem, ids in found.items()}

    @cached_property
    def follow_ups(self) -> tuple[Question, ...]:
        """The questions about emergencies that a sign named in an earlier one of them leads to."""
        signs = {question.id for question in self.questions if question.purpose is Purpose.EMERGENCY}
        later = (one for one in self.questions if one.id in signs)
        return tuple(one for one in later if one.ask_when is not None and questions_of(one.ask_when) & signs)

    @cached_property
    def successors(self) -> Mapping[str, tuple[Question, ...]]:
        """The questions about which the answer to an earlier one says something, by its id."""
        found: dict[str, list[Question]] = {}
        for question in self.questions:
            for earlier in question.taken_from:
                found.setdefault(earlier, []).append(question)
        return {earlier: tuple(questions) for earlier, questions in found.items()}

    def __getitem__(self, question_id: str) -> Question:
        return self.by_id[question_id]

    def section(self, section_id: str) -> Section:
        """Return the section with that id; raises KeyError when there is none."""
        return {one.id: one for one in self.sections}[section_id]
