"""`nmtchoose convert`: questions and rules in the newer form."""

from nmtchoose.authoring.convert import convert as converted
from nmtchoose.cli.flags import PairPaths
from nmtchoose.cli.lines import say
from nmtchoose.cli.pair_of import missing_files_are_faulty_content, pair_of


def convert(paths: PairPaths = None) -> None:
    """Convert the pair that `paths` mean, and say what was written; raises ContentError rather than lose anything."""
    with missing_files_are_faulty_content():
        questions, rules = pair_of(paths or [])
    written = converted(questions, rules)
    say([*map(str, written), "Next: nmtchoose check"] if written else ["Both files are in the newer form already."])
