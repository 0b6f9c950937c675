"""The lists that are asked: a question's, a menu and the review, and what Enter gives in each."""

from nmtchoose.desk.prompter import Screen, Sheet, Turn
from nmtchoose.engine.answering import check_answer
from nmtchoose.errors import AnswerError
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Kind
from nmtchoose.prompts.listing import CHOOSE_FIRST, Listing
from nmtchoose.prompts.rows import ROW_KEYS, Role, Row, answer_rows, menu_rows, sheet_rows
from nmtchoose.prompts.wording import refusal

ON_OR_CHANGE = "Press y if this is right, or choose an answer to change it."


def keeps_early(screen: Screen) -> bool:
    """Return whether keys count that came before `screen` did.

    They do not where they could answer unread or keep an answer: Enter alone leaves a text empty.
    """
    question = screen.question
    return not question.purpose.is_safety and question.kind is not Kind.TEXT and screen.current is None


def opened(screen: Screen, ticked: frozenset[str] = frozenset()) -> Listing:
    """Return the list for `screen`, with the answer given before ticked or pointed at.

    `ticked` is what was ticked when the question was left without an answer.
    """
    rows = answer_rows(screen)
    many = screen.question.kind is Kind.MANY
    values = {row.value for row in rows if row.is_answer}
    current = screen.current if isinstance(screen.current, tuple) else (screen.current,)
    before = (ticked or frozenset(one for one in current if isinstance(one, str))) & values
    at = next((at for at, row in enumerate(rows) if row.is_answer and row.value in before), None)
    return Listing(rows, many, long=_is_long(rows), at=at, ticked=before if many else frozenset())


def menu(choices: tuple[tuple[str, str], ...], keys: str = "") -> Listing:
    """Return a list for a short menu of (id, label) pairs; no row is chosen before somebody does."""
    rows = menu_rows(choices, keys)
    return Listing(rows, many=False, long=_is_long(rows))


def review(sheet: Sheet) -> Listing:
    """Return the list of all answers, searched by typing."""
    return Listing(sheet_rows(sheet), many=False, long=True)


def _is_long(rows: tuple[Row, ...]) -> bool:
    return sum(row.role is Role.OPTION for row in rows) > len(ROW_KEYS)


def chosen_row(listing: Listing) -> Row | Listing:
    """Return the row that Enter chooses in a list with one answer, or the list with the reason for a refusal."""
    row = listing.pointed
    if row is None:
        return listing.refused(CHOOSE_FIRST if listing.sought is None else listing.undecided)
    return listing.read_on(row) if listing.is_unread(row) else row


def answered(listing: Listing, screen: Screen) -> Answer | Listing:
    """Return what Enter gives: a checked answer, or the list with the search taken or the reason for a refusal."""
    if not listing.many:
        row = chosen_row(listing)
        return row if isinstance(row, Listing) else check_answer(screen.question, screen.options, row.value)
    if listing.sought:
        taken = listing.taken()
        return taken if taken.message else taken.seeking(None)
    try:
        return check_answer(screen.question, screen.options, tuple(sorted(listing.ticked)))
    except AnswerError as error:
        pointed = listing.pointed
        ticking = f"Space ticks '{pointed.label}'." if pointed and not listing.ticked else ""
        return listing.refused(f"{refusal(error)} {ticking}".strip())


def picked(listing: Listing) -> str | Listing:
    """Return what Enter gives in a menu: the id chosen, or the list with the reason for a refusal."""
    row = chosen_row(listing)
    return row if isinstance(row, Listing) else row.value


def turned(listing: Listing) -> str | Turn | Listing:
    """Return what Enter gives in the review: on, the id of the question to change, or the list with a refusal."""
    row = chosen_row(listing)
    if isinstance(row, Listing):
        return row if row.pointed or row.sought is not None else row.refused(ON_OR_CHANGE)
    return Turn.ON if row.role is Role.ON else row.value
