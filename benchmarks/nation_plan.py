"""Who adjoins whom among the districts, and the same answers without any partition."""

from __future__ import annotations

import numpy as np
from nation_day import Counted, District, cells_of

from zoning import crs as crs_guard
from zoning.judgement.delineate import Delineation, delineate
from zoning.places.neighbours import Neighbours, within_of
from zoning.places.partition import adjoining

__all__ = ["adjoining", "differences", "own", "unpartitioned"]


def own(neighbours: Neighbours, number: int) -> list[int]:
    return neighbours.index[neighbours.first[number] : neighbours.first[number + 1]].tolist()


def unpartitioned(
    files: list[District], counted: list[Counted], number: int, around: list[int], reach_m: float
) -> Delineation:
    """Draw a district and all around it in one piece, metres as in this district."""
    members = [number, *around]
    cells = [cells_of(files[n]) for n in members]
    facts = [counted[n] for n in members]
    first_unit = np.cumsum([0, *(len(f.unplaced) for f in facts)])
    ground = crs_guard.to_metric(np.concatenate(cells), crs_guard.local_equidistant(cells[0]))
    whole = delineate(
        np.concatenate([f.zone for f in facts]),
        np.concatenate([f.active for f in facts]),
        np.concatenate([f.unit_index + at for f, at in zip(facts, first_unit, strict=False)]),
        np.concatenate([f.unplaced for f in facts]),
        lambda is_affected: within_of(ground, is_affected, reach_m),
    )
    n = len(cells[0])
    return Delineation(
        whole.category[:n], whole.watch[:n], whole.needs_survey[:n], whole.is_held[:n]
    )


def differences(one: Delineation, other: Delineation) -> int:
    return int(
        (one.category != other.category).sum()
        + (one.watch != other.watch).sum()
        + (one.needs_survey != other.needs_survey).sum()
    )
