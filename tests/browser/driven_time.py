"""A clock that goes on from the moment that a file names, in this process and in a service's."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from zoning.clock import Clock

# On the path of a service: Python reads `sitecustomize` there before the service begins.
FOLDER = Path(__file__).with_name("driven_clock")


def driven(file: Path) -> Clock:
    """Return a clock: the moment in a file, and what passed since it was written."""

    def now() -> datetime:
        told = datetime.fromisoformat(file.read_text())
        return told + timedelta(seconds=time.time() - file.stat().st_mtime)

    return now


def set_clock(file: Path, at: datetime) -> None:
    """Go on from a moment. A reader sees the old moment or the new one, nothing between."""
    fresh = file.with_suffix(".new")
    fresh.write_text(at.astimezone(UTC).isoformat())
    fresh.replace(file)
