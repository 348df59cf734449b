"""Imports: every file taken in with its row account, and the way to take one back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from screens.data_account import account_sentence, codes_table, findings_table
from screens.data_address import choose, chosen_number
from screens.data_notes import ask, dialog
from screens.data_undo import ask_undo
from screens.data_words import kind_word
from screens.listing import listing, moment_column, number_column
from screens.marked_map import jump_to, jumped_to, marked_map
from screens.plain import plain, say, title
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import day, moment
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.finding_marks import MarkedFindings
from zoning.workflow.imports import ImportRecord

FEED_KINDS = ("cases", "tests")
MAP = "import-map"


def panel(desk: DataDesk) -> None:
    """Draw the list of imports and the one that is chosen."""
    records = _records(desk.store.where, desk.version(), desk)
    if not records:
        st.info(tr("Nothing has been brought in yet. Choose “Bring in” to take a file in."))
        return
    at = chosen_number("import")
    listing(
        imports_frame(records),
        name=tr("Imports, newest first"),
        file_name="imports.csv",
        key="imports",
        by=tr("Brings"),
        hidden="import",
        chosen=at,
        on_choice=_open,
        config={
            tr("When (IST)"): moment_column(),
            **{
                name: number_column()
                for name in (tr("Read"), tr("Taken"), tr("Rejected"), tr("Repaired"))
            },
        },
    )
    record = next((r for r in records if r.import_id == at), None)
    if record is not None:
        _details(desk, record)
    elif at is not None:
        st.warning(tr("There is no import {id}.", id=at))
    else:
        st.caption(tr("Choose a row to see what became of it, or to take it back."))


def _open(import_id: int | None) -> None:
    jump_to(MAP, None)
    choose(**{"import": import_id})


@st.cache_resource(max_entries=4, show_spinner=False)
def _records(where: str, version: int, _desk: DataDesk) -> tuple[ImportRecord, ...]:
    return _desk.imports()


def imports_frame(records: tuple[ImportRecord, ...]) -> pd.DataFrame:
    """Return one row an import, newest first."""
    return pd.DataFrame(
        {
            "import": [r.import_id for r in records],
            tr("No."): [r.import_id for r in records],
            tr("Brings"): [kind_word(r.kind.value) for r in records],
            tr("File"): [r.file_name for r in records],
            tr("When (IST)"): pd.to_datetime([r.imported_at for r in records], utc=True),
            tr("By"): [r.imported_by for r in records],
            tr("Read"): [r.account.read for r in records],
            tr("Taken"): [r.account.taken for r in records],
            tr("Rejected"): [r.account.rejected for r in records],
            tr("Repaired"): [r.account.repaired for r in records],
            tr("Feed"): [_feed(r) for r in records],
            tr("State"): [
                tr("✓ counts") if r.undone_at is None else tr("✗ taken back") for r in records
            ],
        }
    )


def _feed(record: ImportRecord) -> str:
    if record.kind.value not in FEED_KINDS:
        return ""
    return record.feed_id or tr("(unnamed)")


def _details(desk: DataDesk, record: ImportRecord) -> None:
    with st.container(border=True, key="import-details"):
        title(tr("Import {id}: {file}", id=record.import_id, file=record.file_name))
        say(account_sentence(record.account))
        if record.reported_through is not None:
            say(tr("Complete through {day}.", day=day(record.reported_through)))
        if record.undone_at is not None:
            st.warning(
                plain(
                    tr(
                        "Taken back {when} by {who}: it no longer counts; what was known before "
                        "stays as it was.",
                        when=moment(record.undone_at),
                        who=record.undone_by,
                    )
                )
            )
        if record.undone_at is None:
            may_undo = desk.may_undo(record)
            question = f"undo-{record.import_id}"
            st.button(
                tr("Take this import back…"),
                key="undo",
                icon=":material/undo:",
                disabled=not may_undo,
                help=None if may_undo else tr("It isn't yours to take back."),
                on_click=ask,
                args=(question,),
            )
            dialog(question, tr("Take an import back?"), ask_undo, desk, record)
        if desk.may_read(record):
            _findings(desk, record)
        else:
            st.caption(tr("What was found in it names persons, and is for who may bring it in."))


@st.cache_resource(max_entries=4, show_spinner=False)
def _marks(
    where: str, import_id: int, version: int, _desk: DataDesk, _record: ImportRecord
) -> MarkedFindings:
    return _desk.marks_of(_record)


def _findings(desk: DataDesk, record: ImportRecord) -> None:
    key = f"import-{record.import_id}"
    codes_table(record.account, key=key)
    found = _marks(desk.store.where, record.import_id, desk.version(), desk, record)
    if not found.marks:
        findings_table(record.account, key=key, file_name=record.file_name)
        return
    table, chart = st.columns([1, 1], gap="medium")
    with table:
        findings_table(
            record.account,
            key=key,
            file_name=record.file_name,
            chosen=jumped_to(MAP),
            on_choice=lambda at: jump_to(MAP, at),
        )
    with chart:
        st.caption(tr("× rejected, ! noted. Choose a row of the table, and the map goes there."))
        marked_map(found.units, found.marks, key=MAP)
