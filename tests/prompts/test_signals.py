"""Stopping from outside, and streams that cannot write every letter."""

from __future__ import annotations

import signal
import subprocess
import sys
from io import BytesIO, TextIOWrapper

import pytest

from nmtchoose.prompts.choosing import ending_signals, forgiving_streams


@pytest.mark.skipif(sys.platform == "win32", reason="a signal ends a Windows program at once")
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_stop_from_outside_is_a_ctrl_c_that_remembers_its_signal(name: str, code: int) -> None:
    with ending_signals() as ending, pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.Signals[name])
    assert ending.exit_code == code


def test_the_signals_are_as_before_afterwards() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with ending_signals():
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_letter_that_cannot_be_written_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    written = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(written, encoding="ascii"))
    monkeypatch.setattr(sys, "stderr", None)
    forgiving_streams()
    print("call now \u2013 do not wait", flush=True)
    assert written.getvalue() == b"call now ? do not wait\n"


def test_nothing_heavy_is_loaded_before_the_first_prompt() -> None:
    code = """
import sys
import nmtchoose.prompts.choosing, nmtchoose.desk.conduct, nmtchoose.prompts.plain
print([name for name in ("questionary", "prompt_toolkit", "rich") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
