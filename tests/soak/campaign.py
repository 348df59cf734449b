"""How long a campaign of failures is, from which seed it draws, and what it reports.

`make test` runs each in short and always the same; `make soak` (`--soak`) runs them in full
from a new seed, which is printed, so that `--soak-seed` repeats what it found.
"""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass, field

import pytest

STEADY_SEED = 177
REPORTS: list[str] = []


@dataclass(frozen=True)
class Campaign:
    """One run of one test of failures."""

    name: str
    is_long: bool
    seed: int
    dice: random.Random = field(init=False, compare=False)

    def __post_init__(self):
        object.__setattr__(self, "dice", random.Random(f"{self.name} {self.seed}"))

    def size(self, short: int, long: int) -> int:
        return long if self.is_long else short

    def report(self, line: str) -> None:
        REPORTS.append(f"{self.name} (seed {self.seed}): {line}")


def pytest_addoption(parser):
    group = parser.getgroup("soak", "campaigns of failures")
    group.addoption("--soak", action="store_true", help="run them in full, from a new seed")
    group.addoption("--soak-seed", type=int, help="draw from this seed again")


@pytest.fixture
def campaign(request) -> Campaign:
    config = request.config
    is_long = config.getoption("--soak")
    seed = config.getoption("--soak-seed")
    if seed is None:
        seed = secrets.randbelow(10**6) if is_long else STEADY_SEED
    return Campaign(request.node.name, is_long, seed)


def pytest_collection_modifyitems(config, items):
    """Leave out what only exists in full."""
    if config.getoption("--soak"):
        return
    only_long = [item for item in items if item.get_closest_marker("soak")]
    if only_long:
        config.hook.pytest_deselected(items=only_long)
        items[:] = [item for item in items if item not in only_long]


def pytest_terminal_summary(terminalreporter, config):
    if REPORTS and config.getoption("--soak"):
        terminalreporter.section("campaigns of failures")
        for line in REPORTS:
            terminalreporter.line(line)
