"""Rounds, contacts and samples as an officer tells them: one row, kept as an import by hand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import date, datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning import clock
from zoning.access import refusal
from zoning.errors import AccessError, InputError
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import day
from zoning.model import Contacts, ContactStatus, Rounds, RowAccount, Samples
from zoning.store.engine import Store
from zoning.store.follow_up import insert_contacts, insert_rounds, insert_samples
from zoning.store.imports import ImportKind, NewImport, begin, finish
from zoning.workflow.actor import Who, area_of, standing_of
from zoning.workflow.ground import GroundShelf
from zoning.workflow.kind_rights import RIGHTS, require_bringing
from zoning.workflow.own_rows import is_bound, own, units_of_areas
from zoning.workflow.present import present

BY_HAND = {
    ImportKind.ROUNDS: "round-by-hand",
    ImportKind.CONTACTS: "contact-by-hand",
    ImportKind.SAMPLES: "samples-by-hand",
}
ONE_ROW = RowAccount(1, 1, 0, 0, ())
# A key is short, of letters and digits, and holds a digit: names don't, telephone numbers are long.
_KEY = re.compile(r"(?=.*\d)(?!.*\d{10})[A-Za-z0-9][A-Za-z0-9./_-]{0,39}")


@dataclass(frozen=True)
class ToldRound:
    """A house round: area, day, houses there, and of these visited."""

    area_id: str
    on: date
    houses_total: int
    houses_visited: int


@dataclass(frozen=True)
class ToldContact:
    """How the follow-up of a contact stands; `last_exposure_on` is None where unknown."""

    contact_id: str
    area_id: str
    last_exposure_on: date | None
    told_on: date
    status: str
    attempts: int = 0


@dataclass(frozen=True)
class ToldSamples:
    """Samples of an area and day, and of these with a result."""

    area_id: str
    taken_on: date
    samples: int
    results: int


def tell_round(store: Store, shelf: GroundShelf, told: ToldRound, at: datetime, who: Who) -> int:
    """Take down a house round and return the number of its import.

    Raises
    ------
    InputError
        If the area isn't known, the day is to come, or the numbers contradict each other.
    AccessError
        If it isn't theirs to tell of this ground.
    """
    _refuse_later(told.on, at)
    if told.houses_total < 1 or not 0 <= told.houses_visited <= told.houses_total:
        raise InputError(
            tr(
                "{visited} of {total} houses can't have been visited; give the houses there, at "
                "least 1, and of these the visited ones.",
                visited=told.houses_visited,
                total=told.houses_total,
            )
        )
    rows = Rounds(
        _ints(1),
        _texts(told.area_id),
        _days(told.on),
        _ints(told.houses_total),
        _ints(told.houses_visited),
    )

    def write(session: Session, import_id: int) -> None:
        insert_rounds(session, import_id, rows)

    return _written(store, shelf, ImportKind.ROUNDS, told, write, at, who)


def tell_contact(
    store: Store, shelf: GroundShelf, told: ToldContact, at: datetime, who: Who
) -> int:
    """Take down how the follow-up of a contact stands and return the number of its import.

    Raises
    ------
    InputError
        If the key may tell who the contact is, the area or status isn't known, or a day is to
        come.
    AccessError
        If it isn't theirs to tell of this ground.
    """
    _refuse_later(told.told_on, at)
    if not _KEY.fullmatch(told.contact_id):
        raise InputError(
            tr(
                "“{key}” can't be the key of a contact; give a code of letters and digits without "
                "spaces, such as C-0412, never a name or a telephone number.",
                key=told.contact_id,
            )
        )
    if told.status not in {status.value for status in ContactStatus} or told.attempts < 0:
        raise InputError(
            tr(
                "{status} with {attempts} attempts isn't a state of a contact.",
                status=told.status,
                attempts=told.attempts,
            )
        )
    if told.last_exposure_on is not None and told.last_exposure_on > told.told_on:
        raise InputError(
            tr(
                "The last exposure, {exposed}, lies after the day told, {told}; correct one.",
                exposed=day(told.last_exposure_on),
                told=day(told.told_on),
            )
        )
    rows = Contacts(
        _ints(1),
        _texts(told.contact_id),
        _texts(told.area_id),
        _days(told.last_exposure_on),
        _days(told.told_on),
        _texts(told.status),
        _ints(told.attempts),
    )

    def write(session: Session, import_id: int) -> None:
        insert_contacts(session, import_id, rows)

    return _written(store, shelf, ImportKind.CONTACTS, told, write, at, who)


def tell_samples(
    store: Store, shelf: GroundShelf, told: ToldSamples, at: datetime, who: Who
) -> int:
    """Take down the samples of an area and day and return the number of their import.

    Raises
    ------
    InputError
        If the area isn't known, the day is to come, or the numbers contradict each other.
    AccessError
        If it isn't theirs to tell of this ground.
    """
    _refuse_later(told.taken_on, at)
    if told.samples < 1 or not 0 <= told.results <= told.samples:
        raise InputError(
            tr(
                "{results} of {samples} samples can't have a result; give the samples taken, at "
                "least 1, and of these those with a result.",
                results=told.results,
                samples=told.samples,
            )
        )
    rows = Samples(
        _ints(1),
        _texts(told.area_id),
        _days(told.taken_on),
        _ints(told.samples),
        _ints(told.results),
    )

    def write(session: Session, import_id: int) -> None:
        insert_samples(session, import_id, rows)

    return _written(store, shelf, ImportKind.SAMPLES, told, write, at, who)


def _written(
    store: Store,
    shelf: GroundShelf,
    kind: ImportKind,
    told: ToldRound | ToldContact | ToldSamples,
    write: Callable[[Session, int], None],
    at: datetime,
    who: Who,
) -> int:
    by = require_bringing(who, kind)
    # What is told twice is told twice, and the newest stands: the moment is part of the content.
    content = "\n".join([kind, *(str(value) for value in astuple(told)), at.isoformat(), by])
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    new = NewImport(kind, BY_HAND[kind], sha256, at, by, area_unit_ids=area_of(who))
    with store.transaction() as session:
        now = present(session, shelf, at)
        known = set(now.ground.table.booth_id) | set(now.zone_id)
        # Ground in no zone has an empty one.
        if told.area_id not in known - {""}:
            raise InputError(
                tr(
                    "There is no booth and no open containment zone {area}; give the code of one.",
                    area=told.area_id or tr("(empty)"),
                )
            )
        if is_bound(who):
            _refuse_foreign(session, kind, told.area_id, at, who)
        import_id = begin(session, new)
        write(session, import_id)
        finish(session, import_id, ONE_ROW)
    return import_id


def _refuse_foreign(
    session: Session, kind: ImportKind, area_id: str, at: datetime, who: Who
) -> None:
    """Refuse ground of which no unit is one's own; of a zone across a line, each side tells."""
    units = sorted(units_of_areas(session, at).get(area_id, ()))
    if not own(who, kind, np.array(units, dtype=object)).any():
        right = RIGHTS[kind]
        there = ", ".join(units) or area_id
        raise AccessError(refusal(standing_of(who), right.bring, there, right.subject))


def _refuse_later(on: date, at: datetime) -> None:
    today = clock.today_ist(at)
    if on > today:
        raise InputError(
            tr("{day} is yet to come; give a day up to {today}.", day=day(on), today=day(today))
        )


def _ints(value: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([value], dtype=np.int64)


def _texts(value: str) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array([value], dtype=object)


def _days(value: date | None) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    return np.array([np.datetime64("NaT") if value is None else value], dtype="datetime64[D]")
