"""The answer on one screen: what to do, why, what to mind, how sure that is, and when to get help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nmtchoose.model.assessment import Assessment, Note, Reason, Strength
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake, fired_rules, private_rules
from nmtchoose.pages.page import Card, Facts, Page, texts
from nmtchoose.pages.ruled_out import better_but_ruled_out
from nmtchoose.pages.suggestion import (
    NO_DIAGNOSIS,
    NO_LIMIT,
    TONES,
    act,
    how_it_ended,
    how_sure,
    is_bookable,
    own_card,
    pain_told,
    pressure_pairs,
    recommended,
    site_pairs,
    suggested,
    waiting,
    worst_first,
)
from nmtchoose.pages.urgent import emergency_glance, signs_for
from nmtchoose.words.answers import answer_words, together
from nmtchoose.words.sentences import sentences_of
from nmtchoose.words.terms import review_words

MOST = 3
"""So many lines of each kind are told at most."""
LEAST_NEEDED = ("Get help if", "Booking", "Time", "How sure", "Next", "Why", "Mind")
"""What a small screen leaves to the whole page, in this order."""

_LENGTH = "session_length"
"""The row of the comparison about how long a session takes; a table without it tells no time."""

_Pairs = Iterator[tuple[str, str]]


def glance_page(intake: Intake, tables: Tables, *, staff: bool = False, most: int = MOST) -> Page:
    """Return the short form of a result, with at most `most` lines of each kind.

    With 0 there is a line of each kind without the first of `LEAST_NEEDED`, with -1 without the first two, and so on.
    For `staff` what to do at the desk and what to say aloud come first, and nothing rests on a private answer.
    """
    assessment = intake.assessment
    if assessment.disposition.is_emergency:
        title = tables.rules.dispositions[assessment.disposition].title
        return Page(title, emergency_glance(intake, tables, staff=staff, most=most))
    card = Card(act(assessment, tables.rules), TONES[assessment.disposition], ())
    left_out = LEAST_NEEDED[: max(1 - most, 0)]
    pairs = _pairs(intake, tables, left_out, staff=staff, most=max(most, 1))
    return Page(card.title, (card, Facts(tuple((label, said) for label, said in pairs if label not in left_out))))


def _pairs(intake: Intake, tables: Tables, left_out: tuple[str, ...], *, staff: bool, most: int) -> _Pairs:
    assessment, rules = intake.assessment, tables.rules
    unsaid = private_rules(intake.assessment, tables) if staff else frozenset[str]()
    missing = dict.fromkeys(tables.questionnaire[one].screen_ask for one in assessment.missing)
    yield from _some("Still open", [one.staff if staff else one.client for one in missing], most)
    said = own_card(assessment, rules) or rules.dispositions[assessment.disposition]
    if staff:
        yield "At the desk", sentences_of(said.staff)[0]
        yield "Say aloud", sentences_of(said.client)[0]
    label, names = suggested(assessment, rules)
    if names and assessment.disposition is Disposition.MEDICAL_SOON:
        yield label, names
    if waiting(assessment)[1]:
        yield waiting(assessment)
    yield from _some("Why", list(dict.fromkeys(_why(intake, tables, unsaid, staff=staff))), most)
    sure: tuple[str, ...] = ()
    if not assessment.disposition.forbids_therapy:
        yield from _mind(assessment, tables, unsaid, most)
    steps, safety = worst_first(assessment.next_steps, rules), _safety(assessment, tables)
    weighty = list(dict.fromkeys(_texts((note for note in steps if note.rule in safety), unsaid)))
    yield from _some("Next", weighty, most, more=len(weighty) < len(texts(steps)))
    if is_bookable(assessment) and len(assessment.recommendation.therapies) == 1:
        lasts = rules.therapy(assessment.recommendation.therapies[0]).facts.get(_LENGTH, "")
        yield from _some("Time", [sentences_of(lasts)[0]] if lasts else [], 1)
    if is_bookable(assessment) and "How sure" not in left_out:
        length = 1 if assessment.recommendation.strength is Strength.WHAT_IS_LEFT else 2
        ended = (" ".join(sentences_of(one)[:length]) for one in how_it_ended(assessment, rules))
        sure = (*ended, *how_sure(assessment, rules))
    if not (is_bookable(assessment) or staff):
        yield "Booking", sentences_of(said.client)[-1]
    yield "How sure" if sure else "Please note", " ".join((*sure, NO_DIAGNOSIS, review_words(rules.reviewed)))
    yield from _some("Get help if", signs_for(intake, tables), 1 if staff else max(most - 1, 1))


def _why(intake: Intake, tables: Tables, unsaid: frozenset[str], *, staff: bool) -> Iterator[str]:
    """Yield what the client said that led here: where it hurts and what fits, or what comes before a booking."""
    assessment = intake.assessment
    if is_bookable(assessment):
        minded = frozenset(one.rule for one in assessment.cautions)
        yield from better_but_ruled_out(assessment, tables.rules, unsaid | minded)
        yield from pain_told(intake, tables)
        for result in recommended(assessment)[:1]:
            yield from _texts(result.reasons, unsaid)
        return
    yield from _texts(worst_first(assessment.tell_client, tables.rules), unsaid)
    for rule in assessment.undecided:
        for one in rule.questions:
            question = tables.questionnaire[one]
            if one in intake.answers and not (staff and question.private):
                yield together(question.ask.client, answer_words(question, intake.answers[one]))


def _mind(assessment: Assessment, tables: Tables, unsaid: frozenset[str], most: int) -> _Pairs:
    """Yield the limits that the first line does not hold, and what to take care of."""
    limits = pressure_pairs(assessment, tables.rules)
    yield from (pair for pair in limits if pair[0] != "Pressure")  # that stands in the first line
    places = site_pairs([one for one in assessment.site_notes if one.rule not in unsaid], tables, reasons=False)
    yield from places[:most]
    cautions = list(dict.fromkeys(_texts(worst_first(assessment.cautions, tables.rules), unsaid)))
    yield from _some("Mind", cautions, most)
    if not (limits or places or cautions):
        yield "Mind", NO_LIMIT


def _some(label: str, said: list[str], most: int, *, more: bool = False) -> _Pairs:
    """Yield the first `most` of what is `said`; the last of them says when the whole page has `more`."""
    told = said[:most]
    for text in told[:-1]:
        yield label, text
    for text in told[-1:]:
        yield label, f"{text} (more)" if more or len(said) > most else text


def _texts(said: Iterable[Note | Reason], unsaid: frozenset[str]) -> Iterator[str]:
    return (one.text for one in said if one.text and one.rule not in unsaid)


def _safety(assessment: Assessment, tables: Tables) -> frozenset[str]:
    return frozenset(rule.id for rule in fired_rules(assessment, tables.rules) if rule.stage.is_safety)
