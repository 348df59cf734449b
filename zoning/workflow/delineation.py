"""Delineate booths from files, without a database: affected, buffer and clean areas."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from zoning import crs as crs_guard
from zoning.errors import InputError
from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.judgement.delineate import NO_CATEGORY, ZONES, Delineation, delineate
from zoning.judgement.policy import DEFAULT, Policy, load_policy
from zoning.model import WGS84, Category, Texts, Units, Zone
from zoning.places.neighbours import within_of
from zoning.places.placing import REASONS
from zoning.readers.zones import read_zones
from zoning.workflow.booth_cases import BoothCases, BoothPlacer, count_booth_cases
from zoning.workflow.booth_cells import BoothCells, read_booth_cells
from zoning.workflow.booth_doubts import case_doubts, ground_doubts
from zoning.writers.delineations import AREA_SUFFIXES, drafted_areas, drafted_booths
from zoning.writers.rejects import drafted_rejects
from zoning.writers.tables import refuse_missing_folder, refuse_unwritable


@dataclass(frozen=True)
class DelineationRun:
    """Result of delineating files: the categories and the account of every row."""

    policy: Policy
    on: date
    buffer_m: float
    result: Delineation
    cases: BoothCases
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the summary in the form of the command-line contract."""
        through = self.cases.last_confirmed_on
        return {
            "policy": self.policy.id,
            "on": str(self.on),
            "buffer_m": self.buffer_m,
            "reported_through": None if np.isnat(through) else str(through),
            "booths": {
                **{key.value: int((self.result.category == key.value).sum()) for key in Category},
                "green": int((self.result.category == NO_CATEGORY).sum()),
            },
            "watch": int(self.result.watch.sum()),
            "needs_survey": int(self.result.needs_survey.sum()),
            "rows": self.cases.account.as_json()["rows"],
            "cases": {
                "taken": self.cases.placed + self.cases.unplaced + self.cases.unlocated,
                "placed": self.cases.placed,
                "unplaced": self.cases.unplaced,
                "unlocated": self.cases.unlocated,
            },
            "active": {
                "placed": int(self.cases.active.sum()),
                "unplaced": int(self.cases.unplaced_active.sum()),
            },
        }


def delineate_files(
    zones_file: Path,
    booths_file: Path,
    cases_file: Path,
    on: date,
    out: Path,
    today: date,
    *,
    buffer_m: float | None = None,
    policy_id: str = DEFAULT,
    areas_file: Path | None = None,
    mapping_file: Path | None = None,
    rejects_file: Path | None = None,
) -> DelineationRun:
    """Delineate the booths of a file and write the result.

    Parameters
    ----------
    zones_file : Path
        What `zoning classify` wrote, with areas.
    booths_file, cases_file : Path
        Booths with a place; confirmed cases.
    on : date
        Day judged.
    out : Path
        Where the booths are written.
    today : date
        Today in India; later days aren't facts.
    buffer_m : float or None
        Width of the buffer in metres; the policy's own if None.
    policy_id : str
        What makes a booth affected.
    areas_file : Path or None
        Where the areas of the categories are written.
    mapping_file : Path or None
        Names and forms where booths or cases don't use ours.
    rejects_file : Path or None
        Where the case rows refused or unlocated are listed.

    Raises
    ------
    SeemanaError
        If an input can't be used; nothing has been written then.
    """
    _refuse_outputs(out, areas_file, rejects_file)
    policy = load_policy(policy_id)
    buffer_m = policy.buffer(buffer_m)
    if on > today:
        raise InputError(
            tr(
                "--on is {on}, which is in the future; today is {today}.",
                on=forms.day(on),
                today=forms.day(today),
            )
        )
    units, zone = read_zones(zones_file, tuple(key.value for key in ZONES))
    assert units.geometry is not None
    units = replace(units, geometry=crs_guard.to_wgs84(units.geometry, units.crs), crs=WGS84)
    ground = read_booth_cells(booths_file, units, mapping_file)
    placer = BoothPlacer(ground.booths, ground.cells, ground.unit_index, units)
    cases = count_booth_cases(cases_file, placer, policy, on, today, mapping_file)
    if cases.account.read and not cases.account.taken:
        fault = next(f for f in cases.account.findings if f.rejects)
        raise InputError(
            tr(
                "{file}: none of its {n} rows can be used; row {row}: {message}.",
                file=cases_file,
                n=cases.account.read,
                row=fault.row,
                message=fault.message,
            )
        )
    metric = crs_guard.local_equidistant(ground.places)
    result = delineate(
        np.append(zone, Zone.UNCLASSIFIED.value)[ground.unit_index],
        ground.of_ground(cases.affecting),
        ground.unit_index,
        cases.unplaced_affecting,
        partial(
            within_of,
            crs_guard.to_metric(ground.places, metric),
            reach_m=policy.reach(buffer_m),
        ),
    )
    # Which ground is affected isn't known either where a station has none.
    needs_survey = result.needs_survey | (
        shapely.is_missing(ground.cells) & (result.category != "")
    )
    result = replace(result, needs_survey=needs_survey)
    columns = {
        "booth_id": ground.booths.booth_id,
        "unit_id": _unit_ids(ground, units),
        "category": result.category,
        "watch": result.watch,
        "active": cases.active,
        "needs_survey": result.needs_survey,
        "provenance": ground.provenance,
    }
    with ExitStack() as files:
        files.enter_context(drafted_booths(columns, ground.cells, out))
        if areas_file is not None:
            files.enter_context(drafted_areas(columns, ground.cells, areas_file))
        if rejects_file is not None:
            files.enter_context(drafted_rejects(cases.account.findings, rejects_file, REASONS))
    warnings = (
        *_out_of_force(policy, on),
        *ground.warnings,
        *ground_doubts(ground, units, result.category),
        *case_doubts(cases, zone, ground),
    )
    return DelineationRun(policy, on, buffer_m, result, cases, warnings)


def _refuse_outputs(out: Path, areas_file: Path | None, rejects_file: Path | None) -> None:
    refuse_unwritable(out)
    if areas_file is not None:
        refuse_unwritable(areas_file, AREA_SUFFIXES)
    if rejects_file is not None:
        refuse_missing_folder(rejects_file)
    outputs = [path.resolve() for path in (out, areas_file, rejects_file) if path is not None]
    if len(set(outputs)) < len(outputs):
        raise InputError(
            tr("Two outputs have the same name {file}; name another for one.", file=out.name)
        )


def _unit_ids(ground: BoothCells, units: Units) -> Texts:
    """Return the unit of each booth; the one it names where that isn't among the zones."""
    found = np.append(units.unit_id, "")[ground.unit_index]
    return np.where(ground.unit_index < 0, ground.booths.unit_id, found).astype(object)


def _out_of_force(policy: Policy, on: date) -> tuple[str, ...]:
    if policy.is_in_force(on):
        return ()
    return (
        tr(
            "The policy {policy} was not in force on {on}; it is applied because it was asked for.",
            policy=policy.id,
            on=forms.day(on),
        ),
    )
