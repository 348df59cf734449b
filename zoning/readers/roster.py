"""The roster of officers: one row a posting, with the officer who holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from zoning.access import Officer, Posting, Role
from zoning.i18n.catalogue import tr
from zoning.model import Bools, Days, RowAccount, Texts
from zoning.readers.fields import Part, form_of, need, resolve
from zoning.readers.mapping import Mapping
from zoning.readers.needed_days import needed_days
from zoning.readers.order_terms import texts_of
from zoning.readers.periods import last_days
from zoning.readers.roster_posts import KnownRoster, settle_posts
from zoning.readers.roster_terms import acting, ends_too_early, refuse_empty, refuse_strange
from zoning.readers.tables import column_names, read_whole

COLUMNS = (
    "person_id",
    "name",
    "email",
    "role",
    "area_unit_id",
    "subject",
    "from_on",
    "to_on",
    "is_acting",
    "successor_of",
)
NEEDED = ("person_id", "name", "email", "role", "from_on")


@dataclass(frozen=True)
class Roster:
    """The rows taken: each officer once, and one posting a row.

    Attributes
    ----------
    officers : tuple of Officer
        Each once.
    postings : tuple of Posting
        One a row, n of them.
    row : tuple of int
        Data row of each posting, n of them.
    """

    officers: tuple[Officer, ...]
    postings: tuple[Posting, ...]
    row: tuple[int, ...] = ()


@dataclass(frozen=True)
class RosterRows:
    """A roster by the columns of its file, shape (n,); days are NaT and texts empty where none."""

    row: tuple[int, ...]
    person_id: Texts
    name: Texts
    email: Texts
    role: Texts
    area_unit_id: Texts
    subject: Texts
    from_on: Days
    to_on: Days
    is_acting: Bools
    successor_of: Texts


def read_roster(path: Path, mapping: Mapping, known: KnownRoster) -> tuple[Roster, RowAccount]:
    """Return the postings of a file and the account of its rows.

    Parameters
    ----------
    path : Path
        CSV, XLSX or Parquet.
    mapping : Mapping
        Names and forms where they aren't ours.
    known : KnownRoster
        Units, officers and postings that are there already.

    Raises
    ------
    InputError
        If the file can't be read or lacks a column.
    """
    form = form_of(mapping, COLUMNS)
    names = column_names(path, form)
    found = resolve(path, names, COLUMNS, mapping)
    need(path, names, {**found, **mapping.constants}, *NEEDED, kind="roster")
    part = Part(read_whole(path, sorted(set(found.values())), form), found, mapping)
    text = {name: texts_of(part, name) for name in COLUMNS}
    text["email"] = np.array([address.casefold() for address in text["email"]], dtype=object)
    refuse_empty(part, text)
    refuse_strange(part, text, known.level_of)
    from_on = needed_days(part, "from_on", None, "roster")
    to_on = last_days(part, from_on, ends_too_early)
    is_acting = acting(part)
    _refuse_two_names(part, text, known)
    rows = [
        None if part.rejected[i] else _posting(text, from_on, to_on, is_acting, i)
        for i in range(len(part))
    ]
    taken = settle_posts(part, rows, known)
    officers = {
        str(text["person_id"][i]): _officer(text, int(i)) for i in np.flatnonzero(~part.rejected)
    }
    rows_taken = tuple(int(row) for row in part.row[~part.rejected])
    return Roster(tuple(officers.values()), tuple(taken), rows_taken), part.account()


def roster_rows(roster: Roster) -> RosterRows:
    """Return the rows of a roster as columns, n of them."""
    officer = {one.person_id: one for one in roster.officers}
    postings = roster.postings

    def texts(values: list[str]) -> Texts:
        return np.array([*values, None], dtype=object)[:-1]

    def days(values: list[date | None]) -> Days:
        return np.array(values, dtype="datetime64[D]")

    return RosterRows(
        roster.row,
        texts([p.person_id for p in postings]),
        texts([officer[p.person_id].name for p in postings]),
        texts([officer[p.person_id].email for p in postings]),
        texts([p.role.value for p in postings]),
        texts([p.area_unit_id for p in postings]),
        texts([p.subject for p in postings]),
        days([p.from_on for p in postings]),
        days([p.to_on for p in postings]),
        np.array([p.is_acting for p in postings], dtype=bool),
        texts([p.successor_of for p in postings]),
    )


def _refuse_two_names(part: Part, text: dict[str, Texts], known: KnownRoster) -> None:
    """Reject rows by which one address would sign in as two persons, or one person be two."""
    holder = {officer.email: officer.person_id for officer in known.officers.values()}
    told: dict[str, tuple[str, str]] = {}
    for i in range(len(part)):
        if part.rejected[i]:
            continue
        person, email, name = (str(text[c][i]) for c in ("person_id", "email", "name"))
        here = np.arange(len(part)) == i
        if holder.setdefault(email, person) != person:
            part.note(
                here,
                "email_of_another",
                lambda i: tr(
                    "email {value} is that of {person}; give each officer an address of their own",
                    value=text["email"][i],
                    person=holder[text["email"][i]],
                ),
            )
        elif told.setdefault(person, (name, email)) != (name, email):
            part.note(
                here,
                "person_contradicted",
                lambda i: tr(
                    "{person} has another name or address in a row before; correct one of them",
                    person=text["person_id"][i],
                ),
            )


def _posting(
    text: dict[str, Texts], from_on: Days, to_on: Days, is_acting: Bools, i: int
) -> Posting:
    return Posting(
        person_id=str(text["person_id"][i]),
        role=Role(text["role"][i]),
        area_unit_id=str(text["area_unit_id"][i]),
        subject=str(text["subject"][i]),
        from_on=_day(from_on[i]),
        to_on=None if np.isnat(to_on[i]) else _day(to_on[i]),
        is_acting=bool(is_acting[i]),
        successor_of=str(text["successor_of"][i]),
    )


def _day(day: np.datetime64) -> date:
    own: date = day.astype("datetime64[D]").item()
    return own


def _officer(text: dict[str, Texts], i: int) -> Officer:
    return Officer(*(str(text[name][i]) for name in ("person_id", "name", "email")))
