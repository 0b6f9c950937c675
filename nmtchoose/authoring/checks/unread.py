"""What stands in the two files and is read by nothing."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec.structs import replace

from nmtchoose.authoring.checks.pair import Pair, at_question
from nmtchoose.engine.fired import marked_in
from nmtchoose.errors import Code, Fault
from nmtchoose.meaning.thresholds import conditions_of
from nmtchoose.model.condition import Condition, CountAtLeast, Is, facts_of, leaves, questions_of
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind, Purpose, Question, Questionnaire
from nmtchoose.model.rules import Rule


def _conditions(pair: Pair) -> tuple[Condition, ...]:
    """Return every condition that changes what is asked, said or suggested; guarantees only promise."""
    told = (one.when for one in pair.questionnaire.contradictions)
    return (*conditions_of(replace(pair.tables, rules=replace(pair.table, guarantees=()))), *told)


def _options_read(conditions: Iterable[Condition], questionnaire: Questionnaire) -> frozenset[tuple[str, str]]:
    """Return (question, option) for every option that one of `conditions` looks for or counts."""
    found: set[tuple[str, str]] = set()
    for condition in conditions:
        for leaf in leaves(condition):
            if isinstance(leaf, Is):
                found |= {(leaf.question, option) for option in leaf.options}
            elif isinstance(leaf, CountAtLeast):
                found |= {(leaf.question, option.id) for option in questionnaire[leaf.question].options}
    return frozenset(found)


def _marked_in(rules: Iterable[Rule]) -> frozenset[str]:
    """Return the sites questions whose marks `rules` spare or limit."""
    return frozenset().union(*(marked_in(rule.then) for rule in rules))


def unread_questions(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every question without readers. What is comfort or text reaches the therapist as it is."""
    read = {question for condition in _conditions(pair) for question in questions_of(condition)}
    read |= _marked_in(pair.table.rules) | set(pair.table.decision.enough_of) | {pair.table.pain_question}
    read |= pair.named_in_rules_that_are_off()
    for question in pair.written_questions():
        passed_on = question.kind is Kind.TEXT or question.purpose is Purpose.COMFORT
        if question.id not in read and not passed_on:
            yield pair.asked.warning(Code.UNREAD_QUESTION, *at_question(question), name=question.id)


def unread_options(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every option without readers, in fit and comfort questions where some option has one."""
    read = _options_read(_conditions(pair), pair.questionnaire)
    off = pair.named_in_rules_that_are_off()
    whole = _marked_in(pair.table.rules) | {pair.table.pain_question}
    for question in pair.written_questions():
        some_read = any((question.id, option.id) in read for option in question.options)
        if question.id in whole or question.purpose.is_safety or not some_read:
            continue
        unread = [option for option in question.options if (question.id, option.id) not in read]
        # Where one has to be chosen, the first that is not named is still told apart: it is "none of the others".
        for option in unread[question.kind is Kind.ONE :]:
            if option.id in off:
                continue
            path = at_question(question, "options", option.id)
            yield pair.asked.warning(Code.UNREAD_OPTION, *path, name=option.id, question=question.id)


def no_consequence(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every option of an emergency or safety question that leads to no consequence.

    A consequence is a safety rule, or another emergency or safety question. Options marked `reassuring` need none, nor
    do options of a question where the answer that leads to it has a rule of its own. A question that nobody reads at
    all is the business of `unread_questions`.
    """
    asking = (gate for one in pair.questionnaire.questions if one.purpose.is_safety for gate in one.gates)
    rules = [rule for rule in pair.table.rules if rule.stage.is_safety]
    read = _options_read((*asking, *(rule.when for rule in rules)), pair.questionnaire)
    marked = _marked_in(rules) | {pair.table.pain_question}
    off = pair.named_in_rules_that_are_off()
    read_by_anything = {one for condition in _conditions(pair) for one in questions_of(condition)}
    by_rule = [(questions_of(one.when), _options_read([one.when], pair.questionnaire)) for one in rules]
    for question in pair.written_questions():
        if not question.purpose.is_safety or question.id in marked or question.id not in read_by_anything:
            continue
        if _led_here_by_a_rule(question, by_rule, pair.questionnaire):
            continue
        for option in question.options:
            if option.reassuring or (question.id, option.id) in read or option.id in off:
                continue
            path = at_question(question, "options", option.id)
            values = {"name": option.id, "question": question.id, "purpose": question.purpose}
            yield pair.asked.warning(Code.NO_CONSEQUENCE, *path, **values)


def _led_here_by_a_rule(
    question: Question,
    by_rule: Sequence[tuple[frozenset[str], frozenset[tuple[str, str]]]],
    questionnaire: Questionnaire,
) -> bool:
    """Return whether a rule that does not read `question` reads an option that leads to it; `by_rule` says what each
    rule reads, questions and options.
    """
    if question.ask_when is None:
        return False
    led_by = _options_read([question.ask_when], questionnaire)
    return any(question.id not in asked and not led_by.isdisjoint(options) for asked, options in by_rule)


def unused_facts(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every fact that neither a rule nor a guarantee rests on, directly or by way of others."""
    promised = (guarantee.when for guarantee in pair.table.guarantees)
    used = frozenset().union(*map(facts_of, (*_conditions(pair), *promised))) | pair.named_in_rules_that_are_off()
    yield from _left_over(pair, Code.UNUSED_FACT, "facts", pair.table.facts, used)


def unused_groups(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every group and every body group whose name stands nowhere as a value."""
    texts = (*pair.asked.places.texts.items(), *pair.decided.places.texts.items())
    anywhere = {words for _, words in texts}
    about = {(name, words) for path, words in texts for name in path}
    for path in pair.asked.places.at:
        match path:
            case ("body_groups", name) if name not in anywhere:
                yield pair.asked.warning(Code.UNUSED_GROUP, *path, name=name)
            case ("questions", question, "groups", name) if (question, name) not in about:
                yield pair.asked.warning(Code.UNUSED_GROUP, *path, name=name)


def unused_settings(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every setting whose name stands nowhere as a value. Loading puts its value in its place."""
    named = {words for path, words in pair.decided.places.texts.items() if path[:1] != ("settings",)}
    yield from _left_over(pair, Code.UNUSED_SETTING, "settings", pair.table.settings, named)


def unused_sources(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every source that no rule, therapy or sequence names."""
    table = pair.table
    named = [user.sources for user in table.rules]
    named += [user.sources for user in table.therapies] + [user.sources for user in table.decision.sequences]
    used = {source for sources in named for source in sources} | pair.named_in_rules_that_are_off()
    yield from _left_over(pair, Code.UNUSED_SOURCE, "sources", table.sources, used)


def never_reached(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every disposition from `defer` upwards that no rule names."""
    named = {str(rule.then.disposition) for rule in pair.table.rules} | pair.named_in_rules_that_are_off()
    wanted = [one for one in Disposition if one.severity >= Disposition.DEFER.severity]
    yield from _left_over(pair, Code.NEVER_REACHED, "dispositions", wanted, named)


def _left_over(pair: Pair, code: Code, heading: str, names: Iterable[str], used: Collection[str]) -> Iterator[Fault]:
    for name in names:
        if name not in used:
            yield pair.decided.warning(code, heading, name, name=name)
