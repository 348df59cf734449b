"""Time: UTC inside, Indian Standard Time outside.

Only the edges (screens, command line, workflow) ask for the time; everything
below takes it as an argument, so that a test or a replay can set it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

IST = ZoneInfo("Asia/Kolkata")

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def today_ist(at: datetime) -> date:
    """Return the calendar day in India at a moment."""
    return at.astimezone(IST).date()


def as_utc(at: datetime) -> datetime:
    """Return a moment in UTC; one without offset is taken as IST."""
    return (at if at.tzinfo else at.replace(tzinfo=IST)).astimezone(UTC)
