"""One Spark on this machine for all tests that can share it: starting one takes longer than most of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from nmtchoose.bulk.spark.run import spark_session

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Test = TypeVar("Test", bound=Callable[..., Any])

HERE = "local[2]"
JAVA_THAT_STARTS_SOON = {"JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
"""Java does next to nothing in tests: it need not be made ready for more."""

_where_it_is = pytest.mark.skipif(
    shutil.which("java") is None and "CI" not in os.environ, reason="Spark needs Java, which is not installed"
)


def needs_java(test: Test) -> Test:
    """Mark a test that starts Java: that alone takes longer than hundreds of other tests."""
    marked: Test = pytest.mark.slow(_where_it_is(test))
    return marked


class SparkHere:
    """Starts when somebody asks for it, once: a process can have one only."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._running: SparkSession | None = None

    def session(self) -> SparkSession:
        """Return what runs."""
        if self._running is None:
            with java_starting_soon():
                self._running = self._open.enter_context(spark_session(HERE))
        return self._running

    @contextmanager
    def instead_of_another(self, master: str) -> Iterator[SparkSession]:
        """Stand in for `spark_session`, which would end it."""
        assert master == HERE
        yield self.session()

    def end(self) -> None:
        """End it."""
        self._open.close()


@contextmanager
def java_starting_soon() -> Iterator[None]:
    """Set the environment of every Java that is started meanwhile."""
    with pytest.MonkeyPatch.context() as settings:
        for name, value in JAVA_THAT_STARTS_SOON.items():
            settings.setenv(name, value)
        yield


@pytest.fixture(scope="session")
def spark_here() -> Iterator[SparkHere]:
    """The Spark of all tests."""
    spark = SparkHere()
    yield spark
    spark.end()
