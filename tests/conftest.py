"""Fixtures for everybody's tests."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from prompt_toolkit.key_binding.defaults import load_key_bindings

from nmtchoose.loading.load import load_pair
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from tests.amounts import TRIES
from tests.shipped import shipped_pair

MINIMAL = Path(__file__).parent / "loading" / "minimal"
OLDER = Path(__file__).parent / "loading" / "older"

settings.register_profile("few", max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("many", settings.get_profile("few"), max_examples=60 * TRIES)
settings.load_profile("few")
"""How often Hypothesis tries; `make test-slow` runs its tests again, with many."""

signal.signal(signal.SIGINT, signal.default_int_handler)
"""Where the tests run in the background of a script, Ctrl-C is ignored, and would be by the programs they start."""


def pytest_collection_finish() -> None:
    """Tests that were collected stay to the end: to look through them for garbage takes a twelfth of the time."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """No test cuts the power, so none has to wait until a file would outlive that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda descriptor: None)
        yield


@pytest.fixture(scope="session")
def kept_pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the program keeps the pair that it has read, for all tests together: most of its time goes there."""
    return tmp_path_factory.mktemp("pairs")


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, kept_pairs: Path) -> Iterator[None]:
    """Nothing of the person who runs the tests: neither settings nor records nor drafts."""
    with pytest.MonkeyPatch.context() as environment:
        for name in [name for name in os.environ if name.startswith(("NMTCHOOSE_", "XDG_"))]:
            environment.delenv(name)
        for name in ("HOME", "USERPROFILE"):
            environment.setenv(name, str(tmp_path_factory.mktemp("home")))
        environment.setenv("NMTCHOOSE_CACHE", str(kept_pairs))
        yield


@pytest.fixture(scope="session", autouse=True)
def _usual_keys_built_once() -> Iterator[None]:
    """Each prompt has an application of prompt_toolkit, which builds its usual keys anew: half the time of a prompt."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("prompt_toolkit.application.application.load_key_bindings", cache(load_key_bindings))
        yield


@pytest.fixture(scope="session")
def minimal_paths() -> tuple[Path, Path]:
    """The smallest questions.yaml and rules.yaml that use everything."""
    return MINIMAL / "questions.yaml", MINIMAL / "rules.yaml"


@pytest.fixture(scope="session")
def minimal_pair(minimal_paths: tuple[Path, Path]) -> tuple[Questionnaire, RuleTable]:
    """The minimal pair, loaded."""
    return load_pair(*minimal_paths)


@pytest.fixture(scope="session")
def built_in_pair() -> tuple[Questionnaire, RuleTable]:
    """The pair that comes with the program, loaded."""
    return shipped_pair()
