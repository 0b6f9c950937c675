"""A condition in English: to explain a rule, to compare two rule tables, and for a form that is filled in by hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from nmtchoose.model import condition as tree
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS, UNSURE, Kind, Question, Questionnaire
from nmtchoose.words.answers import apart, option_words, sites_in_words
from nmtchoose.words.sentences import id_words, joined

_LONG_LIST = 4  # from this many options on, a name for all of them is shorter to read than each


@dataclass(frozen=True, slots=True)
class _Phrases:
    """How one kind of reader is told; `leaf` gets its questions, perhaps lines of a screen, and True to deny it."""

    questionnaire: Questionnaire
    leaf: Callable[[tree.Leaf, Sequence[str], bool], str]
    fact: Callable[[tree.Fact], str]
    bracketed: bool = True


def in_words(condition: tree.Condition, questionnaire: Questionnaire) -> str:
    """Return `condition` as an English clause, such as `pain sites include Neck or Jaw, and age is at least 50`.

    A named condition has its meaning after its name. Ids that the questionnaire does not know are shown as words.
    """

    def leaf(one: tree.Leaf, of: Sequence[str], denied: bool) -> str:
        subject = joined([_subject(question, questionnaire) for question in of], "or")
        be = "are" if _plural(one.question) else "is"
        match one:
            case tree.Is(question):
                return f"{subject} {_is(questionnaire.by_id.get(question), one, denied=denied)}"
            case tree.Answered():
                return f"{subject} {be} {'not ' if denied else ''}answered"
            case tree.InRange(question, low, high):
                told = _range(low, high, _unit(question, questionnaire))
                return f"{subject} {be} {'not ' if denied else ''}{told}"
            case tree.CountAtLeast(_, count):
                bound = "fewer than" if denied else "at least"
                return f"{bound} {count} {'answers are' if count != 1 else 'answer is'} chosen for {subject}"

    def fact(one: tree.Fact) -> str:
        return f'"{id_words(one.name)}" ({in_words(one.body, questionnaire)})'

    return _told(condition, _Phrases(questionnaire, leaf, fact))


def by_name(condition: tree.Condition, questionnaire: Questionnaire) -> str:
    """Return `condition` by the names in the files, for their editors: `heart_blood includes "A stent" or "Angina"`."""

    def leaf(one: tree.Leaf, of: Sequence[str], denied: bool) -> str:
        question, name = questionnaire.by_id.get(one.question), joined(of, "or")
        match one:
            case tree.Is(_, options):
                several = question is not None and question.kind is Kind.MANY
                verb = ("does not include" if denied else "includes") if several else f"is{' not' if denied else ''}"
                return f"{name} {verb} {joined(_quoted(question, options, questionnaire), 'or')}"
            case tree.Answered():
                return f"{name} is {'not ' if denied else ''}answered"
            case tree.InRange(_, low, high):
                return f"{name} is {'not ' if denied else ''}{_range(low, high, question.unit if question else '')}"
            case tree.CountAtLeast(_, count):
                return f"{name} has {'fewer than' if denied else 'at least'} {count} answers"

    return _told(condition, _Phrases(questionnaire, leaf, lambda one: one.name))


def _quoted(question: Question | None, options: tuple[str, ...], questionnaire: Questionnaire) -> list[str]:
    if question is None:
        return list(options)
    groups, left = _grouped(question, options)
    places = [one for one in left if question.sites and question.option(one)]
    others = (f'"{question.label(one)}"' for one in left if one not in places)
    return [*groups, *sites_in_words(places, questionnaire), *others]


def on_a_form(condition: tree.Condition, questionnaire: Questionnaire, numbers: Mapping[str, str]) -> str:
    """Return `condition` for a form, such as `you ticked "Yes" at 7`; raises KeyError for what has no number there."""

    def leaf(one: tree.Leaf, of: Sequence[str], denied: bool) -> str:
        number = joined([numbers[question] for question in of], "or")
        match one:
            case tree.Is(question, options):
                named = _ticked(questionnaire[question], options, questionnaire)
                return f"you ticked {'anything but ' if denied else ''}{named} at {number}"
            case tree.InRange(_, low, high):
                return f"{number} is {'not ' if denied else ''}{_form_range(low, high)}"
            case tree.CountAtLeast(_, count):
                return f"you ticked {'fewer than' if denied else 'at least'} {count} at {number}"
            case tree.Answered():
                return f"you {'left open' if denied else 'answered'} {number}"

    def fact(one: tree.Fact) -> str:
        return on_a_form(one.body, questionnaire, numbers)

    return _told(condition, _Phrases(questionnaire, leaf, fact, bracketed=False))


def _told(condition: tree.Condition, phrases: _Phrases) -> str:
    match condition:
        case tree.Fact():
            return phrases.fact(condition)
        case tree.AllOf(parts):
            said = _not_implied(parts)
            if len(said) == 1:
                return _told(said[0], phrases)
            return ", and ".join(dict.fromkeys(_nested(part, phrases) for part in said)) if parts else "always"
        case tree.AnyOf(parts):
            return _any_told(parts, phrases) if parts else "never"
        case tree.AtLeastOf(count, parts):
            return f"at least {count} of these: {'; '.join(_told(part, phrases) for part in parts)}"
        case tree.Not(tree.Is() | tree.InRange() | tree.CountAtLeast() | tree.Answered() as leaf):
            return phrases.leaf(leaf, [leaf.question], True)
        case tree.Not(tree.AtLeastOf(count, parts)):
            return f"fewer than {count} of these: {'; '.join(_told(part, phrases) for part in parts)}"
        case tree.Not(tree.AnyOf(parts)) if len(parts) > 1:
            return f"none of these: {'; '.join(_told(part, phrases) for part in parts)}"
        case tree.Not(tree.AllOf(parts)) if len(parts) > 1:
            return f"not all of these: {'; '.join(_told(part, phrases) for part in parts)}"
        case tree.Not(part):
            return f"not {_nested(part, phrases)}"
        case leaf:
            return phrases.leaf(leaf, [leaf.question], False)


def _any_told(parts: Sequence[tree.Condition], phrases: _Phrases) -> str:
    """Return `parts` with "or" between them; lines of one screen that are asked the same are named together."""
    lines: dict[object, list[tree.Is]] = {}
    told: dict[object, str] = {}
    for part in parts:
        question = phrases.questionnaire.by_id.get(part.question) if isinstance(part, tree.Is) else None
        if not isinstance(part, tree.Is) or not question or not question.stem:
            told[part] = _nested(part, phrases)
            continue
        alike = question.stem.id, part.options
        same = lines.setdefault(alike, [])
        same.append(part)
        told[alike] = phrases.leaf(part, list(dict.fromkeys(one.question for one in same)), False)
    return ", or ".join(dict.fromkeys(told.values())) if len(parts) > 1 else _told(parts[0], phrases)


def _nested(part: tree.Condition, phrases: _Phrases) -> str:
    """Return `part` in words, in brackets where its own "and" or "or" could be misread."""
    words = _told(part, phrases)
    compound = isinstance(part, tree.AllOf | tree.AnyOf) and len(part.parts) > 1
    return f"({words})" if phrases.bracketed and (compound or isinstance(part, tree.AtLeastOf)) else words


def _not_implied(parts: tuple[tree.Condition, ...]) -> tuple[tree.Condition, ...]:
    """Leave out that an answer is not "not sure" where it is said which one it is."""
    said = {part.question for part in parts if isinstance(part, tree.Is) and UNSURE not in part.options}

    def implied(part: tree.Condition) -> bool:
        denied = part.part if isinstance(part, tree.Not) else None
        return isinstance(denied, tree.Is) and denied.options == (UNSURE,) and denied.question in said

    return tuple(part for part in parts if not implied(part))


def _subject(question_id: str, questionnaire: Questionnaire) -> str:
    """Return the id of a question as words; of a line, the line itself."""
    question = questionnaire.by_id.get(question_id)
    return f'"{question.ask.client}"' if question and question.is_line else id_words(question_id)


def _is(question: Question | None, one: tree.Is, *, denied: bool) -> str:
    plural = _plural(one.question)
    if question is not None and question.kind is Kind.MANY and not set(one.options) <= set(SPECIAL_ANSWERS):
        verb = ("do not include" if plural else "does not include") if denied else f"include{'' if plural else 's'}"
    else:
        verb = f"{'are' if plural else 'is'}{' not' if denied else ''}"
    return f"{verb} {joined(_labels(question, one.options), 'or')}"


def _labels(question: Question | None, options: tuple[str, ...]) -> list[str]:
    if question is None:
        return [id_words(option) for option in options]
    groups, left = _grouped(question, options)
    return [*groups, *(apart(option_words(question, option)) for option in left)]


def _grouped(question: Question, options: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the groups that long runs of `options` make up, as words, and the options that are left."""
    left = list(dict.fromkeys(options))
    named = []
    for name, members in sorted(question.groups.items(), key=lambda group: -len(group[1])):
        if len(members) >= _LONG_LIST and set(members) <= set(left):
            named.append(f"any of the {id_words(name)}")
            left = [option for option in left if option not in members]
    return named, left


def groups_in(condition: tree.Condition, questionnaire: Questionnaire) -> dict[str, str]:
    """Return the groups that `in_words` names in `condition`, each with what it holds."""
    found: dict[str, str] = {}
    for leaf in tree.leaves(condition):
        question = questionnaire.by_id.get(leaf.question)
        if isinstance(leaf, tree.Is) and question is not None:
            said = _grouped(question, leaf.options)[0]
            held = {f"any of the {id_words(name)}": members for name, members in question.groups.items()}
            found |= {one: ", ".join(sites_in_words(held[one], questionnaire) or held[one]) for one in said}
    return found


def _range(low: int | None, high: int | None, unit: str) -> str:
    if low is None or high is None:
        words = "any number of" if low is high else f"at most {high}" if low is None else f"at least {low}"
    else:
        words = f"{low}" if low == high else f"between {low} and {high}"
    return f"{words} {unit}".strip()


def _unit(question_id: str, questionnaire: Questionnaire) -> str:
    """Return the unit of a number, unless the subject says it already (`pain weeks`)."""
    question = questionnaire.by_id.get(question_id)
    unit = question.unit if question else ""
    return "" if unit in id_words(question_id).split() else unit


def _plural(question_id: str) -> bool:
    return question_id.endswith("s") and not question_id.endswith(("ss", "is", "us"))


def _ticked(question: Question, options: Sequence[str], questionnaire: Questionnaire) -> str:
    real = [one for one in options if question.option(one)]
    if len(real) == len(question.options) > _LONG_LIST:
        return "anything"
    places = real if question.sites else []
    quoted = (f'"{question.label(one)}"' for one in options if one not in places)
    return joined([*sites_in_words(places, questionnaire), *quoted], "or")


def _form_range(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return str(low) if low == high else f"from {low} to {high}"
    return f"{low} or more" if low is not None else f"{high} or less"
