"""What a pair of files means, once, as a circuit of yes/no wires; without a solver and without NumPy.

A *wire* is a whole number, and its negative is the opposite: `-w` is true when `w` is false. `TRUE` is 1, `FALSE` -1.
`Circuit.gates[w]` says where wire `w` (at least 1) gets its value from: `Gate(kind, parts)`, in which `parts` are wires
of either sign and of lower number. A back end is a loop over the gates in order:

- `GateKind.CONSTANT`: always true;
- `GateKind.INPUT`: given from outside;
- `GateKind.ANY`: true when at least one of `parts` is ("all" is an `ANY` with minus signs);
- `GateKind.DIFFER`: true when exactly one of its two `parts`, neither of which has a minus, is.

`Values` is that loop in plain Python, and the reference for back ends. `cone` names the wires that some outputs need;
nothing else has to be worked out.

`meaning_of(tables)` makes the circuit of a pair of files. Its inputs stand in `Meaning.given`, by question
(`AnswerWires`), as they were answered, whether that counts or not (the circuit works out what counts):

- `options[id]`, `specials[id]`: this option, this special answer was chosen;
- `reached[n]`: a number of at least n was answered (only the numbers n that make a difference have a wire);
- `real`: where the question has no options, that a number or a text that is not empty was answered.

`AnswerWires.true_with(answer)` yields the inputs that are true for one checked answer. Columns of packed answers
(`nmtchoose.bulk.layout`) fill the same inputs: `options` and `specials` by code or bit, `reached[n]` by comparison.

The outputs stand in `Meaning.result`, by name:

- `outcome`: `fired` and `open` (neither true nor false) by rule, `undecided` (the open ones about safety),
  `severity[n]` (at least that severe), `dispositions`, `forbids_therapy`, `pressure[n]` (at most n, 0 to 5),
  `sites[site][n]` (limited to at most n; `[5]`: limited at all);
- `outcome.sheet.asked[question]`: `applies` (as `Kleene`), `offers` by option, and the `answer` that counts;
- `interview`: `complete`, and `still_asked` by question (free text is among them, but never missing);
- `standing` by therapy: `ruled_out`, `held`, `open`, `adapted`, `only_not_offered`, `limits[n]` (at most n, 0 to 4);
- `statuses` by therapy: exactly one is true, none where no therapy may be named;
- `booking`: `kinds` and `strengths`, of which exactly one is true; `places[n]` (which therapy is named at that place),
  `plans` (which plan made the sequence), `elsewhere` (which therapies only the practice does not offer).

`verdict(result, holds)` reads them for one client, and `recommendation_of(result, holds)` only the recommendation, in
the words of the table; `holds` says whether a wire is true. Two clients that agree on all wires of
`booking.groups` have the same recommendation.
"""

from nmtchoose.meaning.answer_wires import AnswerWires
from nmtchoose.meaning.circuit import FALSE, TRUE, Circuit, Gate, GateKind, Values, Wire, cone
from nmtchoose.meaning.result import Meaning, Result, meaning_of
from nmtchoose.meaning.verdict import Verdict, recommendation_of, verdict

__all__ = [
    "FALSE",
    "TRUE",
    "AnswerWires",
    "Circuit",
    "Gate",
    "GateKind",
    "Meaning",
    "Result",
    "Values",
    "Verdict",
    "Wire",
    "cone",
    "meaning_of",
    "recommendation_of",
    "verdict",
]
