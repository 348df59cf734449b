"""A bar for long work: rows done, of how many, and about how long it still takes."""

from __future__ import annotations

from time import monotonic

import streamlit as st

from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import number
from zoning.workflow.taking import Phase, Step

MINUTE_S = 60


class ProgressBar:
    """Drawn anew with each step that an import tells.

    Parameters
    ----------
    phases : int
        Of how many phases the work consists: reading, or reading and writing.
    """

    def __init__(self, phases: int) -> None:
        self._phases = phases
        self._begun_s = monotonic()
        self._bar = st.progress(0.0, text=tr("Opening the file…"))

    def __call__(self, step: Step) -> None:
        """Draw a step."""
        phase = list(Phase).index(step.phase)
        share = min(step.rows_done / step.rows, 1.0) if step.rows else 0.0
        done = (phase + share) / self._phases
        self._bar.progress(min(done, 1.0), text=self._words(step, done))

    def close(self) -> None:
        """Take the bar away."""
        self._bar.empty()

    def _words(self, step: Step, done: float) -> str:
        rows_done, rows = number(step.rows_done), number(step.rows)
        if not step.rows:
            return tr("Reading: {done} rows", done=rows_done)
        left = time_left((monotonic() - self._begun_s), done)
        if step.phase is Phase.READING:
            return tr(
                "Reading: {done} of about {rows} rows; {left}", done=rows_done, rows=rows, left=left
            )
        return tr("Writing: {done} of {rows} rows; {left}", done=rows_done, rows=rows, left=left)


def time_left(elapsed_s: float, done: float) -> str:
    """Return about how long work still takes that has come so far, as a share, in a time."""
    if done >= 1:
        return tr("nearly done")
    if done <= 0:
        return tr("time left not known yet")
    left_s = elapsed_s * (1 - done) / done
    if left_s < MINUTE_S:
        return tr_n("about {n} second left", "about {n} seconds left", max(round(left_s), 1))
    return tr_n("about {n} minute left", "about {n} minutes left", max(round(left_s / MINUTE_S), 1))
