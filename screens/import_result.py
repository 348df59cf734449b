"""What would become of a file: its account, its findings on the map, its refused rows."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from layers.marks import MAX_DRAWN
from screens.data_account import account_sentence, codes_table, findings_table
from screens.marked_map import jump_to, jumped_to, marked_map
from screens.plain import say, title
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import number
from zoning.model import RowAccount
from zoning.workflow.finding_marks import MarkedFindings

MAP = "findings-map"


@dataclass(frozen=True)
class Checked:
    """A file as it was checked.

    Attributes
    ----------
    of : str
        What was checked: file, columns and options; another text means that it is old.
    account : RowAccount
        What would become of its rows.
    found : MarkedFindings
        Where on the map the findings are.
    rejects : bytes
        The refused rows as CSV; empty where there are none.
    """

    of: str
    account: RowAccount
    found: MarkedFindings
    rejects: bytes


def result(checked: Checked, file_name: str, *, is_old: bool) -> None:
    """Draw what would become of a file."""
    account = checked.account
    title(tr("What would become of it"))
    if is_old:
        st.warning(tr("You changed something since this was checked: check again."))
    say(account_sentence(account), "sm-answer")
    if checked.rejects:
        st.download_button(
            tr("Download the rejected rows, each with its reason"),
            data=checked.rejects,
            file_name=f"rejected-{file_name.rpartition('.')[0] or file_name}.csv",
            mime="text/csv",
            key="rejects",
            on_click="ignore",
            icon=":material/download:",
            help=tr("Correct them and bring that file in: it is read as this one."),
        )
    if not account.findings:
        findings_table(account, key="check", file_name=file_name)
        return
    codes_table(account, key="check")
    if not checked.found.marks:
        findings_table(account, key="check", file_name=file_name)
        return
    table, chart = st.columns([1, 1], gap="medium")
    with table:
        findings_table(
            account,
            key="check",
            file_name=file_name,
            chosen=jumped_to(MAP),
            on_choice=lambda at: jump_to(MAP, at),
        )
    with chart:
        st.caption(
            tr(
                "× rejected, ! noted. Choose a row of the table, and the map goes there; {n} of "
                "{of} findings have a place.",
                n=number(len(checked.found.marks) + checked.found.left_out),
                of=number(len(account.findings)),
            )
        )
        undrawn = len(checked.found.marks) + checked.found.left_out - MAX_DRAWN
        if undrawn > 0:
            st.caption(
                tr_n(
                    "{n} more is drawn only when its row is chosen.",
                    "{n} more are drawn only when their row is chosen.",
                    undrawn,
                )
            )
        marked_map(checked.found.units, checked.found.marks, key=MAP)
