"""The code of a containment zone: the day it was opened, and its serial on that day."""

from __future__ import annotations

import re
from datetime import date

_CODE = re.compile(r"CZ-(\d{4})(\d{2})(\d{2})-(\d{3,})")


def zone_prefix(day: date) -> str:
    """Return what the codes of all zones opened on a day begin with."""
    return f"CZ-{day:%Y%m%d}-"


def zone_code(day: date, serial: int) -> str:
    """Return the code of a zone, such as `CZ-20200804-001`."""
    return f"{zone_prefix(day)}{serial:03d}"


def opened_on(zone_id: str) -> date | None:
    """Return the day a zone was opened; None for a code that isn't ours."""
    found = _CODE.fullmatch(zone_id)
    return None if found is None else date(*(int(part) for part in found.groups()[:3]))


def serial_of(zone_id: str) -> int:
    """Return the serial of a zone on its day; 0 for a code that isn't ours."""
    found = _CODE.fullmatch(zone_id)
    return 0 if found is None else int(found[4])
