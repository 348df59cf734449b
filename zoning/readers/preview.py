"""The first rows of a file as they stand in it, as they are understood, and what was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from zoning.clock import IST
from zoning.model import OUTCOME_CODES, Coded, Finding, RowAccount
from zoning.places.order_places import OrderPlaces
from zoning.readers import (
    booths,
    cases,
    columns,
    contacts,
    facilities,
    isolation,
    outcomes,
    roster,
    rounds,
    samples,
    standing_orders,
    tests,
    units,
)
from zoning.readers.dates import IST_SECONDS
from zoning.readers.fields import form_of
from zoning.readers.mapping import Mapping
from zoning.readers.personal import is_personal, tells_person
from zoning.readers.roster_posts import KnownRoster
from zoning.readers.tables import is_table, read_sheets

COLUMNS: dict[str, tuple[str, ...]] = {
    "cases": cases.COLUMNS,
    "outcomes": outcomes.COLUMNS,
    "tests": tests.COLUMNS,
    "units": units.COLUMNS,
    "booths": booths.COLUMNS,
    "facilities": facilities.COLUMNS,
    "orders": standing_orders.COLUMNS,
    "rounds": rounds.COLUMNS,
    "contacts": contacts.COLUMNS,
    "samples": samples.COLUMNS,
    "isolation": isolation.COLUMNS,
    "roster": roster.COLUMNS,
}
# Kinds of which no column and no cell is shown that tells who a person is; nor is it read.
WITHOUT_PERSONS = ("rounds", "contacts", "samples")
# What our tables call otherwise than our files.
_FIELDS = {
    "imported": "is_imported",
    "institutional": "is_institutional",
    "effective_on": "effective_at",
}
_OUTCOMES = {code: name for name, code in OUTCOME_CODES.items()}


@dataclass(frozen=True)
class Known:
    """What a file is held against, beside the present.

    Attributes
    ----------
    places : OrderPlaces or None
        Booths and units that orders can name; without them all of their places stay open.
    roster : KnownRoster or None
        Units, officers and postings; without them no posting in an area can be taken.
    crs : str
        System that overrides what a file says of its shapes.
    """

    places: OrderPlaces | None = None
    roster: KnownRoster | None = None
    crs: str = ""


@dataclass(frozen=True)
class PreviewRow:
    """One row of a file.

    Attributes
    ----------
    row : int
        Data row, from 1.
    as_in_file : dict of str to str
        Cells by the file's names; empty for a vector file, whose rows are only understood.
    as_understood : dict of str to str
        Values by our names, as they would be taken; empty where the row is rejected.
    is_taken : bool
        Whether it would be taken.
    findings : tuple[Finding, ...]
        What is wrong with it.
    """

    row: int
    as_in_file: dict[str, str]
    as_understood: dict[str, str]
    is_taken: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Preview:
    """The begin of a file under a mapping.

    Attributes
    ----------
    rows : tuple[PreviewRow, ...]
        The first rows, rejected ones among them.
    account : RowAccount
        What would become of the rows that were read for it; of a long file only its begin.
    of_file : tuple[Finding, ...]
        What was found of the file as a whole.
    """

    rows: tuple[PreviewRow, ...]
    account: RowAccount
    of_file: tuple[Finding, ...]


def preview(
    path: Path,
    mapping: Mapping,
    kind: str,
    n: int,
    today: date,
    known: Known | None = None,
) -> Preview:
    """Return the first rows of a file as they would be taken under a mapping.

    Parameters
    ----------
    path : Path
        The file.
    mapping : Mapping
        Names and forms, for instance the draft of `guess_mapping` with its doubts answered.
    kind : str
        A key of `COLUMNS`.
    n : int
        How many rows.
    today : date
        The present; later days aren't facts.
    known : Known, optional
        What else it is held against.

    Raises
    ------
    InputError
        If the file can't be read so at all, with what is missing.
    """
    table, account = _read(path, mapping, kind, today, known or Known())
    rejected = {finding.row for finding in account.findings if finding.rejects}
    position = _positions(table, account, rejected)
    in_file = dict(islice(_cells(path, mapping, kind), n)) if is_table(path) else {}
    shown = sorted({*islice(sorted({*position, *rejected} - {0}), n), *in_file})[:n]
    findings: dict[int, list[Finding]] = {row: [] for row in (0, *shown)}
    for finding in account.findings:
        if finding.row in findings:
            findings[finding.row].append(finding)
    rows = tuple(
        PreviewRow(
            row=row,
            as_in_file=in_file.get(row, {}),
            as_understood=_understood(table, kind, position[row]) if row in position else {},
            is_taken=row not in rejected,
            findings=tuple(findings[row]),
        )
        for row in shown
    )
    return Preview(rows, account, tuple(findings[0]))


def _read(
    path: Path, mapping: Mapping, kind: str, today: date, known: Known
) -> tuple[Any, RowAccount]:
    end = datetime.combine(today, time(23, 59, 59), IST).astimezone(UTC)
    match kind:
        case "cases":
            return next(cases.read_cases(path, mapping, today, with_ids=True))
        case "outcomes":
            return outcomes.read_outcomes(path, mapping, today)
        case "tests":
            return tests.read_tests(path, mapping, today)
        case "facilities":
            return facilities.read_facilities(path, mapping, end)
        case "booths":
            return booths.read_booths(path, mapping, known.crs)
        case "orders":
            places = known.places or OrderPlaces.none()
            return standing_orders.read_standing_orders(path, mapping, places, end, known.crs)
        case "rounds":
            return rounds.read_rounds(path, mapping, today)
        case "contacts":
            return contacts.read_contacts(path, mapping, today)
        case "samples":
            return samples.read_samples(path, mapping, today)
        case "isolation":
            return isolation.read_isolation(path, mapping, known.crs)
        case "roster":
            told, account = roster.read_roster(path, mapping, known.roster or KnownRoster())
            return roster.roster_rows(told), account
        case _:
            return units.read_units(path, mapping, crs=known.crs)


def _positions(table: Any, account: RowAccount, rejected: set[int]) -> dict[int, int]:
    """Return where a taken row stands in the table of those taken."""
    if hasattr(table, "row"):
        return {int(row): position for position, row in enumerate(table.row)}
    taken = (row for row in range(1, account.read + 1) if row not in rejected)
    return {row: position for position, row in enumerate(taken)}


def _cells(path: Path, mapping: Mapping, kind: str) -> Iterator[tuple[int, dict[str, str]]]:
    for sheet in read_sheets(path, None, form_of(mapping, COLUMNS[kind])):
        names = [
            name
            for name in sheet.table.column_names
            if kind not in WITHOUT_PERSONS or not is_personal(name)
        ]
        coded = {name: columns.texts(sheet.table.column(name)) for name in names}
        for i in range(sheet.table.num_rows):
            row = sheet.first_row + i if sheet.rows is None else int(sheet.rows[i])
            cells = {name: _text(column, i) for name, column in coded.items()}
            if kind in WITHOUT_PERSONS:
                cells = {name: "" if tells_person(text) else text for name, text in cells.items()}
            yield row, cells


def _understood(table: Any, kind: str, position: int) -> dict[str, str]:
    told = {field.name for field in fields(table)} if is_dataclass(table) else set()
    names = {ours: _FIELDS.get(ours, ours) for ours in COLUMNS[kind]}
    values = {
        ours: _text(getattr(table, name), position, name)
        for ours, name in names.items()
        if name in told and getattr(table, name) is not None
    }
    return {ours: text for ours, text in values.items() if text != ""}


def _text(column: Any, position: int, name: str = "") -> str:
    """Return one value as a person would write it."""
    if isinstance(column, Coded):
        code = column.codes[position]
        return "" if code < 0 else str(column.values[code])
    value = column[position]
    if name == "outcome":
        return str(_OUTCOMES[int(value)])
    if isinstance(value, np.datetime64):
        if np.isnat(value):
            return ""
        is_day = np.datetime_data(value.dtype)[0] == "D"
        return str(value) if is_day else f"{value + IST_SECONDS} IST"
    if isinstance(value, np.bool_):
        return "yes" if value else "no"
    if isinstance(value, np.floating):
        return "" if np.isnan(value) else f"{float(value):.10g}"
    return str(value)
