"""Classify units from files, without a database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from zoning import crs as crs_guard
from zoning.errors import InputError
from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.judgement.classify import classify
from zoning.model import Classification, DoublingState, Finding, RowAccount, Units, Zone
from zoning.places.placing import REASONS, Placer, index_units
from zoning.readers.cases import read_cases
from zoning.readers.mapping import read_mapping
from zoning.readers.tests import read_indicators, read_tests
from zoning.readers.units import read_units
from zoning.rules.rulebook import Rule, load_rule
from zoning.surveillance.counts import CaseCube, TestCube, count_cases, count_tests, empty_cube
from zoning.surveillance.indicators import NAMES, Indicators, Measure, history_days, measure
from zoning.writers.rejects import write_rejects
from zoning.writers.results import refuse_unwritable, write_classification

# Counts that a published file may carry beside its indicators.
PUBLISHED_COUNTS = ("active", "confirmed_total")
NAT = np.datetime64("NaT", "D")


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


@dataclass(frozen=True)
class FileRun:
    """Result of classifying files: the zones and the account of every row."""

    result: Classification
    account: RowAccount
    cases: int
    located: int
    levels: tuple[str, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the summary in the form of the command-line contract."""
        counts = {zone: int((self.result.zone == zone).sum()) for zone in self.levels}
        through = self.result.reported_through
        return {
            "rule": self.result.rule_id,
            "on": str(self.result.on),
            "reported_through": None if np.isnat(through) else str(through),
            "units": counts,
            "rows": self.account.as_json()["rows"],
            "cases": {
                "taken": self.cases,
                "located": self.located,
                "unlocated": self.cases - self.located,
            },
        }


def classify_files(
    units_file: Path,
    cases_file: Path | None,
    on: date,
    out: Path,
    today: date,
    *,
    tests_file: Path | None = None,
    indicators_file: Path | None = None,
    rule_id: str,
    mapping_file: Path | None = None,
    reported_through: date | None = None,
    rejects_file: Path | None = None,
) -> FileRun:
    """Classify the units of a file and write the result.

    Parameters
    ----------
    units_file, cases_file, tests_file, indicators_file, mapping_file : Path or None
        Inputs; either cases or indicators are needed.
    on : date
        Day judged.
    out, rejects_file : Path
        Where the zones, and the rows refused or unlocated, are written.
    today : date
        Today in India; later days aren't facts.
    rule_id : str
        Rule set.
    reported_through : date or None
        Day through which the case file is complete; by default its last day.

    Raises
    ------
    SeemanaError
        If an input can't be used; nothing has been written then.
    """
    refuse_unwritable(out)
    if cases_file is None and indicators_file is None:
        raise InputError(tr("There is nothing to judge: give --cases or --indicators."))
    if on > today:
        raise InputError(
            tr(
                "--on is {on}, which is in the future; today is {today}.",
                on=forms.day(on),
                today=forms.day(today),
            )
        )
    rule = load_rule(rule_id)
    warnings = list(_out_of_force(rule, on))
    units, unit_account = read_units(units_file, read_mapping(mapping_file, "units"))
    if unit_account.rejected:
        fault = next(f for f in unit_account.findings if f.rejects)
        raise InputError(
            tr(
                "{file}, row {row}: {message}.",
                file=units_file,
                row=fault.row,
                message=fault.message,
            )
        )
    day = np.datetime64(on, "D")
    n_days = history_days(rule)
    first_day = day - np.timedelta64(n_days - 1, "D")
    summary = None
    if cases_file is not None:
        summary = count_case_file(cases_file, units, first_day, n_days, today, mapping_file)
        _refuse_if_all_rejected(cases_file, summary.account)
    tests = None
    test_findings: tuple[Finding, ...] = ()
    if tests_file is not None:
        tests, test_account = count_test_file(
            tests_file, units, first_day, n_days, today, mapping_file
        )
        test_findings = test_account.findings
    indicators = measure(units, summary.cube if summary else None, tests, rule)
    if indicators_file is not None:
        indicators = _with_published(indicators, units, indicators_file, mapping_file)
    through = NAT if summary is None else summary.cube.last_confirmed_on
    if reported_through is not None:
        through = np.datetime64(reported_through, "D")
    result = classify(units, indicators, rule, day, through)
    account = summary.account if summary else RowAccount(0, 0, 0)
    write_classification(result, units, out)
    if rejects_file is not None:
        write_rejects(account.findings, rejects_file)
    if test_findings:
        warnings.append(
            tr(
                "{file}: {n} rows were not taken; the first: row {row}: {message}.",
                file=tests_file,
                n=len({f.row for f in test_findings}),
                row=test_findings[0].row,
                message=test_findings[0].message,
            )
        )
    return FileRun(
        result,
        account,
        summary.cases if summary else 0,
        summary.located if summary else 0,
        (*(level.key for level in reversed(rule.zones)), Zone.UNCLASSIFIED.value),
        tuple(warnings),
    )


def count_case_file(
    path: Path,
    units: Units,
    first_day: np.datetime64,
    n_days: int,
    today: date,
    mapping_file: Path | None,
) -> CaseFileSummary:
    """Read a case file part by part into one cube."""
    cube = empty_cube(len(units), first_day, n_days)
    account = RowAccount(0, 0, 0)
    taken = located = 0
    placer: Placer | None = None
    findings: list[Finding] = []
    for cases, part in read_cases(path, read_mapping(mapping_file, "cases"), today):
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
        "place_missing": tr("the row says no place; give unit_id or lon and lat"),
        "coordinates_missing": tr("lon or lat is empty or no number"),
        "coordinates_zero": tr("lon and lat are 0; that is in the Atlantic Ocean"),
        "coordinates_outside": tr("lon and lat lie in none of the units"),
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


def _with_published(
    indicators: Indicators, units: Units, path: Path, mapping_file: Path | None
) -> Indicators:
    mapping = read_mapping(mapping_file, "indicators")
    codes, values, _ = read_indicators(path, (*NAMES, *PUBLISHED_COUNTS), mapping)
    position = {code: index for index, code in enumerate(codes)}
    where = np.array([position.get(unit, -1) for unit in units.unit_id])
    spread = {
        name: np.append(column, np.nan)[where].astype(float) for name, column in values.items()
    }
    nothing = np.full(len(units), np.nan)
    measures = dict(indicators.measures)
    if "active" in spread:
        measures["active_total"] = Measure(spread["active"], nothing, nothing)
    for name in NAMES:
        if name in spread:
            measures[name] = Measure(spread[name], nothing, nothing)
    counts = {
        ours: np.nan_to_num(spread[theirs], nan=-1).astype(np.int64)
        for ours, theirs in (("active", "active"), ("confirmed", "confirmed_total"))
        if theirs in spread
    }
    state = indicators.doubling_state
    if "doubling_days" in spread:
        state = _published_state(spread["doubling_days"])
    return replace(indicators, measures=measures, doubling_state=state, is_published=True, **counts)


def _published_state(doubling: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    state = np.full(len(doubling), DoublingState.COMPUTED.value, dtype=object)
    state[np.isinf(doubling)] = DoublingState.INFINITE.value
    state[np.isnan(doubling)] = DoublingState.NOT_COMPUTABLE.value
    return state


def _out_of_force(rule: Rule, on: date) -> tuple[str, ...]:
    if rule.is_in_force(on):
        return ()
    return (
        tr(
            "The rule set {rule} was not in force on {on}; it is applied because it was asked for.",
            rule=rule.id,
            on=forms.day(on),
        ),
    )


def _refuse_if_all_rejected(path: Path, account: RowAccount) -> None:
    if account.read and not account.taken:
        fault = next(f for f in account.findings if f.rejects)
        raise InputError(
            tr(
                "{file}: none of its {n} rows can be used; row {row}: {message}.",
                file=path,
                n=account.read,
                row=fault.row,
                message=fault.message,
            )
        )
