"""Unit files: any vector file, GeoParquet, or a table without geometry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from zoning.crs import is_degrees
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import WGS84, Bools, Floats, Geometries, Ints, Level, RowAccount, Texts, Units
from zoning.places.areas import AREAS, kind_in_words
from zoning.readers import columns
from zoning.readers.expected import expected_codes
from zoning.readers.fields import Part, need, resolve
from zoning.readers.mapping import Mapping
from zoning.readers.placed import placed_shapes, with_repaired
from zoning.readers.shape_file import ShapeFile
from zoning.readers.unit_codes import note_codes, with_expected
from zoning.readers.vector import open_shapes

COLUMNS = ("unit_id", "name", "population", "level", "parent_id", "lgd_code")


@dataclass(frozen=True)
class UnitFile:
    """Units of a file with what its inspection needs.

    Attributes
    ----------
    units : Units
        Those taken, and those the mapping expects and the file lacks.
    rows : Ints
        Their rows in the file, shape (n,); 0 for one that the file lacks.
    account : RowAccount
        What became of every row.
    every : Units
        All rows that could be read, whether taken or not.
    every_rows : Ints
        Their rows in the file.
    """

    units: Units
    rows: Ints
    account: RowAccount
    every: Units
    every_rows: Ints


def read_units(
    path: Path, mapping: Mapping, level: str = Level.WARD, crs: str = ""
) -> tuple[Units, RowAccount]:
    """Return the units of a file and the account of its rows.

    Parameters
    ----------
    path : Path
        Vector file, GeoParquet, or CSV / XLSX / Parquet without geometry.
    mapping : Mapping
        Names where they aren't ours.
    level : str
        Level of units that don't say theirs.
    crs : str
        System that overrides what the file says.

    Raises
    ------
    InputError
        If the file can't be read, has no `unit_id`, holds points, or holds no unit.
    CrsError
        If its numbers contradict its coordinate system.
    """
    file = read_unit_file(path, mapping, level, crs)
    return file.units, file.account


def read_unit_file(
    path: Path, mapping: Mapping, level: str = Level.WARD, crs: str = ""
) -> UnitFile:
    """Return the units of a file with their rows; see `read_units`."""
    opened = open_shapes(path, mapping, "units")
    _refuse_all_points(path, opened.geometry)
    names = opened.table.column_names
    found = resolve(path, names, COLUMNS, mapping)
    need(path, names, found, "unit_id", kind="units")
    part = Part(opened.sheet, found, mapping)
    # A list without shapes has no coordinates that could be in any system.
    used_crs = "" if opened.geometry is None else crs or opened.crs
    geometry = _areas(path, part, opened, used_crs)
    units = Units(
        unit_id=_texts(part, "unit_id"),
        name=_texts(part, "name"),
        population=_population(part),
        level=_levels(part, level),
        parent_id=_texts(part, "parent_id"),
        geometry=geometry,
        crs=WGS84 if not used_crs or is_degrees(used_crs) else used_crs,
        lgd_code=_lgd_codes(part),
        names=_names(path, part, names),
    )
    note_codes(part, units)
    expected = expected_codes(mapping)
    keep = ~part.rejected
    taken = units.take(keep)
    rows = part.row[keep]
    account = with_repaired(part.account(), rows)
    if not len(taken):
        first = next((f" {f.message}." for f in account.findings if f.rejects), "")
        raise InputError(tr("{file} holds no unit that can be used.", file=path) + first)
    taken, rows, account = with_expected(taken, rows, account, expected, level)
    return UnitFile(taken, rows, account, units, part.row)


def _areas(path: Path, part: Part, opened: ShapeFile, crs: str) -> Geometries | None:
    geometry = placed_shapes(path, part, opened, crs)
    if geometry is not None:
        part.note(
            (shapely.is_missing(geometry) | shapely.is_empty(geometry)) & ~part.rejected,
            "geometry_missing",
            lambda _: tr("the unit has no polygon; it is listed and not drawn"),
            rejects=False,
        )
    return geometry


def _refuse_all_points(path: Path, geometry: Geometries | None) -> None:
    """Refuse a file of another kind: of facilities, booths or roads."""
    if geometry is None:
        return
    kind = shapely.get_type_id(geometry)
    kind = kind[(kind >= 0) & ~shapely.is_empty(geometry)]
    if not len(kind) or np.isin(kind, (*AREAS, shapely.GeometryType.GEOMETRYCOLLECTION)).any():
        return
    raise InputError(
        tr(
            "{file} draws each row as {kind}, so it holds no units: units are areas. Facilities "
            "are taken in with zoning import facilities, polling stations with zoning import "
            "booths.",
            file=path,
            kind=kind_in_words(int(np.bincount(kind).argmax())),
        )
    )


def _levels(part: Part, level: str) -> Texts:
    levels = _texts(part, "level", empty=level)
    part.note(
        ~np.isin(levels.astype(str), [str(known) for known in Level]),
        "level_unknown",
        lambda i: tr(
            "level is {value}; it must be one of {known}",
            value=levels[i],
            known=", ".join(Level),
        ),
    )
    return levels


def _lgd_codes(part: Part) -> Texts | None:
    if part.column("lgd_code") is None:
        return None
    codes = _texts(part, "lgd_code")
    is_wrong = np.array([code != "" and not code.isdecimal() for code in codes], dtype=bool)
    part.note(
        is_wrong,
        "lgd_code_invalid",
        lambda i: tr(
            "lgd_code is {value}; a code of the Local Government Directory has digits only, so it "
            "is taken as unknown",
            value=codes[i],
        ),
        rejects=False,
    )
    return np.where(is_wrong, "", codes)


def _names(path: Path, part: Part, columns_there: list[str]) -> dict[str, Texts]:
    """Return the names in other languages, by language tag."""
    found = {}
    for tag, theirs in part.mapping.names.items():
        ours = f"name:{tag}"
        where = resolve(path, columns_there, [ours], Mapping(columns={ours: theirs}))
        found[tag] = _texts(Part(part.sheet, where, Mapping()), ours)
    return found


def _texts(part: Part, name: str, empty: str = "") -> Texts:
    coded = part.coded(name)
    if coded is None:
        return np.full(len(part), str(empty), dtype=object)
    return columns.spread(coded, str(empty))


def _population(part: Part) -> Floats:
    column = part.column("population")
    if column is None:
        return np.full(len(part), np.nan)
    population, wrong = columns.floats(column)
    part.note(
        _is_wrong(population, wrong),
        "population_invalid",
        lambda i: tr(
            "population is {value}; it must be a number, 0 or more, or empty if unknown",
            value=part.cell("population", i),
        ),
    )
    return population


def _is_wrong(population: Floats, wrong: Bools) -> Bools:
    with np.errstate(invalid="ignore"):
        return np.asarray(wrong | (population < 0))
