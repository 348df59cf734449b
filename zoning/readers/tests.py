"""Testing files and files of ready-made indicators, one row a unit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Floats, RowAccount, Tests, Texts
from zoning.readers import columns
from zoning.readers.fields import Part, form_of, need, resolve
from zoning.readers.mapping import Mapping
from zoning.readers.needed_days import needed_days
from zoning.readers.repeats import settle_repeats
from zoning.readers.tables import column_names, read_whole

COLUMNS = ("unit_id", "on", "tests", "positives")


def read_tests(path: Path, mapping: Mapping, today: date) -> tuple[Tests, RowAccount]:
    """Return a testing file and the account of its rows.

    A row is the total of its unit and day. Two rows that agree count once; of
    two that contradict each other none is taken: an unknown figure is none.

    Parameters
    ----------
    path : Path
        CSV, XLSX or Parquet.
    mapping : Mapping
        Names and forms where they aren't ours.
    today : date
        A result later than this can't be a fact.

    Raises
    ------
    InputError
        If the file can't be read or a column is missing.
    """
    part = _whole_file(path, COLUMNS, mapping, "tests", need_all=COLUMNS)
    part.reject_sums("unit_id")
    on = needed_days(part, "on", today, "tests")
    unit_id = part.coded("unit_id")
    assert unit_id is not None
    part.note(unit_id.codes < 0, "unit_missing", lambda _: tr("unit_id is empty; name the unit"))
    numbers = {}
    for name in ("tests", "positives"):
        raw, unreadable = columns.counts(_column(part, name))
        numbers[name], wrong = columns.whole(raw, missing=0)
        part.note(
            unreadable | wrong | np.isnan(raw),
            f"{name}_invalid",
            lambda i, name=name: tr(  # type: ignore[misc]
                "{column} is {value}; it must be a whole number, 0 or more",
                column=name,
                value=part.cell(name, i) or tr("empty"),
            ),
        )
    part.note(
        numbers["positives"] > numbers["tests"],
        "positives_above_tests",
        lambda i: tr(
            "{positives} positives of {tests} tests; correct one of them",
            positives=part.cell("positives", i),
            tests=part.cell("tests", i),
        ),
    )
    by_text = np.unique(unit_id.values.astype(str), return_inverse=True)[1]
    keep = settle_repeats(
        part,
        [np.append(by_text, -1)[unit_id.codes], on.astype(np.int64)],
        [numbers["tests"], numbers["positives"]],
        lambda i: tr("{unit} on {day}", unit=part.cell("unit_id", i), day=part.cell("on", i)),
    )
    tests = Tests(
        row=part.row[keep],
        unit_id=unit_id.take(keep),
        on=on[keep],
        tests=numbers["tests"][keep],
        positives=numbers["positives"][keep],
    )
    return tests, part.account()


def read_indicators(
    path: Path, names: tuple[str, ...], mapping: Mapping
) -> tuple[Texts, dict[str, Floats], RowAccount]:
    """Return published indicators: unit codes, values by name, and the account of the rows.

    Parameters
    ----------
    path : Path
        CSV, XLSX or Parquet with `unit_id` and indicator columns.
    names : tuple[str, ...]
        Indicators that rules know.
    mapping : Mapping
        Names where they aren't ours.

    Raises
    ------
    InputError
        If no column is an indicator, or one is unknown, or a unit comes twice.
    """
    part = _whole_file(path, ("unit_id", *names), mapping, "indicators", need_all=("unit_id",))
    present = [name for name in names if name in part.found]
    strange = sorted(set(part.sheet.table.column_names) - set(part.found.values()) - {"name", "on"})
    if strange or not present:
        raise InputError(
            tr(
                "{file} has a column {column} that isn't an indicator; they are {names}. Rename it "
                'or name it in a mapping file: [indicators.columns] positivity_percent = "...".',
                file=path,
                column=strange[0] if strange else tr("(none)"),
                names=", ".join(names),
            )
        )
    unit_id = part.coded("unit_id")
    assert unit_id is not None
    part.note(unit_id.codes < 0, "unit_missing", lambda _: tr("unit_id is empty; name the unit"))
    values = {}
    for name in present:
        numbers, wrong = columns.floats(_infinite(_column(part, name)))
        numbers = np.where(numbers == _INFINITE, np.inf, numbers)
        part.note(
            wrong | (numbers < 0),
            "indicator_invalid",
            lambda i, name=name: tr(  # type: ignore[misc]
                "{column} is {value}; it must be a number, 0 or more, or empty",
                column=name,
                value=part.cell(name, i),
            ),
        )
        values[name] = numbers
    keep = ~part.rejected
    codes = columns.spread(unit_id)[keep]
    repeated = [code for code in set(codes) if (codes == code).sum() > 1]
    if repeated:
        raise InputError(
            tr(
                "{file} has unit_id {unit} more than once; keep one row a unit.",
                file=path,
                unit=min(repeated),
            )
        )
    return codes, {name: column[keep] for name, column in values.items()}, part.account()


_INFINITE = 1e300


def _infinite(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Let a published `inf` pass: a doubling time may be infinite."""
    coded = columns.replaced(
        columns.texts(column), {"inf": str(_INFINITE), "Infinity": str(_INFINITE)}
    )
    values = np.append(coded.values, np.array([None], dtype=object))
    return pa.chunked_array([pa.array(values[coded.codes], pa.string())])


def _column(part: Part, name: str) -> pa.ChunkedArray:
    column = part.column(name)
    assert column is not None
    return column


def _whole_file(
    path: Path, known: tuple[str, ...], mapping: Mapping, kind: str, need_all: tuple[str, ...]
) -> Part:
    form = form_of(mapping, known)
    names = column_names(path, form)
    found = resolve(path, names, known, mapping)
    need(path, names, {**found, **mapping.constants}, *need_all, kind=kind)
    return Part(read_whole(path, None, form), found, mapping)
