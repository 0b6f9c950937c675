"""Texts that are long, hard to read, alike or copied, and questions without help.

How hard is told by the Flesch-Kincaid school grade, with syllables counted by their vowels. The formula is from Kincaid
and others, 1975 (US Navy Research Branch Report 8-75). It is rough for short texts.
"""

import re
from collections.abc import Iterable, Iterator

from nmtchoose.authoring.checks.pair import Pair, Side, at_question, at_rule
from nmtchoose.errors import Code, Fault
from nmtchoose.loading.nodes import Path
from nmtchoose.model.condition import ALWAYS, questions_of
from nmtchoose.model.questionnaire import Purpose, Voices

_TO_THE_CLIENT = re.compile(r"\b(you|your|yours|yourself|i|my|me)\b", re.IGNORECASE)


def same_voice(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every question that staff would read out as if to themselves."""
    for path, ask in _asked(pair):
        said = _TO_THE_CLIENT.search(ask.staff)
        if said and ask.staff.casefold() == ask.client.casefold():
            yield pair.asked.warning(Code.SAME_VOICE, *path, "staff", word=said[0])


def _asked(pair: Pair) -> Iterator[tuple[Path, Voices]]:
    """Yield the words of every question and every line, and what stands above lines."""
    for question in pair.written_questions():
        yield at_question(question, "ask"), question.ask
    stems = dict.fromkeys((one.stem.id, one.stem.ask) for one in pair.written_questions() if one.stem)
    yield from ((("questions", stem, "ask"), ask) for stem, ask in stems)


_KEPT = re.compile(r"[\W_]+")


def look_alikes(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for the second of two labels, questions or therapies that look alike."""
    for question in pair.written_questions():
        path = at_question(question, "options")
        if not question.sites:
            yield from _alike(pair.asked, [((*path, one.id, "label"), one.label) for one in question.options])
    body = [(("body", region.id, "label"), region.label) for region in pair.questionnaire.body]
    yield from _alike(pair.asked, body)
    yield from _alike(pair.asked, [((*path, "client"), ask.client) for path, ask in _asked(pair)])
    yield from _alike(pair.decided, [(("therapies", one.id, "name"), one.name) for one in pair.table.therapies])
    yield from _alike(pair.decided, [(("therapies", one.id, "short"), one.short) for one in pair.table.therapies])


def _alike(side: Side, labels: Iterable[tuple[Path, str]]) -> Iterator[Fault]:
    first: dict[str, tuple[Path, str]] = {}
    for path, label in labels:
        look = _KEPT.sub("", label.casefold())
        before, other = first.get(look, ((), ""))
        # Options and body regions that differ in capitals alone do not load, which says it already.
        loads = label.casefold() != other.casefold() or path[-1] != "label"
        if look in first and loads:
            yield side.warning(Code.LOOK_ALIKE, *path, name=label, other=other, first=side.places.of(*before).line)
        if look:
            first.setdefault(look, (path, label))


_ALIKE = 0.8
_FEWEST_ALIKE = 4
"""Words: shorter labels, such as "In the last 2 weeks", may well stand in two lists."""
_FILLING = frozenset(
    ["a", "an", "the", "or", "and", "of", "in", "to", "with", "for", "is", "it", "you", "your", "i", "my"]
)


def said_twice(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every option of a safety question whose words nearly repeat those of an earlier question."""
    seen: list[tuple[frozenset[str], str, str, str]] = []
    for question in pair.written_questions():
        if not question.purpose.is_safety or question.sites:
            continue
        here = []
        for option in question.options:
            words = frozenset(re.findall(r"\w+", option.label.casefold())) - _FILLING
            path = ("questions", question.id, "options", option.id)
            for others, other, asked, label in seen if len(words) >= _FEWEST_ALIKE else ():
                if len(words & others) >= _ALIKE * len(words | others):
                    first = pair.asked.places.of("questions", asked, "options", other).line
                    values = {"name": option.label, "other": label, "question": asked, "first": first}
                    yield pair.asked.warning(Code.SAID_TWICE, *path, **values)
                    break
            here.append((words, option.id, question.id, option.label))
        seen += here


LONGEST_LABEL = 160
LONGEST_QUESTION = 200
LONGEST_WORD = 36
"""Characters: four lines, five lines, and what one line of 40 columns holds beside a marker."""


def long_texts(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every label, question or single word that is too long."""
    for path, text, what, limit in _shown(pair):
        word = max(text.split(), key=len, default="")
        if len(text) > limit:
            yield pair.asked.warning(Code.TOO_LONG_TO_SHOW, *path, what=what, length=len(text), limit=limit)
        elif len(word) > LONGEST_WORD:
            values = {"what": f"the word '{word[:20]}...'", "length": len(word), "limit": LONGEST_WORD}
            yield pair.asked.warning(Code.TOO_LONG_TO_SHOW, *path, **values)


def _shown(pair: Pair) -> Iterator[tuple[Path, str, str, int]]:
    for path, ask in _asked(pair):
        yield (*path, "client"), ask.client, "this question", LONGEST_QUESTION
        yield (*path, "staff"), ask.staff, "this question", LONGEST_QUESTION
    for question in pair.written_questions():
        at = at_question(question)
        for option in () if question.sites else question.options:
            yield (*at, "options", option.id, "label"), option.label, "this label", LONGEST_LABEL


MOST_WORDS = 8
_TWO_THINGS = " or "


def long_lines(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every line of a screen that is no quick read, or asks two things at once.

    A line that leads to other questions may be broad: they sort out what it was.
    """
    leading = {one for question in pair.written_questions() for one in questions_of(question.ask_when or ALWAYS)}
    for question in pair.written_questions():
        if not question.is_line:
            continue
        words, at = len(question.ask.client.split()), at_question(question, "label")
        if words > MOST_WORDS:
            yield pair.asked.warning(Code.LONG_LINE, *at, problem=f"has {words} words, with a limit of {MOST_WORDS}")
        if _TWO_THINGS in question.ask.client and question.id not in leading and not question.options[0].sign:
            yield pair.asked.warning(Code.LONG_LINE, *at, problem="asks two things with 'or', and nothing follows it")


HARDEST = 10
FEWEST_WORDS = 10
"""A school grade says little about fewer words."""


def hard_to_read(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every hard text that the client reads."""
    for side, path, text in _read_by_clients(pair):
        reached = grade(text)
        if reached > HARDEST and word_count(text) >= FEWEST_WORDS:
            yield side.warning(Code.HARD_TO_READ, *path, grade=f"{reached:.1f}", limit=HARDEST)


def _read_by_clients(pair: Pair) -> Iterator[tuple[Side, Path, str]]:
    yield from ((pair.asked, (*path, "client"), ask.client) for path, ask in _asked(pair))
    for question in pair.written_questions():
        at = at_question(question)
        yield pair.asked, (*at, "help"), question.help
        yield pair.asked, (*at, "why"), question.why
    for rule in pair.table.rules:
        yield pair.decided, (*at_rule(rule), "tell_client"), rule.tell_client
        yield pair.decided, (*at_rule(rule), "then", "caution"), rule.then.caution
        yield pair.decided, (*at_rule(rule), "then", "next_step"), rule.then.next_step
        if rule.then.card is not None:
            yield pair.decided, (*at_rule(rule), "then", "card", "client"), rule.then.card.client
    for disposition, words in pair.table.dispositions.items():
        yield pair.decided, ("dispositions", disposition, "client"), words.client


def no_help(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every emergency question that has no help, neither its own nor at its options."""
    for question in pair.written_questions():
        above = question.stem.help if question.stem else ""
        helped = above or question.help or any(option.help for option in question.options)
        if question.purpose is Purpose.EMERGENCY and not helped:
            values = {"name": question.id, "purpose": question.purpose}
            yield pair.asked.warning(Code.NO_HELP, *at_question(question), **values)


_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_SENTENCE = re.compile(r"[.!?:;]+(?:\s|$)")
_SILENT_E = re.compile(r"(?:[^laeiouycgsxz]es|[^laeiouydt]ed|[^laeiouy]e)$")
_VOWELS = re.compile(r"[aeiouy]+")


def grade(text: str) -> float:
    """Return the school grade at which `text` reads easily; 0 for a text without words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len([part for part in _SENTENCE.split(text) if _WORD.search(part)]))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def word_count(text: str) -> int:
    """Return the number of words in `text`."""
    return len(_WORD.findall(text))


def syllables(word: str) -> int:
    """Return about how many syllables `word` has: its groups of vowels, without a silent e at the end."""
    plain = _SILENT_E.sub("", word.lower()) or word.lower()
    return max(1, len(_VOWELS.findall(plain)))
