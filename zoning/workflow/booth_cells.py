"""Booths of a file with the ground of each, and the unit it lies in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from zoning.errors import InputError
from zoning.i18n.catalogue import tr, tr_n
from zoning.model import Booths, Finding, Geometries, Indices, Ints, RowAccount, Texts, Units
from zoning.places.ground import flat_polygons
from zoning.places.placing import Placer, index_of
from zoning.places.unsurveyed import Unsurveyed, unsurveyed_ground
from zoning.readers.booths import read_booths
from zoning.readers.mapping import read_mapping

SURVEYED = "surveyed"
# Of every file, whether its booths are points or areas.
SAID_ELSEWHERE = ("booth_outside", "unit_unknown")
SAME_AGAIN = "row_identical"


@dataclass(frozen=True)
class BoothCells:
    """Booths and their ground.

    Attributes
    ----------
    booths : Booths
        In the order of the file, shape (n,).
    cells : Geometries
        Ground of each booth in WGS84, shape (n,); None for a station on ground of no unit.
    places : Geometries
        From where distances are measured: the ground, else the station's point; shape (n,).
    unit_index : Indices
        Position of its unit, -1 for none.
    provenance : Texts
        How the ground is known; empty where there is none.
    sharing : Indices
        Number of its ground, shape (n,): booths at one point have one ground, and one fate.
    unsurveyed : Unsurveyed
        Units with ground in no booth, though they have booths.
    warnings : tuple of str
        What a person should know of them.
    """

    booths: Booths
    cells: Geometries
    places: Geometries
    unit_index: Indices
    provenance: Texts
    sharing: Indices
    unsurveyed: Unsurveyed
    warnings: tuple[str, ...]

    def of_ground(self, cases: Ints) -> Ints:
        """Return the cases on the ground of each booth, those of booths that share it too."""
        on_ground: Ints = np.zeros(len(cases), dtype=np.int64)
        np.add.at(on_ground, self.sharing, cases)
        return on_ground[self.sharing]


def read_booth_cells(path: Path, units: Units, mapping_file: Path | None) -> BoothCells:
    """Return the booths of a file with their ground and unit.

    Parameters
    ----------
    path : Path
        Booths as areas, as points, or both; a point gets the ground of its unit nearest to it.
    units : Units
        Units with areas in WGS84.
    mapping_file : Path or None
        Names where the file doesn't use ours.

    Raises
    ------
    InputError
        If the file can't be read, or any of its booths has no place: one left out would leave
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
    assert booths.geometry is not None
    cells, unit_index, provenance, shares_with, doubts = _ground(booths, units, kind)
    has_ground = ~shapely.is_missing(cells)
    _, sharing = np.unique(
        np.where(shares_with == "", booths.booth_id, shares_with).astype(str), return_inverse=True
    )
    return BoothCells(
        booths,
        cells,
        np.where(has_ground, cells, booths.geometry),
        unit_index,
        provenance,
        sharing.astype(np.int32),
        _unsurveyed(units, cells, unit_index, provenance),
        (*_warnings(path, booths, unit_index, units, account), *_told(path, booths, doubts)),
    )


def _unsurveyed(
    units: Units, cells: Geometries, unit_index: Indices, provenance: Texts
) -> Unsurveyed:
    """Return the ground that surveyed areas leave out; what is derived fills its unit."""
    looked_at = slice(None) if (provenance == SURVEYED).any() else slice(0)
    return unsurveyed_ground(flat_polygons(units), cells[looked_at], unit_index[looked_at])


def _ground(
    booths: Booths, units: Units, kind: Ints
) -> tuple[Geometries, Indices, Texts, Texts, tuple[Finding, ...]]:
    """Return the ground of each booth, its unit, how it is known, who shares it, and doubts."""
    assert booths.geometry is not None
    if not (kind == shapely.GeometryType.POINT).any():
        unit_index = Placer(units, units.geometry, len(booths), booths).units_of(booths)
        alone = np.full(len(booths), "", dtype=object)
        return booths.geometry, unit_index, np.full(len(booths), SURVEYED, object), alone, ()
    # Surveyed areas, the quick case, don't wait for what derives them from points.
    from zoning.places.booth_areas import booth_areas

    areas = booth_areas(booths, units)
    provenance = areas.provenance.astype(str).astype(object)
    return areas.geometry, areas.unit_index, provenance, areas.shares_with, areas.findings


def _told(path: Path, booths: Booths, doubts: tuple[Finding, ...]) -> list[str]:
    """Return the first doubt of each kind about single booths, with how many there are."""
    by_code: dict[str, list[Finding]] = {}
    for doubt in doubts:
        if doubt.row and doubt.code not in SAID_ELSEWHERE:
            by_code.setdefault(doubt.code, []).append(doubt)
    return [
        tr_n(
            "{file}: {n} booth is doubtful ({code}): {booth}: {message}.",
            "{file}: {n} booths are doubtful ({code}), the first is {booth}: {message}.",
            len(found),
            file=path,
            code=code,
            booth=booths.booth_id[found[0].row - 1],
            message=found[0].message,
        )
        for code, found in by_code.items()
    ]


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
                "{file}: {n} booth has no place, the first is {booth}; give its area or "
                "coordinates.",
                "{file}: {n} booths have no place, the first is {booth}; give their areas or "
                "coordinates.",
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
