"""Contacts under follow-up: a key, an area, days and a status; nothing of the person.

What is doubtful keeps a contact open: a contact believed to be done with might end
a containment too early.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from zoning.i18n.catalogue import tr
from zoning.model import Bools, Contacts, ContactStatus, Days, Ints, RowAccount, Texts
from zoning.readers import columns
from zoning.readers.dates import NAT, read_days
from zoning.readers.fields import Part
from zoning.readers.follow_up import needed_areas, open_register
from zoning.readers.mapping import Mapping
from zoning.readers.needed_days import needed_days
from zoning.readers.personal import tells_person
from zoning.surveillance.grouping import group_numbers

COLUMNS = ("contact_id", "area_id", "last_exposure_on", "told_on", "status", "attempts")
NEEDED = ("contact_id", "area_id", "told_on", "status")


def read_contacts(path: Path, mapping: Mapping, today: date) -> tuple[Contacts, RowAccount]:
    """Return a file of contacts and the account of its rows.

    A contact may stand in several rows of different days told; the latest stands.

    Parameters
    ----------
    path : Path
        CSV, XLSX or Parquet.
    mapping : Mapping
        Names and forms where they aren't ours.
    today : date
        A day later than this can't be a fact.

    Raises
    ------
    InputError
        If the file can't be read, a column is missing, or a personal one is to be read.
    """
    part = open_register(path, COLUMNS, NEEDED, mapping, "contacts")
    contact_id = _keys(part)
    area_id = needed_areas(part)
    told_on = needed_days(part, "told_on", today, "contacts")
    exposed_on = _exposure(part, told_on)
    status = _status(part)
    attempts = _attempts(part)
    keep, status = _settled(part, [contact_id, told_on], [area_id, exposed_on, attempts], status)
    contacts = Contacts(
        part.row[keep],
        contact_id[keep],
        area_id[keep],
        exposed_on[keep],
        told_on[keep],
        status[keep],
        attempts[keep],
    )
    return contacts, part.account()


def _keys(part: Part) -> Texts:
    coded = part.coded("contact_id")
    assert coded is not None
    part.note(
        coded.codes < 0, "contact_missing", lambda _: tr("contact_id is empty; give a number")
    )
    is_telling = np.array([*map(tells_person, coded.values), False], dtype=bool)
    # The message doesn't repeat what it is about.
    part.note(
        is_telling[coded.codes],
        "contact_personal",
        lambda _: tr(
            "contact_id looks like a telephone number, an Aadhaar number or an address of mail; "
            "give a number of your own that tells nobody who it is"
        ),
    )
    return columns.spread(coded)


def _exposure(part: Part, told_on: Days) -> Days:
    column = part.column("last_exposure_on")
    if column is None:
        days, is_unusable = np.full(len(part), NAT, dtype="datetime64[D]"), np.zeros(1, dtype=bool)
    else:
        told = read_days(column, part.mapping.formats)
        days, is_unusable = told.day, told.is_unusable
    is_late = days > told_on
    part.note(
        (is_unusable | is_late | np.isnat(days)) & ~part.rejected,
        "exposure_unknown",
        lambda i: tr(
            "last_exposure_on is {value}, which isn't one day up to the day told; the contact "
            "stays open until the day is known",
            value=part.cell("last_exposure_on", i) or tr("empty"),
        ),
        rejects=False,
    )
    return np.where(is_unusable | is_late, NAT, days).astype("datetime64[D]")


def _status(part: Part) -> Texts:
    coded = part.coded("status")
    assert coded is not None
    known = [str(status) for status in ContactStatus]
    told = np.array([text.lower() for text in columns.spread(coded)], dtype=object)
    is_wrong = ~np.isin(told.astype(str), known)
    part.note(
        is_wrong & ~part.rejected,
        "status_unknown",
        lambda i: tr(
            "status is {value}, so the contact counts as open; write one of {known}, or give the "
            "word in [contacts.values.status] of a mapping file",
            value=part.cell("status", i) or tr("empty"),
            known=", ".join(known),
        ),
        rejects=False,
    )
    return np.where(is_wrong, ContactStatus.OPEN.value, told)


def _attempts(part: Part) -> Ints:
    column = part.column("attempts")
    if column is None:
        return np.zeros(len(part), dtype=np.int64)
    raw, unreadable = columns.counts(column)
    numbers, wrong = columns.whole(raw, missing=0)
    part.note(
        (unreadable | wrong) & ~part.rejected,
        "attempts_invalid",
        lambda i: tr(
            "attempts is {value}, which is no whole number of at least 0; none is counted",
            value=part.cell("attempts", i),
        ),
        rejects=False,
    )
    return np.where(unreadable | wrong, 0, numbers)


def _settled(
    part: Part, key: list[Texts | Days], content: list[Texts | Days | Ints], status: Texts
) -> tuple[Bools, Texts]:
    """Return which rows are taken, one a contact and day told, and their status.

    Rows that contradict each other leave one, and that one is open.
    """
    status = status.copy()
    keep = ~part.rejected
    among = np.flatnonzero(keep)
    if not len(among):
        return keep, status
    of_key = group_numbers([_sortable(column[among]) for column in key])
    of_all = group_numbers([of_key, *(_sortable(c[among]) for c in (*content, status))])
    _, first, nth = np.unique(of_key, return_index=True, return_inverse=True)
    head = first[nth]
    is_other = of_all != of_all[head]
    is_same = ~is_other & (head != np.arange(len(among)))
    contradicted = np.zeros(len(part), dtype=bool)
    contradicted[among[is_other]] = True
    same = np.zeros(len(part), dtype=bool)
    same[among[is_same]] = True
    earlier = np.zeros(len(part), dtype=np.int64)
    earlier[among] = part.row[among[head]]
    status[among[head[is_other]]] = ContactStatus.OPEN.value
    part.note(
        contradicted,
        "contact_contradicted",
        lambda i: tr(
            "the contact stands in row {row} with the same day told and otherwise; it counts once, "
            "as open, until one of the rows is corrected",
            row=int(earlier[i]),
        ),
    )
    part.note(
        same,
        "row_identical",
        lambda i: tr("the row stands in row {row} already; it counts once", row=int(earlier[i])),
    )
    return keep & ~contradicted & ~same, status


def _sortable(column: Texts | Days | Ints) -> Texts | Days | Ints:
    return column.astype(str) if column.dtype == object else column
