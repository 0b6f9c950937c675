"""Many clients on disk, and the command that screens them."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from tests.bulk.feeds import as_json
from tests.bulk.spark_here import spark_here
from tests.cli.conftest import asks_in_lists, environment, home, run
from tests.engine.any_answers import random_answers

__all__ = ["asks_in_lists", "environment", "home", "run", "spark_here"]

MEGABYTES = 76


@pytest.fixture(scope="session")
def large_feed(tmp_path_factory: pytest.TempPathFactory, built_in_pair: tuple[Questionnaire, RuleTable]) -> Path:
    """JSON Lines for several processes: enough of them to be cut into pieces; some lines are bad."""
    random = Random(3)
    clients = [json.dumps({**as_json(random_answers(built_in_pair[0], random)), "age": 44})[1:-1] for _ in range(300)]
    path = tmp_path_factory.mktemp("feeds") / "large.jsonl"
    written, number = 0, 0
    with path.open("w", encoding="utf-8") as feed:
        while written < MEGABYTES << 20:
            misspelt = '"agge": 4, ' if number % 1000 == 999 else ""
            line = f'{{"record": "c-{number}", "answers": {{{misspelt}{random.choice(clients)}}}}}\n'
            written += feed.write(line)
            number += 1
    return path
