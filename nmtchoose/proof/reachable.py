"""What can happen at all: every rule, question, option, disposition, kind of recommendation and therapy.

Each set of answers that the solver finds is given to the engine, and everything that the engine reaches with it is
known from then on: so few questions to the solver are left. Of what is impossible, the few facts that rule it out are
told.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle, islice
from random import Random

from nmtchoose.engine.assess import assess
from nmtchoose.engine.evaluate import offered_options, view
from nmtchoose.meaning.circuit import TRUE, Constraint, Ground, Why, Wire
from nmtchoose.meaning.solver import Solver
from nmtchoose.meaning.thresholds import Thresholds
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.assessment import Assessment, RecommendationKind
from nmtchoose.model.condition import ALWAYS, AllOf, Condition, Fact
from nmtchoose.model.questionnaire import NONE, Kind, Question, Questionnaire
from nmtchoose.proof.encoded import SOME_TEXT, Encoded, assessed
from nmtchoose.proof.results import Thing, Unreachable
from nmtchoose.words.conditions import in_words

Target = tuple[Thing, str]
"""What is to be reached, with its id; an option is `question=option`."""

_RANDOM_CLIENTS = 100
_DENSITIES = (0.02, 0.1, 0.3, 0.6)
"""How many answers of a client stand out: few lead through a whole interview, many fire many rules."""

_TOO_LATE = "whenever it would be asked, the answers before it have ended the interview"


def targets(encoded: Encoded) -> dict[Target, Wire]:
    """Return everything that should be reachable, with the wire that says it is reached."""
    result, circuit = encoded.result, encoded.circuit
    wanted: dict[Target, Wire] = {(Thing.RULE, rule.id): result.outcome.fired[rule.id] for rule in encoded.table.rules}
    for question in encoded.questionnaire.questions:
        asked = _asked(encoded, question)
        wanted[Thing.QUESTION, question.id] = asked
        for option_id, offered in encoded.sheet.asked[question.id].offers.items():
            if offered != TRUE:
                wanted[Thing.OPTION, f"{question.id}={option_id}"] = circuit.all_of((asked, offered))
    wanted |= {(Thing.DISPOSITION, one): wire for one, wire in result.outcome.dispositions.items()}
    wanted |= {(Thing.RECOMMENDATION, kind): wire for kind, wire in result.booking.kinds.items()}
    for therapy in encoded.table.therapies:
        wanted[Thing.THERAPY, therapy.id] = circuit.any_of(result.booking.suggested(therapy.id))
    return wanted


def _asked(encoded: Encoded, question: Question) -> Wire:
    """Return whether `question` is asked in an interview: it applies, and nothing has ended the interview before."""
    interview = encoded.result.interview
    applies = encoded.sheet.asked[question.id].applies.true
    before = encoded.circuit.all_of((applies, -interview.urgent))
    return encoded.circuit.any_of((before, interview.still_asked[question.id]))


def reached(questionnaire: Questionnaire, answers: Answers, assessment: Assessment) -> frozenset[Target]:
    """Return everything that the engine reaches with `answers`, of which `assessment` is the result."""
    found: set[Target] = {(Thing.RULE, one.rule) for one in assessment.trace}
    found.add((Thing.DISPOSITION, assessment.disposition))
    found.add((Thing.RECOMMENDATION, assessment.recommendation.kind))
    if assessment.recommendation.kind is not RecommendationKind.NOT_ENOUGH_INFORMATION:
        found |= {(Thing.THERAPY, therapy) for therapy in assessment.recommendation.therapies}
    seen = view(questionnaire, answers)
    for question in questionnaire.questions:
        alarmed = assessment.disposition.forbids_therapy
        if question.id in assessment.missing or (seen.applies[question.id] is True and not alarmed):
            found.add((Thing.QUESTION, question.id))
            found |= {(Thing.OPTION, f"{question.id}={one.id}") for one in offered_options(question, seen)}
    return frozenset(found)


def reached_at_random(encoded: Encoded) -> set[Target]:
    """Return what some random clients with complete answers reach: most of what can be reached, found quickly."""
    found: set[Target] = set()
    questions, cuts = encoded.questionnaire.questions, encoded.thresholds
    choose = Random(1)  # noqa: S311 - the same clients each time, and nothing secret about them
    for often in islice(cycle(_DENSITIES), _RANDOM_CLIENTS):
        answers = {one.id: _answer(one, cuts.get(one.id), often, choose) for one in questions}
        assessment = assess(encoded.questionnaire, encoded.table, answers)
        if assessment.complete:
            found |= reached(encoded.questionnaire, answers, assessment)
    return found


def _answer(question: Question, thresholds: Thresholds | None, often: float, choose: Random) -> Answer:
    if question.specials and choose.random() < often / 10:
        return _alone(question, choose.choice(question.specials))
    match question.kind:
        case Kind.NUMBER if thresholds:
            return choose.choice(thresholds.stretches).low
        case Kind.ONE:
            calm = [option for option in question.options if option.reassuring]
            return choose.choice(calm if calm and choose.random() >= often else question.options).id
        case Kind.MANY:
            ticked = tuple(option.id for option in question.options if choose.random() < often)
            return ticked or _alone(question, NONE if NONE in question.specials else question.options[0].id)
        case _:
            return SOME_TEXT


def _alone(question: Question, name: str) -> Answer:
    return (name,) if question.kind is Kind.MANY else name


def unreachable(
    encoded: Encoded, wanted: Mapping[Target, Wire], known: set[Target], on_step: Callable[[], None]
) -> Iterator[Unreachable]:
    """Yield whatever of `wanted` no complete answers reach, with the reason.

    `known` is what is known to be reached; whatever else is reached on the way is added to it. A question may also be
    asked in an interview that an urgent sign has already narrowed; that is never complete yet.
    """
    complete = encoded.result.interview.complete
    for target, wire in wanted.items():
        on_step()
        if target in known:
            continue
        found = encoded.solver.find(wire, complete)
        if found is not None:
            known |= reached(encoded.questionnaire, *assessed(encoded, found))
        if target not in known:
            yield from _missed(encoded, target, wire)


def _missed(encoded: Encoded, target: Target, wire: Wire) -> Iterator[Unreachable]:
    thing, name = target
    asked = thing in (Thing.QUESTION, Thing.OPTION)
    found = encoded.solver.find(wire, *(_is_next(encoded, name) if asked else ()))
    if found is None:
        reasons = impossible_because(encoded, _condition(encoded, target))
        yield Unreachable(thing, name, reasons or ((_TOO_LATE,) if asked else ()))
        return
    assessed(encoded, found)
    if not asked:
        yield Unreachable(thing, name, (), when_incomplete=True)


def _is_next(encoded: Encoded, name: str) -> Iterator[Wire]:
    """Yield wires that are all true when the question (or that of the option) `name` is the next to be asked."""
    question_id = name.partition("=")[0]
    for question in encoded.questionnaire.questions:
        still_asked = encoded.result.interview.still_asked[question.id]
        if question.id == question_id:
            yield still_asked
            return
        yield -still_asked


def _condition(encoded: Encoded, target: Target) -> Condition:
    """Return what would have to be true; `always` where that is no condition over answers."""
    thing, name = target
    if thing is Thing.RULE:
        return next(rule.when for rule in encoded.table.rules if rule.id == name)
    if thing not in (Thing.QUESTION, Thing.OPTION):
        return ALWAYS
    question_id, _, option_id = name.partition("=")
    question = encoded.questionnaire[question_id]
    option = question.option(option_id) if question.kind in (Kind.ONE, Kind.MANY) else None
    asked = question.ask_when or ALWAYS
    return AllOf((asked, option.show_when)) if option and option.show_when else asked


def impossible_because(encoded: Encoded, condition: Condition) -> tuple[str, ...]:
    """Return facts in words that cannot all be so, and without any one of which `condition` could be true.

    Empty when the condition can be true.
    """
    facts = {encoded.sheet.truth(part).true: in_words(part, encoded.questionnaire) for part in _parts(condition)}
    solver, grounds = _with_switches(encoded)
    facts |= {switch: _ground_words(ground, encoded.questionnaire) for ground, switch in grounds.items()}
    return tuple(facts[one] for one in _needed(solver, list(facts)))


def _parts(condition: Condition) -> Iterator[Condition]:
    match condition:
        case AllOf(parts) if parts:
            for part in parts:
                yield from _parts(part)
        case Fact(_, AllOf() as body):
            yield from _parts(body)
        case _:
            yield condition


def _with_switches(encoded: Encoded) -> tuple[Solver, dict[Ground, Wire]]:
    """Return a solver in which each ground can be switched on by itself, and the switches."""
    switches: dict[Ground, Wire] = {}
    switched: list[Constraint] = []
    for clause, ground in encoded.circuit.constraints:
        if ground not in switches:
            switches[ground] = encoded.circuit.input()
        switched.append(((-switches[ground], *clause), ground))
    return Solver(encoded.circuit, switched), switches


def _needed(solver: Solver, facts: Sequence[Wire]) -> list[Wire]:
    """Return a smallest part of `facts` that is impossible: without any one of it the rest is possible."""
    core = solver.conflict(facts)
    if core is None:
        return []
    for fact in reversed(facts):
        if fact in core:
            core = solver.conflict([one for one in facts if one in core and one != fact]) or core
    return [one for one in facts if one in core]


def _ground_words(ground: Ground, questionnaire: Questionnaire) -> str:
    question = questionnaire[ground.question]
    option = question.option(ground.option)
    if ground.why is Why.OFFERED and option is not None and option.show_when is not None:
        shown = in_words(option.show_when, questionnaire)
        return f"at {question.id}, '{option.label}' is offered only when {shown}"
    if ground.why is Why.ASKED:
        asked = "one of its options is offered"
        if question.ask_when is not None:
            asked = in_words(question.ask_when, questionnaire)
        return f"{question.id} is asked only when {asked}"
    return f'{question.id} has one answer, and "none" or "not sure" stands alone'
