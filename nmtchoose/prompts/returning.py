"""A client who was here before.

What usually stays true is carried over in two ways. Questions about health are asked again, every one with its whole
list, and last time's answer is filled in: somebody who reads only "none of these" would not think of a new medicine.
What is liked and was tried is only shown, and asked again where it has changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.prompts.protocol import Prompter, Voice
from nmtchoose.prompts.wording import answer_told, asked

SAME = "same"
_QUESTION = {
    Voice.CLIENT: "This is what you told us last time. Has any of it changed, or is anything new?",
    Voice.STAFF: "This is what the client told us last time. Read it out. Has any of it changed, or is anything new?",
}


def carried_over(questionnaire: Questionnaire, answers: Answers) -> dict[str, Answer]:
    """Return those of `answers` that usually stay true until the next visit, the ones about health included."""
    return {one.id: answers[one.id] for one in questionnaire.questions if one.lasting and one.id in answers}


def still_true(questionnaire: Questionnaire, prompter: Prompter, answers: Answers, voice: Voice) -> dict[str, Answer]:
    """Show `answers` from last time, but for those about health, until no more has changed; return what has not.

    What has changed is left out, and so asked again in its place. Nothing is shown when there is nothing to show.
    """
    given = {one: answer for one, answer in answers.items() if not questionnaire[one].purpose.is_safety}
    while given:
        rows: Sequence[tuple[str, str]] = [
            (one.id, f"{asked(one, voice)} {answer_told(one, given[one.id])}")
            for one in questionnaire.questions
            if one.id in given
        ]
        changed = prompter.choose(_QUESTION[voice], ((SAME, "Nothing has changed"), *rows))
        if changed == SAME:
            break
        del given[changed]
    return given
