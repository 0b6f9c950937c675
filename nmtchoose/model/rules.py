"""What follows from answers: therapies, rules, sources and how the effects of rules are combined."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from nmtchoose.model.condition import Condition
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Stamp

PRESSURE_WORDS = ("lotion-light", "gentle", "medium", "firm", "deep")
"""The scale where `rules.yaml` has none of its own, from 1 on (our own, after oncology massage)."""
MOST_PRESSURE = len(PRESSURE_WORDS)
"""The highest level that any scale can have."""


class Stage(StrEnum):
    """The stages in which rules stand in the file; the first four are about safety."""

    EMERGENCY = "emergency"
    MEDICAL = "medical"
    DEFER = "defer"
    CONTRAINDICATION = "contraindication"
    FIT = "fit"
    PLAN = "plan"

    @property
    def is_safety(self) -> bool:
        """True where a rule that cannot be decided must hold the booking."""
        return self not in (Stage.FIT, Stage.PLAN)


class Firmness(StrEnum):
    """How firm a source is, firmest first."""

    GUIDELINE = "guideline"
    REVIEW = "review"
    TRIAL = "trial"
    STUDY = "study"
    HEALTH_SERVICE = "health_service"
    LAW = "law"
    CASE_REPORT = "case_report"
    TRADE_PRACTICE = "trade_practice"
    ARTICLE = "article"
    OWN_JUDGEMENT = "own_judgement"


class Checked(StrEnum):
    """How a source was checked: read itself, read on another's page, or known but not read."""

    READ = "read"
    SECOND_HAND = "second_hand"
    NOT_READ = "not_read"


class Grade(StrEnum):
    """How sure the evidence for an effect is (`none` also covers case reports alone)."""

    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very_low"
    NONE = "none"
    CONFLICT = "conflict"


class Source(Struct, frozen=True):
    """Where a fact comes from."""

    id: str
    title: str
    firmness: Firmness
    checked: Checked
    url: str = ""
    code: str = ""


class Sites(Struct, frozen=True):
    """Body sites: named ones, and those that the client marked in the questions `marked_in`."""

    named: tuple[str, ...] = ()
    marked_in: tuple[str, ...] = ()


class SiteLimit(Struct, frozen=True):
    """The most pressure (1 to 5) that `sites` may get."""

    sites: Sites
    limit: int


class DispositionText(Struct, frozen=True):
    """How a disposition is said: a short title, what it means for the client, and what staff do now."""

    title: str
    client: str
    staff: str
    tell_them: tuple[str, ...] = ()


class Effects(Struct, frozen=True):
    """What a rule does when it fires. Everything is optional; `disposition` None changes nothing.

    `until` says in words when a deferral ends. `still_sensible` names therapies that stay sensible elsewhere on the
    body although a doctor has to look first. `fit` holds points per therapy id. `card` stands in place of the
    disposition's own words where those would be unkind; it is used when no other rule is as severe.
    """

    disposition: Disposition | None = None
    until: str = ""
    pressure_limit: int = MOST_PRESSURE
    therapy_limits: Mapping[str, int] = field(default_factory=dict)
    site_limits: tuple[SiteLimit, ...] = ()
    avoid: Sites = Sites()
    exclude: tuple[str, ...] = ()
    ask_first: tuple[str, ...] = ()
    adapt: tuple[str, ...] = ()
    still_sensible: tuple[str, ...] = ()
    fit: Mapping[str, int] = field(default_factory=dict)
    caution: str = ""
    next_step: str = ""
    expect: str = ""
    aftercare: str = ""
    ask_therapist: str = ""
    card: DispositionText | None = None

    @property
    def therapies(self) -> tuple[str, ...]:
        """The therapies that it restricts or still allows, by name."""
        return (*self.exclude, *self.ask_first, *self.adapt, *self.therapy_limits, *self.still_sensible)


class Rule(Struct, frozen=True):
    """When `when` is true, `then` follows.

    `covers` lists the ids of the clinical reference that this rule carries. `reason` is the short clause shown for a
    fit rule. `evidence` grades a fit rule's claim. `because` says why it is less strict than it was.
    """

    id: str
    stage: Stage
    when: Condition
    then: Effects
    sources: tuple[str, ...]
    tell_client: str = ""
    tell_therapist: str = ""
    reason: str = ""
    evidence: Grade | None = None
    covers: tuple[str, ...] = ()
    firmness: Firmness | None = None
    because: str = ""
    line: int = 0


class Therapy(Struct, frozen=True):
    """A row of the comparison.

    `form_of` names the therapy that this one is a form of (prenatal is a form of Swedish): it shares that therapy's
    fit and takes its place in the recommendation when `choose_when` is true. A `sole_form` is the only form of that
    therapy offered when `choose_when` is true, and is not offered otherwise. `lightest` is the least pressure (1 to
    5) at which it is still that therapy and `usual` the most it ordinarily uses. `works_on_pain` marks a therapy that
    makes sense only where pressure on at least one painful site is allowed. `facts` are the comparison cells by row.
    """

    id: str
    name: str
    short: str
    lightest: int
    usual: int
    facts: Mapping[str, str]
    summary: str
    evidence: Grade
    evidence_text: str
    sources: tuple[str, ...]
    form_of: str | None = None
    choose_when: Condition | None = None
    sole_form: bool = False
    works_on_pain: bool = False
    expect: tuple[str, ...] = ()
    ask_therapist: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    aftercare: tuple[str, ...] = ()
    visits: str = ""
    because: str = ""


class Row(Struct, frozen=True):
    """A row of facts in the comparison table."""

    id: str
    label: str


class SequencePlan(Struct, frozen=True):
    """One therapy first and another later: possible when both fit at least `min_fit` and `when` is true."""

    id: str
    first: str
    later: tuple[str, ...]
    min_fit: int
    when: Condition
    text: str
    sources: tuple[str, ...]


class Decision(Struct, frozen=True):
    """How fit points become a recommendation.

    A therapy wins with a lead of at least `winner_lead` points; the win is called clear from `clear_lead`. Less than
    `enough_answers` of `enough_of` answered, or a best fit under `enough_points`, is not enough information, and then
    `fallback` is named as the least intense choice.
    """

    winner_lead: int
    clear_lead: int
    enough_answers: int
    enough_of: tuple[str, ...]
    enough_points: int
    fallback: str
    sequences: tuple[SequencePlan, ...]


class Region(Struct, frozen=True):
    """Telephone numbers of one region."""

    id: str
    name: str
    emergency: str
    urgent: str
    crisis_name: str
    crisis: str


class Guarantee(Struct, frozen=True):
    """What must hold for every possible set of answers: when `when` is true, all that is promised holds.

    `always_asked` says for questions, and lines of a screen, when else they are asked, and `always_offered` holds
    options of questions by their id. `means` says what facts have to mean, by name.
    """

    id: str
    when: Condition
    say: str
    never_suggest: tuple[str, ...] = ()
    disposition_at_least: Disposition | None = None
    pressure_at_most: int | None = None
    always_asked: Mapping[str, Condition] = field(default_factory=dict)
    always_offered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    means: Mapping[str, Condition] = field(default_factory=dict)
    line: int = 0


class Sign(Struct, frozen=True):
    """What to get help for if it starts later. Where `when` is given, it is told where no risk was found too."""

    say: str
    when: Condition | None = None


class RuleTable(Struct, frozen=True):
    """Everything that `rules.yaml` says. `pain_question` is the sites question where the client marks what hurts.

    `pressure` holds the words of the scale, lightest (1) first; `removed`, by the id of a rule, why it is gone.
    `not_offered` are therapies that the practice does not offer. `reviewed` names who signed all of both files as they
    stand, with the date; empty where nobody did.
    """

    stamp: Stamp
    therapies: tuple[Therapy, ...]
    rows: tuple[Row, ...]
    facts: Mapping[str, Condition]
    rules: tuple[Rule, ...]
    decision: Decision
    dispositions: Mapping[Disposition, DispositionText]
    regions: Mapping[str, Region]
    sources: Mapping[str, Source]
    grades: Mapping[Grade, str]
    texts: Mapping[str, str]
    safety_net: tuple[Sign, ...]
    guarantees: tuple[Guarantee, ...] = ()
    settings: Mapping[str, int | bool] = field(default_factory=dict)
    removed: Mapping[str, str] = field(default_factory=dict)
    pain_question: str = "pain_sites"
    pressure: tuple[str, ...] = PRESSURE_WORDS
    not_offered: frozenset[str] = frozenset()
    reviewed: str = ""

    @property
    def most_pressure(self) -> int:
        """The highest level of the scale, which is no limit at all."""
        return len(self.pressure)

    def therapy(self, therapy_id: str) -> Therapy:
        """Return the therapy with that id; raises KeyError when there is none."""
        return {one.id: one for one in self.therapies}[therapy_id]
