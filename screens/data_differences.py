"""What an edition changes against the one in force: by kind, unit by unit, and on the map."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from screens.data_notes import told
from screens.listing import listing, number_column
from screens.marked_map import jump_to, jumped_to, marked_map
from screens.plain import say
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import number
from zoning.workflow.data_desk import DataDesk, EditionMarks

MAP = "changes-map"


def differences(desk: DataDesk, edition_id: int) -> None:
    """Draw what an edition changes against the one in force."""
    with st.spinner(tr("Comparing it with the edition in force…")):
        found = told(lambda: _compared(desk.store.where, desk.version(), edition_id, desk))
    if found is None:
        return
    if not found.changes:
        say(tr("It differs in nothing from {file}, which is in force.", file=found.old.file_name))
        return
    say(differences_sentence(found), "sm-answer")
    table, chart = st.columns([1, 1], gap="medium")
    with table:
        listing(
            changes_frame(found),
            name=tr("Changes against the edition in force"),
            file_name="changes.csv",
            key=f"changes-{edition_id}",
            by=tr("Change"),
            hidden="at",
            chosen=jumped_to(MAP),
            on_choice=lambda at: jump_to(MAP, at),
            config={
                tr("Moved, ha"): number_column(),
                tr("What happened"): st.column_config.TextColumn(width="large"),
            },
        )
    with chart:
        st.caption(
            tr(
                "× lost or rearranged, ! changed otherwise. Choose a row of the table, and the map "
                "goes there."
            )
        )
        marked_map(found.units, found.marks, key=MAP)


@st.cache_resource(max_entries=4, show_spinner=False)
def _compared(where: str, version: int, edition_id: int, _desk: DataDesk) -> EditionMarks:
    return _desk.compare(edition_id)


def change_word(kind: str) -> str:
    """Return a kind of change."""
    return {
        "renamed": tr("renamed"),
        "recoded": tr("other code"),
        "moved_border": tr("border moved"),
        "split": tr("split"),
        "merged": tr("merged"),
        "rearranged": tr("rearranged"),
        "new": tr("new"),
        "gone": tr("gone"),
        "gained_geometry": tr("now has an area"),
        "lost_geometry": tr("has no area any more"),
        "relevelled": tr("other level"),
        "reparented": tr("under another unit"),
    }[kind]


def differences_sentence(found: EditionMarks) -> str:
    """Return in one sentence what an edition changes."""
    times = Counter(change.kind.value for change in found.changes)
    counts = ", ".join(
        tr("{n} {change}", n=number(n), change=change_word(kind)) for kind, n in times.most_common()
    )
    return tr(
        "Against {file}, which is in force: {counts}; {same} units stay as they are.",
        file=found.old.file_name,
        counts=counts,
        same=number(found.same),
    )


def changes_frame(found: EditionMarks) -> pd.DataFrame:
    """Return one row a change."""
    changes = found.changes
    return pd.DataFrame(
        {
            "at": range(len(changes)),
            tr("Change"): [change_word(c.kind.value) for c in changes],
            tr("Before"): [", ".join(c.old_ids) for c in changes],
            tr("After"): [", ".join(c.new_ids) for c in changes],
            tr("Moved, ha"): [round(c.moved_ha, 1) for c in changes],
            tr("What happened"): found.sentences,
        }
    )
