"""A form as somebody fills it in."""

from __future__ import annotations

import re

from nmtchoose.formats.sheet_form import BLANK, asked, sheet_text
from nmtchoose.model.answers import Answers, chosen, special
from nmtchoose.model.questionnaire import Questionnaire


def filled_sheet(questionnaire: Questionnaire, answers: Answers) -> str:
    """Return the form with `answers` ticked, or written in the place for numbers and words."""
    done, rest = "", sheet_text(questionnaire)
    for one in asked(questionnaire):
        before, number, rest = rest.partition(f"\n{'   ' if one.question.is_line else ''}{one.number}. ")
        done += before + number
        answer = answers.get(one.question.id)
        if answer is None:
            continue
        alone = special(answer)
        given = (alone,) if alone else chosen(answer)
        ticked = [name for name in given if name in one.question.specials or one.question.option(name)]
        for label in map(one.question.label, ticked):
            words = r"\s+".join(map(re.escape, label.split()))
            rest = re.sub(rf"\[ \] (?={words}\s*(?:\n|\[))", "[x] ", rest, count=1)
        if not ticked and answer != "":
            rest = rest.replace(BLANK, str(answer), 1)
    return done + rest
