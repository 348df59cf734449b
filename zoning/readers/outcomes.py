"""Outcome files: how cases told before have ended, or that they never were any, by `case_id`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import OUTCOME_CODES, Coded, Days, Outcome, Outcomes, RowAccount
from zoning.readers import columns
from zoning.readers.dates import NAT, read_days
from zoning.readers.fields import Part, form_of, need, resolve
from zoning.readers.mapping import Mapping
from zoning.readers.repeats import settle_repeats
from zoning.readers.tables import column_names, read_whole

COLUMNS = ("case_id", "outcome", "outcome_on")

Codes = np.ndarray[tuple[int], np.dtype[np.int8]]


def read_outcomes(path: Path, mapping: Mapping, today: date) -> tuple[Outcomes, RowAccount]:
    """Return an outcome file and the account of its rows.

    A row that can't be understood is rejected: the case stays as it was, which
    never makes its unit milder. An outcome without a day is taken and ends
    nothing; a retraction needs no day.

    Parameters
    ----------
    path : Path
        CSV, XLSX or Parquet.
    mapping : Mapping
        Names and forms where they aren't ours.
    today : date
        An outcome later than this can't be a fact.

    Raises
    ------
    InputError
        If the file can't be read, or tells neither whose outcome nor which.
    """
    form = form_of(mapping, COLUMNS)
    names = column_names(path, form)
    found = resolve(path, names, COLUMNS, mapping)
    told = {**found, **mapping.constants}
    need(path, names, told, "case_id", kind="outcomes")
    if not {"outcome", "outcome_on"} & told.keys():
        raise InputError(
            tr(
                "{file} has neither outcome nor outcome_on; its columns are {names}. Name one in "
                'a mapping file: [outcomes.columns] outcome = "...".',
                file=path,
                names=", ".join(names),
            )
        )
    part = Part(read_whole(path, sorted(set(found.values())), form), found, mapping)
    case_id = part.coded("case_id")
    assert case_id is not None
    part.note(case_id.codes < 0, "case_id_missing", lambda _: tr("case_id is empty; name the case"))
    outcome, outcome_on = _outcome(part, today)
    by_text = np.unique(case_id.values.astype(str), return_inverse=True)[1]
    same_id = np.append(by_text, -1)[case_id.codes]
    is_new = settle_repeats(
        part,
        [same_id],
        [outcome, outcome_on.astype(np.int64)],
        lambda i: tr("case_id {case}", case=part.cell("case_id", i)),
    )
    kept = Coded(case_id.codes[is_new], case_id.values)
    outcomes = Outcomes(part.row[is_new], columns.spread(kept), outcome[is_new], outcome_on[is_new])
    return outcomes, part.account()


def _outcome(part: Part, today: date) -> tuple[Codes, Days]:
    n = len(part)
    outcome = np.zeros(n, dtype=np.int8)
    coded = part.coded("outcome")
    if coded is not None:
        by_value = [OUTCOME_CODES.get(value.lower(), -1) for value in coded.values]
        outcome = np.array([*by_value, 0], dtype=np.int8)[coded.codes]
    part.note(
        outcome < 0,
        "outcome_unknown",
        lambda i: tr(
            "outcome is {value}, so the case stays as it was; write recovered, died or retracted, "
            "or give it in [outcomes.values.outcome] of a mapping file",
            value=part.cell("outcome", i),
        ),
    )
    outcome_on = np.full(n, NAT, dtype="datetime64[D]")
    column = part.column("outcome_on")
    if column is not None:
        days = read_days(column, part.mapping.formats)
        outcome_on = days.day
        part.note(
            days.is_unusable | (days.day > np.datetime64(today, "D")),
            "outcome_date_invalid",
            lambda i: tr(
                "outcome_on is {value}, which isn't one past day, so the case stays as it was; "
                "correct it",
                value=part.cell("outcome_on", i),
            ),
        )
    # A day of ending without its kind still ends the case.
    outcome[(outcome == 0) & ~np.isnat(outcome_on)] = OUTCOME_CODES[Outcome.ENDED]
    part.note(
        (outcome == 0) & ~part.rejected,
        "outcome_missing",
        lambda _: tr("the row tells neither outcome nor its day; give one"),
    )
    ends = (outcome > 0) & (outcome != OUTCOME_CODES[Outcome.RETRACTED])
    part.note(
        ends & np.isnat(outcome_on) & ~part.rejected,
        "outcome_date_missing",
        lambda _: tr("outcome_on is empty, so the case stays open; give the day"),
        rejects=False,
    )
    return outcome, outcome_on
