"""House rounds, contacts and samples as they were told: the register of a containment zone.

Rows stand in the sequence in which they became known and none is ever changed: the
newest statement of a thing counts. A contact is a code. Names and phone numbers have
no place here, and a code that is all digits is refused, as it may be one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Bools, Days, Ints, Texts

# A letter somewhere, and neither space nor @: no phone number, no full name, no address.
_CODE = re.compile(r"(?=.*[^\W\d_])[^\s@]+")


class ContactStatus(StrEnum):
    """What was last told of a contact."""

    OPEN = "open"
    FOLLOWED = "followed"
    LOST = "lost"
    COMPLETED = "completed"


@dataclass(frozen=True)
class Rounds:
    """Rounds from house to house, arrays of shape (n,).

    Attributes
    ----------
    area_id : Texts
        Booth or containment zone that was visited.
    on : Days
        Day of the round; a later row of the same area and day corrects it.
    houses_total, houses_visited : Ints
        Houses there are, at least 1; of these visited.

    Raises
    ------
    InputError
        If a row has no day, no house, or more visited than there are.
    """

    area_id: Texts
    on: Days
    houses_total: Ints
    houses_visited: Ints

    def __post_init__(self) -> None:
        _refuse_no_day(self.area_id, self.on)
        is_odd = (self.houses_total < 1) | (self.houses_visited < 0)
        for row in _rows(is_odd | (self.houses_visited > self.houses_total)):
            raise InputError(
                tr(
                    "Row {row} of the house rounds, of {area}: {visited} of {total} houses can't "
                    "be; give at least 1 house, and no more visited than there are.",
                    row=row + 1,
                    area=self.area_id[row],
                    visited=self.houses_visited[row],
                    total=self.houses_total[row],
                )
            )


@dataclass(frozen=True)
class Contacts:
    """Statements on contacts of cases, arrays of shape (n,).

    Attributes
    ----------
    contact_id : Texts
        Code of the contact, the same in all its rows; with a letter, without spaces.
    area_id : Texts
        Booth or containment zone where it lives.
    last_exposure_on : Days
        When it last met the case; NaT where not told in this row.
    told_on : Days
        Day of the statement; of one day's the later row counts.
    status : Texts
        A `ContactStatus` value.
    attempts : Ints
        Documented attempts to reach it, all up to this statement.

    Raises
    ------
    InputError
        If a code may be a phone number, a status is unknown or a number below 0.
    """

    contact_id: Texts
    area_id: Texts
    last_exposure_on: Days
    told_on: Days
    status: Texts
    attempts: Ints

    def __post_init__(self) -> None:
        for row, code in enumerate(self.contact_id.tolist()):
            if not _CODE.fullmatch(code):
                # The text itself isn't repeated: a log is no place for a phone number.
                raise InputError(
                    tr(
                        "Row {row} of the contacts: the contact isn't named by a code; give one "
                        "with a letter and without spaces, such as KC-0412, never a name or a "
                        "phone number.",
                        row=row + 1,
                    )
                )
        known = [status.value for status in ContactStatus]
        for row in _rows(~np.isin(self.status.astype(str), known)):
            raise InputError(
                tr(
                    "Row {row} of the contacts, {contact}: the status {status} isn't one of "
                    "{known}.",
                    row=row + 1,
                    contact=self.contact_id[row],
                    status=self.status[row],
                    known=", ".join(known),
                )
            )
        for row in _rows((self.attempts < 0) | np.isnat(self.told_on)):
            raise InputError(
                tr(
                    "Row {row} of the contacts, {contact}: give the day it was told, and "
                    "attempts from 0; it has {attempts}.",
                    row=row + 1,
                    contact=self.contact_id[row],
                    attempts=self.attempts[row],
                )
            )


@dataclass(frozen=True)
class Samples:
    """Samples taken and their results, arrays of shape (n,).

    Attributes
    ----------
    area_id : Texts
        Booth or containment zone they come from.
    taken_on : Days
        Day they were taken; a later row of the same area and day replaces the earlier.
    samples, results : Ints
        Samples taken; of these with a result.

    Raises
    ------
    InputError
        If a row has no day, more results than samples, or fewer than none.
    """

    area_id: Texts
    taken_on: Days
    samples: Ints
    results: Ints

    def __post_init__(self) -> None:
        _refuse_no_day(self.area_id, self.taken_on)
        for row in _rows((self.results < 0) | (self.results > self.samples)):
            raise InputError(
                tr(
                    "Row {row} of the samples, of {area}: {results} results of {samples} samples "
                    "can't be; give from 0 results to as many as there are samples.",
                    row=row + 1,
                    area=self.area_id[row],
                    results=self.results[row],
                    samples=self.samples[row],
                )
            )


@dataclass(frozen=True)
class Memberships:
    """Which booths a containment zone had when, arrays of shape (m,).

    A zone keeps its id when it grows, merges or shrinks; so a row told of a zone speaks of
    the booths that it had on that day.

    Attributes
    ----------
    zone_id, booth_id : Texts
        The zone, and a booth of it.
    since, until : Days
        First day, and first day no more; NaT in `until` while it lasts.
    """

    zone_id: Texts
    booth_id: Texts
    since: Days
    until: Days


def _refuse_no_day(area_id: Texts, on: Days) -> None:
    for row in _rows(np.isnat(on)):
        raise InputError(
            tr(
                "Row {row} of the house rounds or samples, of {area}, has no day; give the day.",
                row=row + 1,
                area=area_id[row],
            )
        )


def _rows(is_wrong: Bools) -> list[int]:
    rows: list[int] = np.flatnonzero(is_wrong).tolist()
    return rows
