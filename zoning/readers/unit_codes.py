"""Codes of units: missing, given twice, expected and not there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np
import shapely

from zoning.i18n.catalogue import tr
from zoning.model import Bools, Finding, Ints, RowAccount, Units
from zoning.readers.fields import Part

ROWS_SHOWN = 5


def note_codes(part: Part, units: Units) -> None:
    """Reject rows without a code, and rows whose code names another row as well.

    A row that repeats another word for word is refused as its duplicate. Rows of one code that
    differ are all refused: nobody can tell which of them is the unit.

    Parameters
    ----------
    part : Part
        The rows.
    units : Units
        What they say, shape (n,).
    """
    part.note(
        units.unit_id == "",
        "unit_missing",
        lambda _: tr("unit_id is empty; every unit needs a code"),
    )
    _, code, count = np.unique(units.unit_id.astype(str), return_inverse=True, return_counts=True)
    is_repeated = (count[code] > 1) & (units.unit_id != "") & ~part.rejected
    same = _first_of_same(units, is_repeated)
    part.note(
        is_repeated & (same != np.arange(len(part))),
        "duplicate",
        lambda i: tr(
            "it repeats row {row} word for word, unit_id {unit}; that row is taken",
            row=int(part.row[same[i]]),
            unit=units.unit_id[i],
        ),
    )
    rows_of: dict[str, list[int]] = defaultdict(list)
    for i in np.flatnonzero(is_repeated & ~part.rejected):
        rows_of[units.unit_id[i]].append(int(part.row[i]))
    differs = np.array([len(rows_of.get(unit, ())) > 1 for unit in units.unit_id], dtype=bool)
    part.note(
        differs & ~part.rejected,
        "unit_repeated",
        lambda i: tr(
            "unit_id {unit} stands in rows {rows} with different content; a code names one unit: "
            "merge the rows or correct the codes",
            unit=units.unit_id[i],
            rows=", ".join(str(row) for row in rows_of[units.unit_id[i]][:ROWS_SHOWN]),
        ),
    )


def _first_of_same(units: Units, chosen: Bools) -> Ints:
    """Return for each row the first one with the same content; itself where none is chosen."""
    same = np.arange(len(units))
    where = np.flatnonzero(chosen)
    if not len(where):
        return same
    shapes = np.full(len(units), None, dtype=object)
    if units.geometry is not None:
        shapes[where] = shapely.to_wkb(shapely.normalize(units.geometry[where]))
    columns = [units.unit_id, units.name, units.population.astype(str), units.level]
    columns += [units.parent_id, shapes, *units.names.values()]
    columns += [] if units.lgd_code is None else [units.lgd_code]
    first: dict[tuple[object, ...], int] = {}
    for i in where:
        same[i] = first.setdefault(tuple(column[i] for column in columns), int(i))
    return same


def with_expected(
    units: Units, rows: Ints, account: RowAccount, expected: tuple[str, ...], level: str
) -> tuple[Units, Ints, RowAccount]:
    """Return the units with those the mapping expects and no row holds.

    Parameters
    ----------
    units : Units
        Units taken.
    rows : Ints
        Their rows, shape (n,).
    account : RowAccount
        What became of every row.
    expected : tuple of str
        Codes the file should hold; empty if nothing is expected.
    level : str
        Level of what is added.

    Returns
    -------
    tuple of Units, Ints and RowAccount
        What is added comes last, without polygon and people, in row 0.
    """
    if not expected:
        return units, rows, account
    here = {str(code) for code in units.unit_id}
    lacking = [code for code in expected if code not in here]
    found = [
        Finding(
            0,
            "unit_expected_missing",
            tr(
                "unit {unit} is expected and no row that is taken holds it; it is listed without "
                "a polygon",
                unit=code,
            ),
        )
        for code in lacking
    ]
    found += [
        Finding(
            int(row),
            "unit_unexpected",
            tr("unit {unit} isn't among the units that are expected", unit=code),
        )
        for code, row in zip(units.unit_id, rows, strict=True)
        if code not in set(expected)
    ]
    ordered = tuple(sorted((*account.findings, *found), key=lambda finding: finding.row))
    return (
        _extended(units, lacking, level),
        np.concatenate([rows, np.zeros(len(lacking), dtype=np.int64)]),
        replace(account, findings=ordered),
    )


def _extended(units: Units, codes: list[str], level: str) -> Units:
    n = len(codes)
    empty, nothing = np.full(n, "", dtype=object), np.full(n, None, dtype=object)
    return replace(
        units,
        unit_id=np.concatenate([units.unit_id, np.array(codes, dtype=object)]),
        name=np.concatenate([units.name, empty]),
        population=np.concatenate([units.population, np.full(n, np.nan)]),
        level=np.concatenate([units.level, np.full(n, str(level), dtype=object)]),
        parent_id=np.concatenate([units.parent_id, empty]),
        geometry=None if units.geometry is None else np.concatenate([units.geometry, nothing]),
        lgd_code=None if units.lgd_code is None else np.concatenate([units.lgd_code, empty]),
        names={tag: np.concatenate([names, empty]) for tag, names in units.names.items()},
    )
