"""The first rows of a file: as they stand in it, and as they would be understood."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from screens.data_notes import told
from screens.plain import say
from zoning.errors import ColumnError
from zoning.i18n.catalogue import tr
from zoning.workflow.intake import Intake, Plan, Preview
from zoning.workflow.uploads import Upload

ROWS = 8


@st.cache_resource(max_entries=32, show_spinner=False)
def _preview(
    content_hash: str, kind: str, read_as: str, _intake: Intake, _upload: Upload, _plan: Plan
) -> Preview:
    return _intake.preview(_upload, _plan, ROWS)


def preview_table(
    intake: Intake, upload: Upload, plan: Plan, version: int, *, has_questions: bool
) -> bool:
    """Draw the first rows, and return whether the file can be read so at all.

    What is known of booths and officers belongs to it, and so does the version of the data.
    """
    read_as = f"{plan.mapping!r} {plan.crs} {plan.level} {version}"
    try:
        with st.spinner(tr("Reading the first rows…")):
            seen = told(
                lambda: _preview(upload.content_hash, plan.kind, read_as, intake, upload, plan),
                unless=ColumnError if has_questions else None,
            )
    except ColumnError:
        st.info(tr("They are shown once the questions above are answered."))
        return False
    if seen is None:
        return False
    for finding in seen.of_file:
        say(finding.message, "sm-quiet")
    understood = understood_frame(seen)
    stands = pd.DataFrame(
        [{tr("Row"): row.row, **row.as_in_file} for row in seen.rows if row.as_in_file]
    )
    if stands.empty:
        _table(understood, tr("As they would be understood"))
        return True
    left, right = st.columns(2)
    with left:
        _table(stands, tr("As they stand in the file"))
    with right:
        _table(understood, tr("As they would be understood"))
    return True


def understood_frame(seen: Preview) -> pd.DataFrame:
    """Return the first rows as they would be understood, with what is said of each."""
    ours = dict.fromkeys(name for row in seen.rows for name in row.as_understood)
    frame = pd.DataFrame([row.as_understood for row in seen.rows], columns=list(ours), dtype=object)
    fate = [tr("✓ taken") if row.is_taken else tr("✗ rejected") for row in seen.rows]
    frame.insert(0, tr("What becomes of it"), fate)
    frame.insert(0, tr("Row"), [row.row for row in seen.rows])
    said = ["; ".join(finding.message for finding in row.findings) for row in seen.rows]
    if any(said):
        frame.insert(2, tr("Said of it"), said)
    return frame


def _table(frame: pd.DataFrame, name: str) -> None:
    st.caption(name)
    st.dataframe(
        frame,
        hide_index=True,
        placeholder="",
        alt=name,
        column_config={tr("Said of it"): st.column_config.TextColumn(width="medium")},
    )
