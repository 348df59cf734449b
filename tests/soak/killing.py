"""Moments at which a command is killed, spread over all that it does."""

from __future__ import annotations

import os
import random
import signal
import statistics
import time
from dataclasses import dataclass, field

from tests.soak.commands import Command
from tests.soak.signs import PostgisSigns, Signs

MOMENTS = {"anywhere": 25, "writing": 40, "committing": 35}
"""The moments, and how often each is drawn in a hundred.

`anywhere` between start and end; `writing` from the first lock of a row or file on;
`committing` from the first sign of the commit on.
"""

DEFAULT_S = {"anywhere": 0.4, "writing": 0.05, "committing": 0.01}
"""How long each takes, as long as nothing else was learnt."""

SERVER_SHARE = 0.1
"""Of the kills on PostGIS: those that hit the server's own process instead."""


@dataclass
class Pace:
    """How long one deed takes, learnt from runs that nobody killed; seconds."""

    total: list[float] = field(default_factory=list)
    writing: list[float] = field(default_factory=list)
    committing: list[float] = field(default_factory=list)

    def learn(self, command: Command, signs: Signs) -> None:
        """Watch a command to its end."""
        at_write = at_commit = 0.0
        if command.wait_until(signs.is_writing):
            at_write = time.monotonic()
        if command.wait_until(signs.is_committing):
            at_commit = time.monotonic()
            command.wait_until(lambda: not signs.is_committing())
        after_commit = time.monotonic()
        assert command.wait() == 0, command.said
        end = time.monotonic()
        self.total.append(end - command.started)
        if at_write:
            self.writing.append((at_commit or end) - at_write)
        if at_commit:
            # A little longer than it took: just after the commit is a moment too.
            self.committing.append(1.5 * (after_commit - at_commit))

    def draw(self, moment: str, dice: random.Random) -> float:
        """Return how long to wait after the moment has come."""
        spans = {"anywhere": self.total, "writing": self.writing, "committing": self.committing}
        span = statistics.median(spans[moment] or [DEFAULT_S[moment]])
        return dice.uniform(0, span)


def kill_somewhere(
    command: Command, signs: Signs, pace: Pace, dice: random.Random
) -> tuple[str, bool]:
    """Kill a command at a moment drawn; return the moment, and whether it came to that."""
    moment = dice.choices(list(MOMENTS), list(MOMENTS.values()))[0]
    is_server = isinstance(signs, PostgisSigns) and dice.random() < SERVER_SHARE
    delay = pace.draw(moment, dice)
    has_come = {
        "anywhere": lambda: True,
        "writing": signs.is_writing,
        "committing": signs.is_committing,
    }[moment]
    if not (command.wait_until(has_come) and command.wait_for(delay)):
        command.wait()
        return moment, False
    if is_server and isinstance(signs, PostgisSigns):
        return f"{moment}, the server's process", _kill_backend(command, signs)
    command.kill()
    return moment, command.wait() == -signal.SIGKILL


def _kill_backend(command: Command, signs: PostgisSigns) -> bool:
    backend = signs.backend()
    if backend is None:
        command.wait()
        return False
    os.kill(backend, signal.SIGKILL)
    if command.wait() == 2:
        lines = command.said.strip().splitlines()
        assert len(lines) == 1, lines
        assert "doesn't answer" in lines[0], lines
        return True
    # Killed when it had nothing more to ask of the server.
    return False
