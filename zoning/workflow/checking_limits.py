"""From when on `zoning check` calls something doubtful; the numbers are in `checking.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Limits:
    """How far the clock may be behind the audit, and how long a notice may wait."""

    clock_ahead_s: int
    notice_waits_minutes: int


@cache
def limits() -> Limits:
    """Return the limits in force."""
    data = tomllib.loads(Path(__file__).with_name("checking.toml").read_text(encoding="utf-8"))
    return Limits(data["clock_ahead_s"], data["notice_waits_minutes"])
