"""Case and testing files to counts, part by part, each row accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from zoning import crs as crs_guard
from zoning.i18n.catalogue import tr
from zoning.model import Cases, Finding, RowAccount, Units, join_cases
from zoning.places.placing import REASONS, Placer, index_units
from zoning.readers.cases import read_cases
from zoning.readers.mapping import Mapping, read_mapping
from zoning.readers.tests import read_tests
from zoning.surveillance.counts import CaseCube, TestCube, count_cases, count_tests, empty_cube
from zoning.surveillance.series import EVENTS, as_events


@dataclass(frozen=True)
class CaseFileSummary:
    """What a case file amounts to.

    Attributes
    ----------
    cube : CaseCube
        Counts up to the day judged.
    account : RowAccount
        What became of its rows, the unlocated ones among the findings.
    cases, located : int
        Cases (sum of `count`) taken, and of these placed in a unit.
    """

    cube: CaseCube
    account: RowAccount
    cases: int
    located: int


def count_case_file(
    path: Path,
    units: Units,
    first_day: np.datetime64,
    n_days: int,
    today: date,
    mapping_file: Path | None,
) -> CaseFileSummary:
    """Read a case file part by part into one cube.

    Rows that are no cases one by one, such as running totals, are turned into
    cases first; that takes all of them together.
    """
    mapping = read_mapping(mapping_file, "cases")
    cube = empty_cube(len(units), first_day, n_days)
    account = RowAccount(0, 0, 0)
    taken = located = 0
    placer: Placer | None = None
    findings: list[Finding] = []
    for cases, part in case_parts(path, mapping, today):
        if placer is None:
            placer = _placer(path, units, len(cases))
        placement = placer.place(cases)
        cube = cube + count_cases(cases, placement.unit_index, len(units), first_day, n_days)
        taken += int(cases.count.sum())
        located += int(cases.count[placement.unit_index >= 0].sum())
        account = account + replace(part, findings=())
        findings.extend(part.findings)
        findings.extend(unlocated_findings(cases.row, placement.reason))
    return CaseFileSummary(cube, replace(account, findings=tuple(findings)), taken, located)


def case_parts(path: Path, mapping: Mapping, today: date) -> Iterator[tuple[Cases, RowAccount]]:
    """Return a case file in parts, turned into cases one by one whatever its rows are.

    Raises
    ------
    InputError
        If the file can't be read.
    """
    parts = read_cases(path, mapping, today)
    return parts if mapping.series in EVENTS else _of_series(parts, mapping.series)


def _of_series(
    parts: Iterable[tuple[Cases, RowAccount]], series: str
) -> Iterator[tuple[Cases, RowAccount]]:
    read = list(parts)
    told = join_cases([cases for cases, _ in read])
    cases, notes = as_events(told, series, np.zeros(len(told), dtype=np.int64))
    account = sum((part for _, part in read), start=RowAccount(0, 0, 0))
    yield cases, replace(account, findings=account.findings + notes.findings())


def count_test_file(
    path: Path,
    units: Units,
    first_day: np.datetime64,
    n_days: int,
    today: date,
    mapping_file: Path | None,
) -> tuple[TestCube, RowAccount]:
    """Read a testing file into a cube."""
    tests, account = read_tests(path, read_mapping(mapping_file, "tests"), today)
    index = index_units(tests.unit_id, units.unit_id)
    cube = count_tests(index, tests.on, tests.tests, tests.positives, len(units), first_day, n_days)
    unknown = tuple(
        Finding(int(row), "unit_unknown", unlocated_message("unit_unknown"))
        for row in tests.row[index < 0]
    )
    return cube, replace(account, findings=account.findings + unknown)


def unlocated_findings(row: np.ndarray[Any, Any], reason: np.ndarray[Any, Any]) -> list[Finding]:
    """Return one finding for each row that no unit holds; the rows are kept."""
    at = np.flatnonzero(reason)
    codes = [REASONS[code] for code in reason[at]]
    messages = {code: unlocated_message(code) for code in set(codes)}
    return [
        Finding(number, code, messages[code])
        for number, code in zip(row[at].tolist(), codes, strict=True)
    ]


def unlocated_message(code: str) -> str:
    """Return what an unlocated row lacks."""
    return {
        "unit_unknown": tr("unit_id isn't among the units; correct it or add the unit"),
        "booth_unknown": tr("booth_id isn't known here; give unit_id or lon and lat"),
        "place_missing": tr("the row says no place; give unit_id, lon and lat, or an address"),
        "coordinates_missing": tr("lon or lat is empty or no number"),
        "coordinates_zero": tr("lon and lat are 0; that is in the Atlantic Ocean"),
        "coordinates_outside": tr("lon and lat lie in none of the units"),
        "name_ambiguous": tr("several units bear the name; choose one in the queue"),
        "name_elsewhere": tr("it was decided that the text names no unit of ours"),
        "name_unknown": tr("no unit bears the name; choose one in the queue"),
    }[code]


def _placer(path: Path, units: Units, first_part: int) -> Placer:
    n_points = first_part
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        n_points = int(pq.read_metadata(path).num_rows)
    geometry = None
    if units.geometry is not None:
        geometry = crs_guard.to_wgs84(units.geometry, units.crs)
    return Placer(units, geometry, n_points)
