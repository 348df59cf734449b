"""Classify units from files, without a database."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from zoning.errors import InputError
from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.judgement.classify import classify
from zoning.model import Classification, DoublingState, Finding, RowAccount, Units, Zone
from zoning.places.placing import REASONS
from zoning.readers.mapping import read_mapping
from zoning.readers.tests import read_indicators
from zoning.readers.units import read_units
from zoning.rules.rulebook import Rule, load_rule
from zoning.surveillance.indicators import NAMES, Indicators, Measure, history_days, measure
from zoning.workflow.counting import count_case_file, count_test_file
from zoning.writers.rejects import drafted_rejects
from zoning.writers.results import drafted_classification
from zoning.writers.tables import refuse_missing_folder, refuse_unwritable

# Counts that a published file may carry beside its indicators.
PUBLISHED_COUNTS = ("active", "confirmed_total")
NAT = np.datetime64("NaT", "D")


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
        through = self.result.data_through
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
    units_file, cases_file : Path or None
        Inputs; either cases or indicators are needed.
    on : date
        Day judged.
    out : Path
        Where the zones are written.
    today : date
        Today in India; later days aren't facts.
    tests_file, indicators_file : Path or None
        More inputs.
    rule_id : str
        Rule set.
    mapping_file : Path or None
        Names and forms where the inputs don't use ours.
    reported_through : date or None
        Day through which the case file is complete; by default its last day.
    rejects_file : Path or None
        Where the rows refused or unlocated are listed.

    Raises
    ------
    SeemanaError
        If an input can't be used; nothing has been written then.
    """
    refuse_unwritable(out)
    if rejects_file is not None:
        refuse_missing_folder(rejects_file)
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
    with ExitStack() as files:
        files.enter_context(drafted_classification(result, units, out))
        if rejects_file is not None:
            files.enter_context(drafted_rejects(account.findings, rejects_file, REASONS))
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
