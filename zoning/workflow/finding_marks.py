"""Where on the map the findings of a file are: by their own shape, or by what their row says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import shapely

from layers.marks import Mark
from zoning.i18n.catalogue import tr
from zoning.model import Finding, Geometries, RowAccount
from zoning.store.engine import Store
from zoning.workflow.finding_places import Asked, drawable, places_of_rows
from zoning.workflow.ground import GroundShelf
from zoning.workflow.places import units_in_force

__all__ = ["MAX_MARKS", "Asked", "MarkedFindings", "mark_findings", "mark_recorded"]

MAX_MARKS = 5_000


@dataclass(frozen=True)
class MarkedFindings:
    """The findings of a file as marks on the units they belong to.

    Attributes
    ----------
    units : Geometries or None
        Outlines in WGS84: of the file itself where it holds units, else of those in force.
    marks : tuple of Mark
        Their numbers are positions in the account's findings.
    left_out : int
        Findings that have a place and are more than can be looked at one by one.
    """

    units: Geometries | None
    marks: tuple[Mark, ...]
    left_out: int


def mark_findings(
    store: Store,
    asked: Asked,
    account: RowAccount,
    at: datetime,
    grounds: GroundShelf | None = None,
) -> MarkedFindings:
    """Return the findings of a file that have a place, as many as a map can show.

    Parameters
    ----------
    store : Store
        For the units and booths in force.
    asked : Asked
        The file that was read.
    account : RowAccount
        What was found.
    at : datetime
        The present.
    grounds : GroundShelf, optional
        Where grounds are kept, for files whose places are booths.
    """
    rows = np.unique([finding.row for finding in account.findings if not finding.shape])
    with store.reading() as session:
        outlines, places = places_of_rows(session, asked, rows, at, grounds or GroundShelf())
    marks: list[Mark] = []
    left_out = 0
    for number, finding in enumerate(account.findings):
        shape = _own_shape(finding)
        if shape is None and places is not None:
            shape = places.of(finding.row)
        if shape is None:
            continue
        if len(marks) < MAX_MARKS:
            marks.append(_mark(number, finding, shape))
        else:
            left_out += 1
    return MarkedFindings(outlines, tuple(marks), left_out)


def mark_recorded(store: Store, account: RowAccount, at: datetime) -> MarkedFindings:
    """Return the findings of an import that have a shape of their own; its file is gone.

    Parameters
    ----------
    store : Store
        For the units in force, as outlines.
    account : RowAccount
        What was found.
    at : datetime
        The present.
    """
    shapes = [(number, f, _own_shape(f)) for number, f in enumerate(account.findings)]
    marks = [_mark(number, f, shape) for number, f, shape in shapes if shape is not None]
    if not marks:
        return MarkedFindings(None, (), 0)
    with store.reading() as session:
        present = units_in_force(session, at)
    outlines = None if present is None else present[1].geometry
    return MarkedFindings(outlines, tuple(marks[:MAX_MARKS]), max(len(marks) - MAX_MARKS, 0))


def _mark(number: int, finding: Finding, shape: shapely.Geometry) -> Mark:
    title = tr("Row {row}", row=finding.row) if finding.row else tr("The file as a whole")
    return Mark(number, title, finding.message, finding.rejects, shape)


def _own_shape(finding: Finding) -> shapely.Geometry | None:
    if not finding.shape:
        return None
    return drawable(shapely.from_wkt(finding.shape, on_invalid="ignore"))
