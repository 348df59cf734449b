"""The measurements and names of the fictional district, read from its two data files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Plan:
    """What the generator is told.

    Attributes
    ----------
    measures : dict
        Content of `plan.toml`.
    names : dict
        Content of `names.toml`.
    """

    measures: dict[str, Any]
    names: dict[str, Any]

    @property
    def last_day(self) -> date:
        """Return the day on which the stored dates end."""
        return date.fromisoformat(self.measures["last_day"])

    @property
    def at(self) -> datetime:
        """Return the moment to which the stored facility times refer."""
        return datetime.fromisoformat(self.measures["at"])

    @property
    def prefix(self) -> str:
        """Return what every fictional code begins with."""
        return str(self.measures["code_prefix"])

    def random(self, subject: str) -> np.random.Generator:
        """Return a subject's own stream, so that a change in one leaves the others alone."""
        return np.random.default_rng([int(self.measures["seed"]), *subject.encode()])


def read_plan() -> Plan:
    """Return the plan that comes with the product."""
    return Plan(
        measures=tomllib.loads((_HERE / "plan.toml").read_text(encoding="utf-8")),
        names=tomllib.loads((_HERE / "names.toml").read_text(encoding="utf-8")),
    )
