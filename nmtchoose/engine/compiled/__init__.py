"""The rule table as generated Python, for many assessments: same answers, same results, a fraction of the time."""

from nmtchoose.engine.compiled.pair import CompiledPair, Decided, compile_pair

__all__ = ["CompiledPair", "Decided", "compile_pair"]
