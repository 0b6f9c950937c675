"""Questions made from one that stands in the file: the lines of an `each`, and what is noted of a text.

The `each` itself is no question, but conditions name it as a list, so it is made into one here, for reading them.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from nmtchoose.loading.comparisons import EACH, NO, YES, sign_id
from nmtchoose.model.condition import AllOf
from nmtchoose.model.questionnaire import DECLINED, NONE, UNSURE, Kind, Option, Question, Stem, Voices


def noted_of(text: Question) -> Question:
    """Return the question that keeps what was found in the answer to `text` and was not to be asked about."""
    words = Voices("Written, but not to be asked about", "Written, but not to be asked about")
    return replace(text, id=sign_id(text.id, "left_out"), ask=words, finds=(), noted_of=text.id, specials=(), was={})


def lines_of(listed: Question) -> tuple[Question, ...]:
    """Return one yes-or-no question for each option of the `each` that was read as `listed`."""
    return tuple(_line(listed, option) for option in listed.options)


def lists_of(questions: Iterable[Question]) -> dict[str, Question]:
    """Return each `each` among `questions` by its id, as the list of its lines that conditions read."""
    lines: dict[str, list[Question]] = {}
    for question in questions:
        stem = question.stem
        if stem and question.id.startswith(sign_id(stem.id, "")):
            lines.setdefault(stem.id, []).append(question)
    return {one: _list(one, tuple(found)) for one, found in lines.items()}


def _line(listed: Question, option: Option) -> Question:
    """Return the line that asks `option` of `listed` alone; "not sure" counts as the risk."""
    specials = tuple(name for name in listed.specials if name in (UNSURE, DECLINED))
    counts = NO if option.reassuring else YES
    whens = tuple(one for one in (listed.ask_when, option.show_when) if one is not None)
    return Question(
        id=sign_id(listed.id, option.id),
        section=listed.section,
        kind=Kind.ONE,
        ask=Voices(option.label, option.staff or option.label),
        purpose=listed.purpose,
        why=listed.why,
        help=option.help,
        ask_when=AllOf(whens) if len(whens) > 1 else next(iter(whens), None),
        was=option.was,
        options=(
            Option(
                YES,
                "Yes",
                words=option.words,
                reassuring=option.reassuring,
                sign=option.sign,
                asked_again=option.asked_again,
            ),
            Option(NO, "No", reassuring=not option.reassuring),
        ),
        specials=specials,
        special_labels={name: listed.label(name) for name in specials},
        unsure_as=counts if listed.purpose.is_safety and UNSURE in specials else None,
        private=listed.private,
        lasting=listed.lasting,
        at_visit=listed.at_visit,
        because=listed.because,
        stem=Stem(listed.id, listed.ask, listed.help, listed.staff_hint, listed.groups),
    )


def _list(list_id: str, lines: tuple[Question, ...]) -> Question:
    first = lines[0]
    return replace(
        first,
        id=list_id,
        kind=Kind.MANY,
        options=tuple(
            Option(line.id.removeprefix(sign_id(list_id, "")), line.ask.client, reassuring=line.options[0].reassuring)
            for line in lines
        ),
        groups=first.stem.groups if first.stem else {},
        specials=(NONE, *first.specials),
        unsure_as=EACH,
    )
