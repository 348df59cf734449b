"""Case files: line lists or counts, one confirmed case (or `count` cases) a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import OUTCOME_CODES, Bools, Cases, Coded, Days, Floats, RowAccount
from zoning.readers import columns
from zoning.readers.fields import Part, need, resolve
from zoning.readers.mapping import Mapping
from zoning.readers.tables import column_names, read_sheets

COLUMNS = (
    "case_id",
    "confirmed_on",
    "count",
    "unit_id",
    "booth_id",
    "lon",
    "lat",
    "outcome",
    "outcome_on",
    "imported",
    "institutional",
)


def read_cases(
    path: Path, mapping: Mapping, today: date, with_ids: bool = False
) -> Iterator[tuple[Cases, RowAccount]]:
    """Yield a case file in parts, each with the account of its rows.

    Parameters
    ----------
    path : Path
        CSV, XLSX or Parquet.
    mapping : Mapping
        Names and forms where they aren't ours.
    today : date
        A row confirmed later than this can't be a fact and is rejected.
    with_ids : bool
        Whether to keep `case_id`, which only the store needs.

    Raises
    ------
    InputError
        If the file can't be read, or a column is missing without which no row can be.
    """
    names = column_names(path)
    found = resolve(path, names, COLUMNS, mapping)
    need(path, names, found, "confirmed_on", kind="cases")
    has_place = {"unit_id", "booth_id"} & (found.keys() | mapping.constants.keys())
    if not has_place and not {"lon", "lat"} <= found.keys():
        raise InputError(
            tr(
                "{file} doesn't say where its cases are: it has neither unit_id nor booth_id nor "
                "lon and lat; its columns are {names}. Name one in a mapping file: "
                '[cases.columns] unit_id = "...".',
                file=path,
                names=", ".join(names),
            )
        )
    if not with_ids:
        found.pop("case_id", None)
    for sheet in read_sheets(path, sorted(set(found.values()))):
        part = Part(sheet, found, mapping)
        yield _cases(part, today), part.account()


def _cases(part: Part, today: date) -> Cases:
    confirmed_on = _confirmed(part, today)
    outcome, outcome_on = _outcome(part)
    count = np.ones(len(part), dtype=np.int64)
    counts = part.column("count")
    if counts is not None:
        numbers, unreadable = columns.floats(counts)
        count, wrong = columns.whole(numbers, missing=1)
        part.note(
            unreadable | wrong,
            "count_invalid",
            lambda i: tr(
                "count is {value}; it must be a whole number of cases, 0 or more",
                value=part.cell("count", i),
            ),
        )
    flags = {name: _truth(part, name) for name in ("imported", "institutional")}
    lon, lat = (_degrees(part, name) for name in ("lon", "lat"))
    keep = ~part.rejected
    ids = part.coded("case_id")
    return Cases(
        row=part.row[keep],
        confirmed_on=confirmed_on[keep],
        count=count[keep],
        outcome=outcome[keep],
        outcome_on=outcome_on[keep],
        is_imported=flags["imported"][keep],
        is_institutional=flags["institutional"][keep],
        unit_id=_kept(part.coded("unit_id"), keep),
        booth_id=_kept(part.coded("booth_id"), keep),
        lon=None if lon is None else lon[keep],
        lat=None if lat is None else lat[keep],
        case_id=None if ids is None else columns.spread(ids)[keep],
    )


def _confirmed(part: Part, today: date) -> Days:
    column = part.column("confirmed_on")
    assert column is not None
    confirmed_on, wrong = columns.days(column, part.mapping.date_format)
    form = part.mapping.date_format or tr("YYYY-MM-DD")
    part.note(
        wrong,
        "date_invalid",
        lambda i: tr(
            "confirmed_on is {value}, which isn't a day written as {form}; correct it, or set "
            "[cases.dates] format in a mapping file",
            value=part.cell("confirmed_on", i),
            form=form,
        ),
    )
    part.note(
        np.isnat(confirmed_on) & ~wrong,
        "date_missing",
        lambda _: tr("confirmed_on is empty; give the day of confirmation"),
    )
    part.note(
        confirmed_on > np.datetime64(today, "D"),
        "date_in_future",
        lambda i: tr(
            "confirmed_on is {value}, which is in the future; correct the day",
            value=part.cell("confirmed_on", i),
        ),
    )
    return confirmed_on


def _outcome(part: Part) -> tuple[np.ndarray[tuple[int], np.dtype[np.int8]], Days]:
    n = len(part)
    outcome = np.zeros(n, dtype=np.int8)
    outcome_on = np.full(n, columns.NAT, dtype="datetime64[D]")
    coded = part.coded("outcome")
    if coded is not None:
        unknown = -1
        by_value = [OUTCOME_CODES.get(value.lower(), unknown) for value in coded.values]
        outcome = np.array([*by_value, 0], dtype=np.int8)[coded.codes]
        part.note(
            outcome == unknown,
            "outcome_unknown",
            lambda i: tr(
                "outcome is {value}, so the case is taken as still open; write recovered, died or "
                "nothing, or give it in [cases.values.outcome] of a mapping file",
                value=part.cell("outcome", i),
            ),
            # A case lost for a word would make its unit milder than it is.
            rejects=False,
        )
        outcome[outcome == unknown] = 0
    column = part.column("outcome_on")
    if column is not None:
        outcome_on, wrong = columns.days(column, part.mapping.date_format)
        part.note(
            wrong,
            "outcome_date_invalid",
            lambda i: tr(
                "outcome_on is {value}, which isn't a day, so the case is taken as still open; "
                "correct it",
                value=part.cell("outcome_on", i),
            ),
            rejects=False,
        )
    # A day of ending without its kind still ends the case.
    outcome[(outcome == 0) & ~np.isnat(outcome_on)] = OUTCOME_CODES["ended"]
    return outcome, outcome_on


def _truth(part: Part, name: str) -> Bools:
    column = part.column(name)
    if column is None:
        return np.zeros(len(part), dtype=bool)
    truth, wrong = columns.truths(column)
    part.note(
        wrong,
        f"{name}_invalid",
        lambda i: tr("{column} is {value}; write yes or no", column=name, value=part.cell(name, i)),
    )
    return truth


def _degrees(part: Part, name: str) -> Floats | None:
    column = part.column(name)
    return None if column is None else columns.floats(column)[0]


def _kept(coded: Coded | None, keep: Bools) -> Coded | None:
    return None if coded is None else Coded(coded.codes[keep], coded.values)
