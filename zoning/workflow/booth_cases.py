"""The cases of every booth: by its code, else by coordinates, else of the unit alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from zoning.judgement.policy import Policy
from zoning.model import (
    Booths,
    Cases,
    Finding,
    Geometries,
    Indices,
    Ints,
    RowAccount,
    Texts,
    Units,
)
from zoning.places.locate import Locator, build_locator
from zoning.places.placing import Placer, index_units
from zoning.readers.mapping import read_mapping
from zoning.surveillance.active import active_cases
from zoning.surveillance.counts import count_cases, empty_cube
from zoning.workflow.counting import case_parts, unlocated_findings


@dataclass(frozen=True)
class BoothCases:
    """What a case file says of booths on one day.

    Attributes
    ----------
    active, affecting : Ints
        Active cases in each booth, and those that make it affected by the policy; shape (n,).
    unplaced_active, unplaced_affecting : Ints
        The same of cases known to be in a unit and in no booth, shape (n_units,).
    account : RowAccount
        What became of the rows, those without any place among the findings.
    placed, unplaced, unlocated : int
        Cases (sum of `count`) in a booth, in a unit alone, nowhere; of any day.
    unknown_booths, contradictions : int
        Rows that name a booth that isn't there; rows whose booth lies in another unit than they
        say.
    last_confirmed_on : np.datetime64
        Latest day of confirmation; NaT for no row.
    """

    active: Ints
    affecting: Ints
    unplaced_active: Ints
    unplaced_affecting: Ints
    account: RowAccount
    placed: int
    unplaced: int
    unlocated: int
    unknown_booths: int
    contradictions: int
    last_confirmed_on: np.datetime64


class BoothPlacer:
    """Places cases in booths, and in units where no booth is known.

    Parameters
    ----------
    booths : Booths
        Booths of shape (n,).
    cells : Geometries
        Their areas in WGS84, shape (n,).
    unit_index : Indices
        Position of each booth's unit, shape (n,); -1 for none.
    units : Units
        Units, in WGS84.
    """

    def __init__(
        self, booths: Booths, cells: Geometries, unit_index: Indices, units: Units
    ) -> None:
        self._booths = booths
        self._cells = cells
        self._unit_index = unit_index
        self._units = units
        self._by_unit = Placer(units, units.geometry, len(booths), booths)
        self._locator: Locator | None = None
        self.n_booths, self.n_units = len(booths), len(units)

    def place(self, cases: Cases) -> tuple[Indices, Indices, list[Finding]]:
        """Return the booth and the unit of each row, -1 for none, and findings of rows nowhere.

        On a border the smallest `unit_id` decides, then the smallest `booth_id`.
        """
        booth = np.full(len(cases), -1, dtype=np.int32)
        if cases.booth_id is not None:
            booth = index_units(cases.booth_id, self._booths.booth_id)
        open_ = booth < 0
        if cases.lon is not None and cases.lat is not None and open_.any():
            booth[open_] = self._located().locate(cases.lon[open_], cases.lat[open_])
        placement = self._by_unit.place(cases)
        reason = np.where(booth >= 0, 0, placement.reason)
        return booth, placement.unit_index, unlocated_findings(cases.row, reason)

    def unknown_booths(self, cases: Cases) -> int:
        """Return how many rows name a booth that isn't among the booths."""
        if cases.booth_id is None:
            return 0
        known = index_units(cases.booth_id, self._booths.booth_id)
        return int(((cases.booth_id.codes >= 0) & (known < 0)).sum())

    def named_elsewhere(self, cases: Cases, booth: Indices) -> int:
        """Return how many rows name a unit of ours other than the one their booth lies in."""
        if cases.unit_id is None:
            return 0
        named = index_units(cases.unit_id, self._units.unit_id)
        return int(((booth >= 0) & (named >= 0) & (self._unit_index[booth] != named)).sum())

    def _located(self) -> Locator:
        if self._locator is None:
            unit_id = np.append(self._units.unit_id, "")[self._unit_index].astype(str)
            order = np.lexsort((self._booths.booth_id.astype(str), unit_id))
            rank = np.empty(len(order), dtype=np.int64)
            rank[order] = np.arange(len(order))
            keys: Texts = np.array([f"{nth:09d}" for nth in rank], dtype=object)
            self._locator = build_locator(self._cells, keys, len(self._booths))
        return self._locator


def count_booth_cases(
    path: Path,
    placer: BoothPlacer,
    policy: Policy,
    on: date,
    today: date,
    mapping_file: Path | None,
) -> BoothCases:
    """Read a case file part by part and count it in booths, and in units beside them.

    Parameters
    ----------
    path : Path
        Case file.
    placer : BoothPlacer
        Knows the booths and units.
    policy : Policy
        What makes a booth affected.
    on, today : date
        Day judged, which sees nothing later; today in India, after which nothing is a fact.
    mapping_file : Path or None
        Names and forms where the file doesn't use ours.

    Raises
    ------
    InputError
        If the file can't be read.
    """
    n_booths, n_units = placer.n_booths, placer.n_units
    n_days = policy.history_days
    first_day = np.datetime64(on, "D") - np.timedelta64(n_days - 1, "D")
    # Booths and, behind them, units for what is in no booth: one cube sees all outcomes.
    cube = empty_cube(n_booths + n_units, first_day, n_days)
    account = RowAccount(0, 0, 0)
    findings: list[Finding] = []
    placed = unplaced = unlocated = unknown = contradictions = 0
    for cases, part in case_parts(path, read_mapping(mapping_file, "cases"), today):
        booth, unit, nowhere = placer.place(cases)
        index = np.where(booth >= 0, booth, np.where(unit >= 0, n_booths + unit, -1))
        cube = cube + count_cases(cases, index, n_booths + n_units, first_day, n_days)
        placed += int(cases.count[booth >= 0].sum())
        unplaced += int(cases.count[(booth < 0) & (unit >= 0)].sum())
        unlocated += int(cases.count[index < 0].sum())
        unknown += placer.unknown_booths(cases)
        contradictions += placer.named_elsewhere(cases, booth)
        account = account + replace(part, findings=())
        findings.extend(part.findings)
        findings.extend(nowhere)
    active, affecting = active_cases(cube, policy.active), policy.affecting(cube)
    return BoothCases(
        active=active[:n_booths],
        affecting=affecting[:n_booths],
        unplaced_active=active[n_booths:],
        unplaced_affecting=affecting[n_booths:],
        account=replace(account, findings=tuple(findings)),
        placed=placed,
        unplaced=unplaced,
        unlocated=unlocated,
        unknown_booths=unknown,
        contradictions=contradictions,
        last_confirmed_on=cube.last_confirmed_on,
    )
