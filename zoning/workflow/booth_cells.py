"""Booths of a file with the ground of each, and the unit it lies in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from zoning.errors import InputError
from zoning.i18n.catalogue import tr, tr_n
from zoning.model import Booths, Geometries, Indices, Ints, RowAccount, Texts, Units
from zoning.places.placing import Placer, index_of
from zoning.readers.booths import read_booths
from zoning.readers.mapping import read_mapping

SURVEYED = "surveyed"
SAME_AGAIN = "row_identical"


@dataclass(frozen=True)
class BoothCells:
    """Booths and their ground.

    Attributes
    ----------
    booths : Booths
        In the order of the file, shape (n,).
    cells : Geometries
        Ground of each booth in WGS84, shape (n,).
    unit_index : Indices
        Position of its unit, -1 for none.
    provenance : Texts
        How the ground is known.
    warnings : tuple of str
        What a person should know of them.
    """

    booths: Booths
    cells: Geometries
    unit_index: Indices
    provenance: Texts
    warnings: tuple[str, ...]


def read_booth_cells(path: Path, units: Units, mapping_file: Path | None) -> BoothCells:
    """Return the booths of a file with their ground and unit.

    Parameters
    ----------
    path : Path
        Booths as areas.
    units : Units
        Units with areas in WGS84.
    mapping_file : Path or None
        Names where the file doesn't use ours.

    Raises
    ------
    InputError
        If the file can't be read, or any of its booths can't be drawn: one left out would leave
        its ground, and its cases, without a category.
    """
    booths, account = read_booths(path, read_mapping(mapping_file, "booths"))
    _refuse_lost(path, account)
    if not len(booths):
        raise InputError(tr("{file} holds no booth.", file=path))
    kind = (
        np.full(len(booths), -1)
        if booths.geometry is None
        else np.where(shapely.is_empty(booths.geometry), -1, shapely.get_type_id(booths.geometry))
    )
    _refuse_without_place(path, booths, kind)
    if (kind == shapely.GeometryType.POINT).any():
        raise InputError(
            tr(
                "{file} draws {n} booths as points; give their areas, as a category covers ground.",
                file=path,
                n=int((kind == shapely.GeometryType.POINT).sum()),
            )
        )
    assert booths.geometry is not None
    unit_index = Placer(units, units.geometry, len(booths), booths).units_of(booths)
    provenance = np.full(len(booths), SURVEYED, dtype=object)
    warnings = _warnings(path, booths, unit_index, units, account)
    return BoothCells(booths, booths.geometry, unit_index, provenance, warnings)


def _refuse_lost(path: Path, account: RowAccount) -> None:
    fault = next((f for f in account.findings if f.rejects and f.code != SAME_AGAIN), None)
    if fault is not None:
        raise InputError(
            tr("{file}, row {row}: {message}.", file=path, row=fault.row, message=fault.message)
        )


def _refuse_without_place(path: Path, booths: Booths, kind: Ints) -> None:
    nowhere = np.flatnonzero(kind == -1)
    if len(nowhere):
        raise InputError(
            tr_n(
                "{file}: {n} booth has no place, the first is {booth}; give its area.",
                "{file}: {n} booths have no place, the first is {booth}; give their areas.",
                len(nowhere),
                file=path,
                booth=booths.booth_id[nowhere[0]],
            )
        )


def _warnings(
    path: Path, booths: Booths, unit_index: Indices, units: Units, account: RowAccount
) -> tuple[str, ...]:
    again = sum(f.code == SAME_AGAIN for f in account.findings)
    nowhere = int((unit_index < 0).sum())
    astray = int(((booths.unit_id != "") & (index_of(booths.unit_id, units.unit_id) < 0)).sum())
    told = (
        (
            again,
            tr_n(
                "{file}: {n} row repeats an earlier one word for word; it counts once.",
                "{file}: {n} rows repeat earlier ones word for word; they count once.",
                again,
                file=path,
            ),
        ),
        (
            astray,
            tr_n(
                "{file}: {n} booth names a unit that isn't among the zones; it is judged where it "
                "lies.",
                "{file}: {n} booths name units that aren't among the zones; they are judged where "
                "they lie.",
                astray,
                file=path,
            ),
        ),
        (
            nowhere,
            tr_n(
                "{file}: {n} booth lies in none of the units; its zone isn't known and it needs a "
                "survey.",
                "{file}: {n} booths lie in none of the units; their zone isn't known and they need "
                "a survey.",
                nowhere,
                file=path,
            ),
        ),
    )
    return tuple(sentence for n, sentence in told if n)
