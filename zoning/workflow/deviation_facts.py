"""Whether what is told of a deviation can be: place, activity, offence, time, words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.clock import today_ist
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import moment
from zoning.measures.order import Memo
from zoning.measures.search import all_activities, as_key, suggestions
from zoning.orders.offences import find_offence
from zoning.store.booths import read_booths
from zoning.store.deviations import NewDeviation
from zoning.store.editions import BOOTH_LEVEL, edition_in_force
from zoning.workflow.places import units_in_force


def checked(
    session: Session, new: NewDeviation, at: datetime, memos: tuple[Memo, ...]
) -> NewDeviation:
    """Return a deviation as it is kept, its keys in their form.

    Raises
    ------
    InputError
        Naming what can't be, and what could.
    """
    if new.happened_at.tzinfo is None:
        raise InputError(
            tr(
                "The time {at} has no zone; give the offset, such as +05:30.",
                at=new.happened_at.isoformat(),
            )
        )
    if new.happened_at > at:
        raise InputError(
            tr("A deviation of {when} hasn't happened yet.", when=moment(new.happened_at))
        )
    unit_id, booth_id = new.unit_id.strip(), new.booth_id.strip()
    need_unit(session, unit_id, at)
    if booth_id:
        _need_booth(session, booth_id, unit_id, at)
    place, premises = " ".join(new.place.split()), " ".join(new.premises.split())
    if not place and not premises:
        raise InputError(tr("Name the premises, or say where it was."))
    return replace(
        new,
        unit_id=unit_id,
        booth_id=booth_id,
        place=place,
        premises=premises,
        activity=known_activity(memos, new.activity),
        evidence=written(new.evidence, tr("Say what was seen, and what shows it.")),
        offence=find_offence(new.offence, today_ist(new.happened_at)).key,
    )


def written(text: str, otherwise: str) -> str:
    """Return a text that somebody has written, without the space around it.

    Raises
    ------
    InputError
        Saying `otherwise`, if it is empty.
    """
    if not text.strip():
        raise InputError(otherwise)
    return text.strip()


def known_activity(memos: tuple[Memo, ...], text: str) -> str:
    """Return the key of an activity that is written as a person would.

    Raises
    ------
    InputError
        If no order knows it; the sentence names those that are called alike.
    """
    key = as_key(text)
    if key in all_activities(memos):
        return key
    near = suggestions(memos, text) if key else ()
    raise InputError(
        tr(
            "There is no activity {activity}; did you mean {near}? zoning measures --list names "
            "all.",
            activity=text.strip() or tr("without a name"),
            near=", ".join(near) or tr("one of the list"),
        )
    )


def need_unit(session: Session, unit_id: str, at: datetime) -> None:
    """Refuse a unit that the boundaries in force don't know.

    Raises
    ------
    InputError
        Naming it.
    """
    present = units_in_force(session, at)
    if present is None or unit_id not in set(present[1].unit_id.tolist()):
        raise InputError(
            tr("There is no unit {unit} in the boundaries in force.", unit=unit_id or "“”")
        )


def booth_unit(session: Session, booth_id: str, at: datetime) -> str | None:
    """Return the unit of a booth, empty where its list names none; None for an unknown booth."""
    edition = edition_in_force(session, at, level=BOOTH_LEVEL)
    if edition is None:
        return None
    booths = read_booths(session, edition.edition_id)
    row = np.flatnonzero(booths.booth_id == booth_id)
    return str(booths.unit_id[row[0]]) if len(row) else None


def _need_booth(session: Session, booth_id: str, unit_id: str, at: datetime) -> None:
    if booth_unit(session, booth_id, at) not in ("", unit_id):
        raise InputError(
            tr("There is no booth {booth} in unit {unit}.", booth=booth_id, unit=unit_id)
        )
