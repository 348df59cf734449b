"""How slowly a proposal relaxes: the rule beside `changes`, read from its dated file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from zoning.errors import RuleError
from zoning.i18n.catalogue import tr


@dataclass(frozen=True)
class RelaxingRule:
    """How long a milder result must have lasted.

    Attributes
    ----------
    consecutive_complete_days : int
        Days in a row, the day judged included.
    ours : str
        What of it is this product's choice.
    source : tuple of str
        Where it comes from.
    """

    consecutive_complete_days: int
    ours: str
    source: tuple[str, ...]

    @property
    def days_looked_at(self) -> int:
        """Return how many days must be judged: a rise is against the day before."""
        return max(self.consecutive_complete_days, 2)


@cache
def relaxing_rule() -> RelaxingRule:
    """Return the rule in force.

    Raises
    ------
    RuleError
        If its file is faulty.
    """
    return read_relaxing_rule(Path(__file__).with_name("changes.toml"))


def read_relaxing_rule(path: Path) -> RelaxingRule:
    """Return the rule of one file, checked.

    Raises
    ------
    RuleError
        Naming the file and the entry that is missing or wrong.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        days = _days(data["relaxing"]["consecutive_complete_days"])
        return RelaxingRule(days, data["ours"], tuple(data["source"]))
    except (KeyError, TypeError, ValueError) as fault:
        raise RuleError(
            tr("{file} isn't a usable rule of relaxing: {fault}.", file=path.name, fault=fault)
        ) from fault


def _days(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f"consecutive_complete_days = {value!r}")
    return value
