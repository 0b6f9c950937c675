"""The form as an HTML page: to print and fill in by hand, or to tick on a phone and show to the desk.

It runs nothing and sends nothing. Whoever wants it in nmtchoose types it in, or uses the text form.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from nmtchoose.engine.answering import LONGEST_TEXT
from nmtchoose.formats.html_page import document
from nmtchoose.formats.sheet_form import Asked, asked, choices, fingerprint, follows_a_line
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire
from nmtchoose.words.sentences import STOP_HERE

HOW_TO = (
    f"Tick every answer that fits. Where a question starts with “If”, skip it unless that is so for you. "
    f"We ask a little more about some answers. {STOP_HERE}"
)

_ONE_LINE = 40  # letters of all answers of a question that stand beside each other
_STYLE = Path(__file__).with_name("sheet.css").read_text("utf-8")


def sheet_html(questionnaire: Questionnaire) -> str:
    """Return the empty form as a document without scripts, with the fingerprint at its foot."""
    there = (one for one in asked(questionnaire) if not follows_a_line(one.question, questionnaire))
    body = "".join(part for one in there for part in _question(one))
    footer = f"<footer><p>{escape(fingerprint(questionnaire))}</p></footer>"
    title = questionnaire.title
    main = f"<main><h1>{escape(title)}</h1><p>{escape(HOW_TO)}</p><form>{body}</form></main>{footer}"
    return document(title, main, style=f"\n{_STYLE}")


def _question(one: Asked) -> Iterator[str]:
    question = one.question
    if one.opens:
        yield f"<h2>{escape(one.opens.title)}</h2>\n"
        yield f"<p>{escape(one.opens.intro)}</p>\n" if one.opens.intro else ""
    if one.above:
        yield f'<p class="above">{escape(one.above)}</p>\n'
    when = f'<p class="if">If {escape(one.only_if)}:</p>' if one.only_if else ""
    helping = f"<p>{escape(question.help)}</p>" if question.help and not question.is_line else ""
    shape = ' class="sign"' if question.stem else ""
    yield (
        f"<fieldset{shape}><legend>{one.number}. {escape(one.words)}</legend>{when}{helping}"
        f"{_typed(question, one.words)}{''.join(_answers(question))}</fieldset>\n"
    )


def _typed(question: Question, words: str) -> str:
    named = escape(words, quote=True)
    if question.kind is Kind.NUMBER:
        bounds = f'min="{question.minimum}" max="{question.maximum}"'
        field = f'<input type="number" name="{question.id}" {bounds} aria-label="{named}">'
        return f'<label class="typed">{field} {escape(question.unit)}</label>'
    if question.kind is Kind.TEXT:
        return f'<textarea name="{question.id}" maxlength="{LONGEST_TEXT}" aria-label="{named}"></textarea>'
    return ""


def _answers(question: Question) -> Iterator[str]:
    labels = sum(len(question.label(one)) for _, one in choices(question))
    shape = "side-by-side" if labels <= _ONE_LINE else "answers places" if question.sites else "answers"
    kind = "checkbox" if question.kind is Kind.MANY else "radio"
    yield f'<div class="{shape}">'
    for heading, one in choices(question):
        if heading:
            yield f'<p class="group">{escape(heading)}</p>'
        box = f'<input type="{kind}" name="{question.id}" value="{one}">'
        yield f"<label>{box} {escape(question.label(one))}</label>"
    yield "</div>"
