"""Small registers of a containment zone: rows as tuples, days as days before the one judged."""

from __future__ import annotations

from datetime import date

import numpy as np

from zoning.model import Contacts, Rounds, Samples
from zoning.surveillance.follow_up import FollowUp, FollowUpTerms, follow_up
from zoning.surveillance.memberships import Memberships

ON = date(2020, 8, 31)
TERMS = FollowUpTerms(
    house_round_within_days=7, contacts_followed_days=28, contact_attempts_to_close=3
)


def days(*ago: int | None) -> np.ndarray:
    """Return days so many before the day judged; None for none."""
    on = np.datetime64(ON, "D")
    told = [np.datetime64("NaT", "D") if n is None else on - n for n in ago]
    return np.array(told, dtype="datetime64[D]")


def texts(*values: str) -> np.ndarray:
    """Return texts as the columns hold them."""
    return np.array(values, dtype=object)


def whole(*values: int) -> np.ndarray:
    """Return whole numbers as the columns hold them."""
    return np.array(values, dtype=np.int64)


def numbered(cells: tuple[object, ...]) -> np.ndarray:
    """Return the data rows of so many cells."""
    return np.arange(1, len(cells) + 1)


def rounds(*rows: tuple[str, int, int, int]) -> Rounds:
    """Return rounds told as area, days ago, houses, visited."""
    area, ago, total, visited = zip(*rows, strict=True) if rows else ((),) * 4
    return Rounds(numbered(area), texts(*area), days(*ago), whole(*total), whole(*visited))


def contacts(*rows: tuple[str, str, int | None, int, str, int]) -> Contacts:
    """Return contacts told as code, area, exposed ago, told ago, status, attempts."""
    code, area, exposed, told, status, attempts = zip(*rows, strict=True) if rows else ((),) * 6
    return Contacts(
        numbered(code),
        texts(*code),
        texts(*area),
        days(*exposed),
        days(*told),
        texts(*status),
        whole(*attempts),
    )


def samples(*rows: tuple[str, int, int, int]) -> Samples:
    """Return samples told as area, days ago, samples, results."""
    area, ago, taken, results = zip(*rows, strict=True) if rows else ((),) * 4
    return Samples(numbered(area), texts(*area), days(*ago), whole(*taken), whole(*results))


def memberships(*rows: tuple[str, str, int, int | None]) -> Memberships:
    """Return memberships told as zone, booth, since ago, until ago."""
    zone, booth, since, until = zip(*rows, strict=True) if rows else ((),) * 4
    return Memberships(texts(*zone), texts(*booth), days(*since), days(*until))


def judged(zone_of: dict[str, str], *told: object, on: date = ON) -> FollowUp:
    """Return the register of booths with their zones of today, from the tables told."""
    tables = {type(table): table for table in (rounds(), contacts(), samples(), memberships())}
    tables |= {type(table): table for table in told}
    return follow_up(
        on,
        texts(*zone_of),
        texts(*zone_of.values()),
        tables[Rounds],
        tables[Contacts],
        tables[Samples],
        tables[Memberships],
        TERMS,
    )
