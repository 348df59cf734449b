"""Case files: line lists or counts, one confirmed case (or `count` cases) a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import OUTCOME_CODES, Bools, Cases, Days, Floats, Ints, RowAccount
from zoning.readers import columns
from zoning.readers.dates import NAT, read_days
from zoning.readers.fields import Part, form_of, need, resolve
from zoning.readers.mapping import Mapping
from zoning.readers.needed_days import needed_days
from zoning.readers.tables import column_names, read_sheets

COLUMNS = (
    "case_id",
    "confirmed_on",
    "count",
    "unit_id",
    "booth_id",
    "lon",
    "lat",
    "address",
    "detected_unit_id",
    "outcome",
    "outcome_on",
    "event",
    "imported",
    "institutional",
)
# What the rows of a file may be that hold a number for a unit, and not cases one by one.
TOTALS = ("daily", "cumulative")
CONFIRMED = "confirmed"


def read_cases(
    path: Path, mapping: Mapping, today: date, with_ids: bool = False
) -> Iterator[tuple[Cases, RowAccount]]:
    """Yield a case file in parts, each with the account of its rows.

    Rows of a series other than events come as told: `surveillance.series` turns
    them into cases.

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
    form = form_of(mapping, COLUMNS)
    names = column_names(path, form)
    found = resolve(path, names, COLUMNS, mapping)
    needed = ("confirmed_on",) if mapping.series in ("", "events") else ("confirmed_on", "count")
    need(path, names, {**found, **mapping.constants}, *needed, kind="cases")
    has_place = {"unit_id", "booth_id", "address"} & (found.keys() | mapping.constants.keys())
    if not has_place and not {"lon", "lat"} <= found.keys():
        raise InputError(
            tr(
                "{file} doesn't say where its cases are: it has neither unit_id nor booth_id nor "
                "lon and lat nor address; its columns are {names}. Name one in a mapping file: "
                '[cases.columns] unit_id = "...".',
                file=path,
                names=", ".join(names),
            )
        )
    if not with_ids:
        found.pop("case_id", None)
    for sheet in read_sheets(path, sorted(set(found.values())), form):
        part = Part(sheet, found, mapping)
        yield _cases(part, today), part.account()


def _cases(part: Part, today: date) -> Cases:
    part.reject_sums("unit_id", "booth_id")
    confirmed_on = needed_days(part, "confirmed_on", today, "cases")
    outcome, outcome_on = _outcome(part)
    count = _count(part)
    _reject_told_before(part)
    flags = {name: _truth(part, name) for name in ("imported", "institutional")}
    lon, lat = (_degrees(part, name) for name in ("lon", "lat"))
    ids = part.coded("case_id")
    cases = Cases(
        row=part.row,
        confirmed_on=confirmed_on,
        count=count,
        outcome=outcome,
        outcome_on=outcome_on,
        is_imported=flags["imported"],
        is_institutional=flags["institutional"],
        unit_id=part.coded("unit_id"),
        booth_id=part.coded("booth_id"),
        lon=lon,
        lat=lat,
        case_id=None if ids is None else columns.spread(ids),
        detected_unit_id=part.coded("detected_unit_id"),
        address=part.coded("address"),
    )
    return cases.take(~part.rejected) if part.rejected.any() else cases


def _count(part: Part) -> Ints:
    cells = part.column("count")
    if cells is None:
        return np.ones(len(part), dtype=np.int64)
    numbers, unreadable = columns.counts(cells)
    may_be_negative = part.mapping.series == "changes"
    count, wrong = columns.whole(numbers, missing=1, least=-np.inf if may_be_negative else 0)
    with np.errstate(invalid="ignore"):
        negative = wrong & (numbers < 0)
    is_event = part.mapping.series not in TOTALS
    part.note(
        negative,
        "count_invalid",
        lambda i: (
            tr(
                "count is {value}; if rows below 0 take cases back, say "
                '[cases.series] kind = "changes" in a mapping file',
                value=part.cell("count", i),
            )
            if is_event
            else tr("count is {value}; a total can't be below 0", value=part.cell("count", i))
        ),
    )
    part.note(
        (unreadable | wrong) & ~negative,
        "count_invalid",
        lambda i: tr(
            "count is {value}; it must be a whole number of cases, 0 or more",
            value=part.cell("count", i),
        ),
    )
    if not is_event:
        part.note(
            np.isnan(numbers) & ~unreadable,
            "count_missing",
            lambda _: tr("count is empty; a total that isn't told is not 0, give it or write 0"),
        )
    return count


def _reject_told_before(part: Part) -> None:
    """Reject rows that tell how cases ended in which they were told before: no new cases."""
    coded = part.coded("event")
    if coded is None:
        return
    words = np.array([*(value.lower() for value in coded.values), ""], dtype=object)
    known = {CONFIRMED, *OUTCOME_CODES}
    part.note(
        np.array([word not in known for word in words], dtype=bool)[coded.codes],
        "event_unknown",
        lambda i: tr(
            "event is {value}, so the row is counted as a case; write confirmed, recovered or "
            "died, or give it in [cases.values.event] of a mapping file",
            value=part.cell("event", i),
        ),
        # A case lost for a word would make its unit milder than it is.
        rejects=False,
    )
    part.note(
        np.array([word in OUTCOME_CODES and word != "" for word in words], dtype=bool)[coded.codes],
        "event_told_before",
        lambda i: tr(
            "the row tells that cases are {value} which were told before, so it isn't counted "
            "again; bring outcomes by case_id in an outcome file",
            value=part.cell("event", i),
        ),
    )


def _outcome(part: Part) -> tuple[np.ndarray[tuple[int], np.dtype[np.int8]], Days]:
    n = len(part)
    outcome = np.zeros(n, dtype=np.int8)
    outcome_on = np.full(n, NAT, dtype="datetime64[D]")
    unknown = -1
    coded = part.coded("outcome")
    if coded is not None:
        by_value = [OUTCOME_CODES.get(value.lower(), unknown) for value in coded.values]
        outcome = np.array([*by_value, 0], dtype=np.int8)[coded.codes]
        part.note(
            outcome == unknown,
            "outcome_unknown",
            lambda i: tr(
                "outcome is {value}, so the case is taken as still open; write recovered, died, "
                "retracted or nothing, or give it in [cases.values.outcome] of a mapping file",
                value=part.cell("outcome", i),
            ),
            # A case lost for a word would make its unit milder than it is.
            rejects=False,
        )
    column = part.column("outcome_on")
    if column is not None:
        days = read_days(column, part.mapping.formats)
        outcome_on = np.where(days.is_zero, NAT, days.day)
        part.note(
            days.is_unusable,
            "outcome_date_invalid",
            lambda i: tr(
                "outcome_on is {value}, which isn't a day, or not one day only, so the case is "
                "taken as still open; correct it",
                value=part.cell("outcome_on", i),
            ),
            rejects=False,
        )
    # A day of ending without its kind still ends the case.
    outcome[(outcome == 0) & ~np.isnat(outcome_on)] = OUTCOME_CODES["ended"]
    outcome[outcome == unknown] = 0
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
