"""The facts as they were known at a moment: cases with their outcomes, in their places.

What a file told stays as it was told. Here it is read together: later outcomes,
totals turned into cases, names and cases that people placed. The same moment
always gives the same facts, whatever was imported since.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.model import Bools, Cases, Days, Ints, Texts, Units, join_cases
from zoning.places.gazetteer import Gazetteer
from zoning.places.placing import Placement, Placer
from zoning.store.booths import read_booths
from zoning.store.cases import read_cases
from zoning.store.editions import BOOTH_LEVEL, edition_in_force
from zoning.store.feeds import known_feeds
from zoning.store.imports import ImportKind, series_told, visible_imports
from zoning.store.outcomes import read_outcomes
from zoning.store.places_decided import read_case_places, read_name_decisions
from zoning.surveillance.feeds import complete_through
from zoning.surveillance.outcomes import with_outcomes
from zoning.surveillance.series import as_events


@dataclass(frozen=True)
class PlacedCases:
    """Cases and where they are.

    Attributes
    ----------
    cases : Cases
        One row a case or a group of cases.
    placement : Placement
        The unit of each row, or why it has none.
    is_decided : Bools
        Whether a person put it there, shape (n,).
    """

    cases: Cases
    placement: Placement
    is_decided: Bools


def known_cases(session: Session, known_at: datetime, told: Cases | None = None) -> Cases:
    """Return the cases known at a moment, each with what was told of it last.

    Parameters
    ----------
    session : Session
        An open transaction.
    known_at : datetime
        The moment.
    told : Cases or None
        What `read_cases` gives for it, where it was read already.
    """
    cases = read_cases(session, known_at) if told is None else told
    outcomes, told_by = read_outcomes(session, known_at)
    assert cases.import_id is not None
    ended, _ = with_outcomes(cases, outcomes, cases.import_id, told_by)
    return _as_cases(session, ended, known_at)


def _as_cases(session: Session, cases: Cases, known_at: datetime) -> Cases:
    """Turn totals and changes into cases, each feed's and series' imports together."""
    told = series_told(session, visible_imports(session, ImportKind.CASES, known_at))
    if not told or cases.import_id is None:
        return cases
    of_series = [np.isin(cases.import_id, import_ids) for import_ids in told.values()]
    parts = [cases.take(~np.any(of_series, axis=0))]
    for (_, series), chosen in zip(told, of_series, strict=True):
        rows = cases.take(chosen)
        assert rows.import_id is not None
        parts.append(as_events(rows, series, rows.import_id)[0])
    return join_cases(parts)


def placed_cases(
    session: Session, units: Units, known_at: datetime, told: Cases | None = None
) -> PlacedCases:
    """Return the cases known at a moment, placed in units as far as was known then.

    `told` is as in `known_cases`.
    """
    cases = known_cases(session, known_at, told)
    placer = placers_for(session, units, known_at)(len(cases))
    decided = _decided(session, cases, known_at)
    is_decided = np.zeros(len(cases), dtype=bool) if decided is None else decided != ""
    return PlacedCases(cases, placer.place(cases, decided), is_decided)


def placers_for(
    session: Session, units: Units | None, known_at: datetime
) -> Callable[[int], Placer]:
    """Return what makes a placer for so many cases, as known at a moment.

    Without units nothing has a place yet.
    """
    if units is None:
        nothing = np.empty(0, dtype=object)
        units = Units(nothing, nothing, np.empty(0), nothing, nothing)
    edition = edition_in_force(session, known_at, level=BOOTH_LEVEL)
    booths = None if edition is None else read_booths(session, edition.edition_id)
    decisions = read_name_decisions(session, known_at)

    def names() -> Gazetteer:
        return Gazetteer(units, decisions)

    return lambda n_points: Placer(units, units.geometry, n_points, booths, names)


def reported_through(session: Session, units: Units, everything: Units, known_at: datetime) -> Days:
    """Return through which day the case feeds of each unit were complete, as known then.

    Parameters
    ----------
    session : Session
        An open transaction.
    units : Units
        The units judged, n.
    everything : Units
        Units of all levels of their edition.
    known_at : datetime
        What was imported and agreed by then counts.

    Returns
    -------
    Days
        Shape (n,); NaT where nothing is known.
    """
    return complete_through(known_feeds(session, ImportKind.CASES, known_at), units, everything)


def _decided(session: Session, cases: Cases, known_at: datetime) -> Texts | None:
    """Return the unit that a person put each row in, empty for none."""
    places = read_case_places(session, known_at)
    if not places or cases.import_id is None:
        return None
    keys = _keys(*np.array(list(places), dtype=np.int64).T)
    order = np.argsort(keys)
    keys, unit_id = keys[order], np.array(list(places.values()), dtype=object)[order]
    wanted = _keys(cases.import_id, cases.row)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, unit_id[at], "").astype(object)


def _keys(import_id: Ints, row: Ints) -> Ints:
    """Return one number for each case: no file has 2^32 rows."""
    return (import_id.astype(np.int64) << 32) + row
