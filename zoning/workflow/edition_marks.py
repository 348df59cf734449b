"""What one edition changes against another, as marks on the map of the newer one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import shapely

from layers.marks import Mark
from zoning.model import Geometries
from zoning.places.change_words import describe_change
from zoning.places.changes import Change, ChangeKind
from zoning.store.boundaries import read_units
from zoning.store.editions import Edition
from zoning.store.engine import Store
from zoning.workflow.editions import compare

GRAVE = frozenset({ChangeKind.GONE, ChangeKind.LOST_GEOMETRY, ChangeKind.REARRANGED})
"""Changes that leave ground or a figure without its former unit: drawn as what needs a look."""


@dataclass(frozen=True)
class EditionMarks:
    """What an edition changes against another.

    Attributes
    ----------
    old, new : Edition
        The two editions.
    changes : tuple of Change
        All but those that say a unit stayed as it is.
    sentences : tuple of str
        Each change in words.
    same : int
        Units that stay as they are.
    units : Geometries or None
        Outlines of the newer edition.
    marks : tuple of Mark
        Changes that have a place; their numbers are positions in `changes`.
    """

    old: Edition
    new: Edition
    changes: tuple[Change, ...]
    sentences: tuple[str, ...]
    same: int
    units: Geometries | None
    marks: tuple[Mark, ...]


def mark_changes(store: Store, edition_id: int, at: datetime) -> EditionMarks:
    """Return what an edition changes against the one in force at a moment.

    Raises
    ------
    InputError
        If there is nothing to compare it with.
    StoreError
        If there is no such edition.
    """
    found = compare(store, edition_id, None, at)
    with store.reading() as session:
        units = read_units(session, edition_id)
    shape = {} if units.geometry is None else dict(zip(units.unit_id, units.geometry, strict=True))
    changes = tuple(c for c in found.changes if c.kind is not ChangeKind.SAME)
    sentences = tuple(describe_change(change) for change in changes)
    marks = []
    for number, (change, sentence) in enumerate(zip(changes, sentences, strict=True)):
        ground = shapely.from_wkt(change.shape) if change.shape else None
        if ground is None:
            # Where no ground changed hands, the unit itself shows where it is.
            ground = next((shape[code] for code in change.new_ids if shape.get(code)), None)
        if ground is not None and not shapely.is_empty(ground):
            title = ", ".join(change.new_ids or change.old_ids)
            marks.append(Mark(number, title, sentence, change.kind in GRAVE, ground))
    return EditionMarks(
        found.old,
        found.new,
        changes,
        sentences,
        len(found.changes) - len(changes),
        units.geometry,
        tuple(marks),
    )
