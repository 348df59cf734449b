"""What the alarm of a first case says to the officer who answers it."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from zoning.i18n import forms
from zoning.i18n.catalogue import marked, tr, tr_n
from zoning.judgement.first_case import FirstCaseAlarms
from zoning.model import Texts

DUTIES = {
    "surveillance": marked("surveillance"),
    "contact_tracing": marked("contact tracing"),
    "quarantine": marked("quarantine"),
}


def duty_word(key: str) -> str:
    """Return the word for a duty."""
    return tr(DUTIES[key])


def first_case_sentences(alarms: FirstCaseAlarms, name: Texts) -> Texts:
    """Return one sentence for each alarm, shape (n,).

    Parameters
    ----------
    alarms : FirstCaseAlarms
        The alarms.
    name : Texts
        What each of the units asked about is called, shape (n_units,).
    """
    sentences = np.empty(len(alarms.unit_index), dtype=object)
    for alarm, unit in enumerate(alarms.unit_index):
        sentences[alarm] = _sentence(alarms, alarm, str(name[unit]))
    return sentences


def _sentence(alarms: FirstCaseAlarms, alarm: int, unit: str) -> str:
    known = forms.moment(_moment(alarms.known_at[alarm]))
    by = forms.moment(_moment(alarms.answer_by[alarm]))
    if alarms.is_answered[alarm]:
        if alarms.is_late[alarm]:
            return tr(
                "First case in {unit}, known since {known}: answered after {by}, too late.",
                unit=unit,
                known=known,
                by=by,
            )
        return tr("First case in {unit}, known since {known}: answered.", unit=unit, known=known)
    left = float(alarms.hours_left[alarm])
    # Whole hours, down while some are left and up when overdue: never better than it is.
    hours = int(np.ceil(-left)) if left < 0 else int(left)
    if alarms.is_overdue[alarm]:
        return tr_n(
            "First case in {unit}, known since {known}: no answer, overdue by {n} hour.",
            "First case in {unit}, known since {known}: no answer, overdue by {n} hours.",
            hours,
            unit=unit,
            known=known,
        )
    return tr_n(
        "First case in {unit}, known since {known}: answer by {by}, {n} hour left.",
        "First case in {unit}, known since {known}: answer by {by}, {n} hours left.",
        hours,
        unit=unit,
        known=known,
        by=by,
    )


def _moment(value: np.datetime64) -> datetime:
    moment: datetime = value.astype("datetime64[s]").item()
    return moment.replace(tzinfo=UTC)
